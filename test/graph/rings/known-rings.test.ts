/** A ring is taken over from before only where it would be made the same now. */
import { beforeAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { cohortName } from '../../../graph/judging/stale/cohort-names.ts'
import { type ChangedTable, changeTable } from '../../../graph/projection/change-table.ts'
import type { LinkTable } from '../../../graph/projection/link-table.ts'
import { type FoundRing, ringClasses } from '../../../graph/ring.ts'
import { type KnownRingSearch, knownRings } from '../../../graph/rings/again/known-rings.ts'
import type { TakeoverCohort } from '../../../graph/takeover/cohorts.ts'
import { foundRing } from '../../support/core/arbitraries.ts'
import { eventOf, seen } from '../../support/core/events.ts'
import { stateOf } from '../../support/core/states.ts'
import { identifierOf, tableOf } from '../../support/core/tables.ts'

const accounts = ['ada', 'bob', 'cyd', 'dan', 'eve', 'fay']
const events = accounts.map((account, at) =>
  eventOf({
    id: `e${at}`,
    account,
    identifiers: [seen('ip', 'street'), seen('address', 'mill'), seen('device', `${account}'s`)],
  }),
)

let table: LinkTable
let unchanged: ChangedTable
beforeAll(async () => {
  table = await tableOf(events)
  unchanged = changeTable(table, { accounts: new Map(), identifiers: [] })
})

const visit = (account: number) => ({ account, at: 7, met: 0, changed: true, paid: ['eve'] })
const cohort: TakeoverCohort = {
  pivots: [],
  victims: new Map([0, 1, 2].map((account) => [account, visit(account)])),
  receivers: [],
  others: [3],
}

/** A ring of the first four accounts, and of nothing else. */
const ring = fc.tuple(foundRing, fc.boolean()).map(
  ([
    {
      head,
      members: [one],
    },
    isStrange,
  ]): FoundRing & { readonly isStrange: boolean } => ({
    head: { ...head, reasons: isStrange ? [{ code: 'unlike_honest' }] : [] },
    members: accounts.slice(0, 4).map((account) => ({ ...one!, account })),
    isStrange,
  }),
)

const labels = Int32Array.from([0, 0, 0, 0, 4, 5])
const members = [0, 1, 2, 3]

interface Now {
  readonly search?: Partial<KnownRingSearch>
  readonly takeoverBefore?: TakeoverCohort
  readonly takeover?: TakeoverCohort
  readonly members?: readonly number[]
  readonly ringClass?: FoundRing['head']['class']
  readonly isStrange?: boolean
}

function known(made: FoundRing & { readonly isStrange: boolean }, now: Now = {}): FoundRing | undefined {
  const takeovers = [cohortName(table, now.takeoverBefore)]
  const nothing = { changed: unchanged, accounts: [], labels }
  const find = knownRings({ made: { rings: [made], takeovers }, ...nothing, ...now.search })
  const community = { members, links: [], shared: [], ...now }
  return find(community, { ringClass: made.head.class, isStrange: made.isStrange, ...now })
}

test('a ring of the same accounts, class, takeover and strangeness is what it was', () => {
  fc.assert(
    fc.property(ring, fc.constantFrom(undefined, cohort), (made, takeover) => {
      expect(known(made, takeover && { takeover, takeoverBefore: takeover })).toBe(made)
    }),
  )
})

test('any other is made anew', () => {
  fc.assert(
    fc.property(ring, fc.constantFrom(...ringClasses), (made, ringClass) => {
      fc.pre(ringClass !== made.head.class)

      expect(known(made, { ringClass })).toBeUndefined()
      expect(known(made, { isStrange: !made.isStrange })).toBeUndefined()
      for (const other of [
        [0, 1, 2],
        [0, 1, 2, 3, 4],
        [0, 1, 2, 4],
        [1, 2, 3],
      ])
        expect(known(made, { members: other })).toBeUndefined()
      expect(known(made, { takeover: cohort })).toBeUndefined()
      expect(known(made, { takeoverBefore: cohort })).toBeUndefined()
    }),
  )
})

test.each<[string, Partial<TakeoverCohort>]>([
  ['a victim less', { victims: new Map([0, 1].map((account) => [account, visit(account)])) }],
  ['a visit at another time', { victims: new Map([[0, { ...visit(0), at: 8 }]]) }],
  ['a visit to something else', { victims: new Map([[0, { ...visit(0), met: 1 }]]) }],
  ['a visit that changed nothing', { victims: new Map([[0, { ...visit(0), changed: false }]]) }],
  ['a visit that paid nobody', { victims: new Map([[0, { ...visit(0), paid: [] }]]) }],
  ['other company', { others: [] }],
])('so is one of a takeover with %s', (_, other) => {
  const one: TakeoverCohort = { ...cohort, victims: new Map([[0, visit(0)]]) }
  const before = other.victims?.size === 1 ? one : cohort
  fc.assert(
    fc.property(ring, (made) => {
      expect(known(made, { takeoverBefore: before, takeover: before })).toBe(made)
      expect(known(made, { takeoverBefore: before, takeover: { ...before, ...other } })).toBeUndefined()
    }),
  )
})

test('and one of which somebody was judged again', () => {
  fc.assert(
    fc.property(ring, fc.nat(5), (made, account) => {
      expect(known(made, { search: { accounts: [account] } })).toBe(account < 4 ? undefined : made)
    }),
  )
})

/** Once somebody else came to it. */
async function joined(thing: { kind: string; ref: string }): Promise<ChangedTable> {
  const come = [eventOf({ id: 'late', account: 'gil', identifiers: [seen(thing.kind, thing.ref)] })]
  const people = new Map()
  for await (const batch of stateOf(come).scanAccounts())
    for (const one of batch) people.set(one.account, one)
  return changeTable(table, { accounts: people, identifiers: [] })
}

test('and one of which two share what others use than before, or one holds it nearly alone', async () => {
  const [mill, phone] = [
    await joined({ kind: 'address', ref: 'mill' }),
    await joined({ kind: 'device', ref: "fay's" }),
  ]
  const among = (...groups: readonly number[]) => ({ labels: Int32Array.from([...groups, 6]) })
  fc.assert(
    fc.property(ring, (made) => {
      expect(known(made, { search: { changed: mill, ...among(0, 0, 0, 0, 4, 5) } })).toBeUndefined()
      expect(known(made, { search: { changed: mill, ...among(0, 1, 2, 3, 4, 5) } })).toBe(made)
      expect(known(made, { search: { changed: phone, ...among(0, 0, 0, 0, 0, 0) } })).toBeUndefined()
      expect(known(made, { search: { changed: phone, ...among(0, 0, 0, 0, 4, 5) } })).toBe(made)
    }),
  )
})

test('and one of whose things something is known anew', () => {
  const [mill] = [identifierOf(table, 'address:mill')]
  fc.assert(
    fc.property(ring, (made) => {
      expect(known(made, { search: { changed: { ...unchanged, renewed: [mill] } } })).toBeUndefined()
    }),
  )
})

test('and one of which somebody changed', () => {
  fc.assert(
    fc.property(ring, fc.nat(5), (made, account) => {
      const changed = { ...unchanged, touched: [account] }
      expect(known(made, { search: { changed } })).toBe(account < 4 ? undefined : made)
    }),
  )
})
