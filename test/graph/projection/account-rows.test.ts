import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { AccountFacts } from '../../../graph/evidence/account-facts.ts'
import type { Accounts } from '../../../graph/projection/account-columns.ts'
import {
  columnsOf as accountColumns,
  accountsAfter,
  accountWriter,
  sortedAccounts,
} from '../../../graph/projection/account-writer.ts'
import { mergeSorted } from '../../../graph/projection/merge-sorted.ts'

const at = fc.nat(1_000)
const times = fc.array(at, { maxLength: 3 }).map((all) => all.toSorted((a, b) => a - b))
const ofType = fc.record({ count: fc.nat(32), firstAt: at, lastAt: at })
const optional = { requiredKeys: [] as never[] }
const conduct = fc.record(
  { signup: ofType, login: ofType, payment_failed: ofType, chargeback: ofType, report: ofType },
  optional,
)
const tie = fc.record({
  kind: fc.constant('ip'),
  ref: fc.string(),
  firstAt: at,
  lastAt: at,
  days: times,
  times: fc.constant([]),
})
const label = fc.record({
  account: fc.string(),
  label: fc.constantFrom('fraud' as const, 'legit' as const),
  source: fc.constant('review'),
  at,
})
const relation = fc.record({
  to: fc.string(),
  relation: fc.constantFrom('paid' as const, 'referred' as const),
  type: fc.constant('payment' as const),
  firstAt: at,
  lastAt: at,
  days: times,
  recent: fc.constant([]),
})
const few = { maxLength: 2 }

const facts = fc
  .record({
    // Few names, so that changes are of those that are there.
    account: fc.constantFrom(...'abcdefghij', '', 'é', '𝒶'),
    born: fc.record({ bornAt: at, firstSeenAt: at }, optional),
    conduct,
    lists: fc.record({
      sensitiveChangesAt: times,
      payoutChangesAt: times,
      chargebacksAt: times,
      activeDays: times,
      failedLoginsAt: times,
      failedLogins: fc.array(tie, few),
      labels: fc.array(label, few),
      relations: fc.array(relation, few),
    }),
  })
  .map(
    ({ account, born, conduct: done, lists }): AccountFacts => ({
      account,
      ...born,
      ...lists,
      conduct: done,
      failedPayments: done.payment_failed?.count ?? 0,
      chargebacks: done.chargeback?.count ?? 0,
      reports: done.report?.count ?? 0,
    }),
  )
const population = fc.uniqueArray(facts, { selector: ({ account }) => account, maxLength: 8 })

function written(rows: readonly AccountFacts[]): Accounts {
  const out = accountWriter()
  for (const row of rows) out.add(row)
  return out.accounts()
}

/** What is read off columns, as it was written. */
const plain = (row: AccountFacts | undefined) =>
  row && {
    account: row.account,
    bornAt: row.bornAt,
    firstSeenAt: row.firstSeenAt,
    failedPayments: row.failedPayments,
    chargebacks: row.chargebacks,
    reports: row.reports,
    sensitiveChangesAt: row.sensitiveChangesAt,
    payoutChangesAt: row.payoutChangesAt,
    chargebacksAt: row.chargebacksAt,
    failedLogins: row.failedLogins,
    conduct: row.conduct,
    activeDays: row.activeDays,
    failedLoginsAt: row.failedLoginsAt,
    labels: row.labels,
    relations: row.relations,
  }

const byId = (a: AccountFacts, b: AccountFacts): number => (a.account < b.account ? -1 : 1)

test('accounts are read as they were written', () => {
  fc.assert(
    fc.property(population, (rows) => {
      const accounts = written(rows)

      expect([...accounts].map(plain)).toEqual(rows)
      expect(rows.map((_, account) => plain(accounts.at(account)))).toEqual(rows)
      expect(accounts.at(rows.length)).toBeUndefined()
      rows.forEach((row, account) => {
        expect(accounts.bornAt(account)).toBe(row.bornAt)
        expect(accounts.activeDayCount(account)).toBe(row.activeDays.length)
        expect(accounts.labelsAt(account)).toEqual(row.labels)
        expect(accounts.relationsAt(account)).toEqual(row.relations)
        const newest = Math.max(0, ...Object.values(row.conduct).map(({ lastAt }) => lastAt))
        expect(accounts.newestAt(account)).toBe(newest)
      })
    }),
  )
})

test('accounts are put in order of their ids, and found by them', () => {
  fc.assert(
    fc.property(population, fc.constantFrom('', 'c', 'dd', 'zz'), (rows, other) => {
      const { accounts, numberNow } = sortedAccounts(written(rows))

      const sorted = rows.toSorted(byId)
      expect([...accounts].map(plain)).toEqual(sorted)
      rows.forEach((row, place) => {
        expect(accounts.idAt(numberNow[place] ?? -1)).toBe(row.account)
      })
      for (const id of [other, ...rows.map(({ account }) => account)])
        expect(accounts.numberOf(id)).toBe(sorted.findIndex(({ account }) => account === id))
    }),
  )
})

test('what few accounts have is another without anything else becoming another', () => {
  fc.assert(
    fc.property(population, (rows) => {
      const bare = written(rows).withRare((own) => ({ ...own, labels: [] }))

      expect([...bare].map(plain)).toEqual(rows.map((row) => ({ ...row, labels: [] })))
      expect(accountColumns(bare)).toEqual(accountColumns(written([...bare])))
    }),
  )
})

const accountsMerged = (
  known: Accounts,
  changes: readonly { key: string; row: AccountFacts | undefined }[],
) => {
  const merged = mergeSorted(
    {
      length: known.length,
      compareAt: (row, key: string) => (known.idAt(row) < key ? -1 : known.idAt(row) === key ? 0 : 1),
    },
    changes.map(({ key, row }) => ({ key, isGone: row === undefined })),
  )
  const found = changes.flatMap(({ row }) => row ?? [])
  return { merged, now: accountsAfter(known, merged, found) }
}

const change = fc
  .tuple(population, fc.array(fc.boolean(), { minLength: 16 }))
  .map(([changed, gone]) =>
    changed
      .map((row, place) => ({ key: row.account, row: gone[place] ? undefined : row }))
      .toSorted((a, b) => (a.key < b.key ? -1 : 1)),
  )

test('accounts merged with one change after the other are what they would be written anew, to the last column', () => {
  let [shared, anew] = [0, 0]
  fc.assert(
    fc.property(population, fc.array(change, { minLength: 1, maxLength: 12 }), (first, all) => {
      let [had, known] = [first, sortedAccounts(written(first)).accounts]
      for (const changes of all) {
        const before = accountColumns(known)
        const { merged, now } = accountsMerged(known, changes)

        const ofChange = new Map(changes.map(({ key, row }) => [key, row]))
        const kept = had.filter(({ account }) => !ofChange.has(account))
        const rows = [...kept, ...changes.flatMap(({ row }) => row ?? [])].toSorted(byId)
        expect(accountColumns(now)).toEqual(accountColumns(written(rows)))
        expect([...now].map(plain)).toEqual(rows)
        expect(Array.from(now.births(), (at) => (Number.isNaN(at) ? undefined : at))).toEqual(
          rows.map(({ bornAt }) => bornAt),
        )
        expect(accountColumns(known)).toEqual(before)
        expect(Array.from(merged.now, (number) => now.ids[number])).toEqual(
          known.ids.map((id) => (ofChange.has(id) && !ofChange.get(id) ? undefined : id)),
        )
        expect(Array.from(merged.before, (number) => known.ids[number])).toEqual(
          now.ids.map((id) => (known.numberOf(id) < 0 ? undefined : id)),
        )
        expect(merged.changed.map((number) => now.ids[number])).toEqual(
          changes.flatMap(({ key, row }) => (row ? [key] : [])),
        )
        expect(merged.gone.map((number) => known.ids[number])).toEqual(
          changes.flatMap(({ key, row }) => (!row && known.numberOf(key) >= 0 ? [key] : [])),
        )
        if (now.found.log === known.found.log) shared += 1
        else anew += 1
        ;[had, known] = [rows, now]
      }
    }),
    { numRuns: 300 },
  )
  expect(shared).toBeGreaterThan(300)
  expect(anew).toBeGreaterThan(300)
})
