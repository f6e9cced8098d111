/** Reading the state: whole scans and points. */
import { describe, expect, test } from '@jest/globals'
import { explainAccounts } from '../../graph/explain/path.ts'
import type { AccountState, IdentifierState } from '../../graph/model.ts'
import { readLinkTable } from '../../graph/projection/link-table.ts'
import { nothingPublic } from '../../graph/projection/publicness.ts'
import { collect } from '../support/collect.ts'
import { eventOf, labelOf, noon, seen } from '../support/core/events.ts'
import { kindOf, linksIn, nameOf } from '../support/core/tables.ts'
import type { OpenStore } from './open-store.ts'

const hour = 3_600_000

export function stateReadContract(open: OpenStore): void {
  describe('scans', () => scanContract(open))
  describe('points', () => pointContract(open))
}

function scanContract(open: OpenStore): void {
  const awkward = ['b', 'a:b', 'Z', '\u{1F98A}', '\uFF21', 'é', 'a', "o'hara", 'x'.repeat(256)]
  const byBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b))

  test('accounts come ascending by the bytes of their ids, with their lists in canonical order', async () => {
    await using store = await open()
    const types = ['signup', 'login', 'payment'] as const
    await store.record(
      awkward.flatMap((account, i) =>
        types.map((type) =>
          eventOf({
            id: `e${i}${type}`,
            account,
            type,
            identifiers: [seen('ip', 'z'), seen('device', 'z'), seen('ip', 'a')],
            relations: [
              { account: 'b', relation: 'referred' },
              { account: 'a', relation: 'referred' },
              { account: 'b', relation: 'paid' },
            ],
          }),
        ),
      ),
    )
    await store.label([labelOf({ account: 'a', source: 'z' }), labelOf({ account: 'a', source: 'a' })])

    const accounts = await collect(store.scanAccounts())

    expect(accounts.map(({ account }) => account)).toEqual(awkward.toSorted(byBytes))
    expect(accounts.find(({ account }) => account === 'a')).toMatchObject(canonicalLists)
  })

  test('identifiers come ascending by kind, then ref', async () => {
    await using store = await open()
    const keys = ['ip:b', 'device:a', 'ip:a', 'device:B', 'email:c'].map(
      (key) => key.split(':') as [string, string],
    )
    await store.record([eventOf({ id: 'e1', identifiers: keys.map(([kind, ref]) => seen(kind, ref)) })])

    const identifiers = await collect(store.scanIdentifiers())

    expect(identifiers.map(({ kind, ref }) => `${kind}:${ref}`)).toEqual(
      keys.map((key) => key.join(':')).toSorted(byBytes),
    )
  })

  test('an empty store scans as nothing', async () => {
    await using store = await open()

    expect(await collect(store.scanAccounts())).toEqual([])
    expect(await collect(store.scanIdentifiers())).toEqual([])
    expect(await store.digest()).toMatchObject({
      accounts: 0,
      identifiers: 0,
      uses: 0,
      relations: 0,
      labels: 0,
    })
  })

  test('a scan is whole, each row as it was when it began or later, whatever is recorded meanwhile', async () => {
    await using store = await open()
    const batch = (day: number) =>
      Array.from({ length: 2_600 }, (_, i) =>
        eventOf({
          id: `${day}.${i}`,
          at: noon + day,
          account: `a${i}`,
          identifiers: [seen('device', `d${i}`)],
        }),
      )
    await store.record(batch(0))
    const accounts = store.scanAccounts()[Symbol.asyncIterator]()
    const identifiers = store.scanIdentifiers()[Symbol.asyncIterator]()

    const begun = [await accounts.next(), await identifiers.next()] as const
    await store.record([
      ...batch(1),
      eventOf({ id: 'new', account: 'zoe', identifiers: [seen('zzz', 'new')] }),
    ])
    const seenAccounts = await rest<AccountState>(begun[0], accounts)
    const seenIdentifiers = await rest<IdentifierState>(begun[1], identifiers)

    const ids = seenAccounts.map(({ account }) => account)
    const refs = seenIdentifiers.map(({ ref }) => ref)
    expect(ids).toEqual([...new Set(ids)].toSorted(byBytes))
    expect(ids.filter((id) => id !== 'zoe')).toHaveLength(2_600)
    expect(
      seenAccounts.map(({ activities }) => activities[0]?.firstAt ?? 0).filter((at) => at < noon),
    ).toEqual([])
    expect(refs.filter((ref) => ref !== 'new')).toHaveLength(2_600)
    expect(new Set(refs).size).toBe(refs.length)
  })
}

async function rest<T>(
  first: IteratorResult<readonly T[]>,
  scan: AsyncIterator<readonly T[]>,
): Promise<readonly T[]> {
  const rows: T[] = []
  for (let step = first; !step.done; step = await scan.next()) rows.push(...step.value)
  return rows
}

const canonicalLists = {
  activities: [{ type: 'login' }, { type: 'payment' }, { type: 'signup' }],
  uses: ['device:z', 'ip:a', 'ip:z'].flatMap((key) => {
    const [kind, ref] = key.split(':')
    return ['login', 'payment', 'signup'].map((type) => ({ kind, ref, type }))
  }),
  relations: [
    ['paid', 'b'],
    ['referred', 'a'],
    ['referred', 'b'],
  ].flatMap(([relation, to]) => ['login', 'payment', 'signup'].map((type) => ({ relation, to, type }))),
  labels: [{ source: 'a' }, { source: 'z' }],
}

function pointContract(open: OpenStore): void {
  const device = { kind: 'device', ref: 'd1' }
  const on = [seen('device', 'd1')]

  test('known accounts come in the order asked, unknown ones are left out', async () => {
    await using store = await open()
    await store.record([eventOf({ id: 'e1', account: 'ada' }), eventOf({ id: 'e2', account: 'bob' })])

    const found = await store.accounts(['bob', 'nobody', 'ada', 'bob'])

    expect(found.map(({ account }) => account)).toEqual(['bob', 'ada', 'bob'])
    expect(await store.accounts([])).toEqual([])
  })

  test('known identifiers come in the order asked, unknown ones are left out', async () => {
    await using store = await open()
    await store.record([eventOf({ id: 'e1', identifiers: [...on, seen('ip', 'd1')] })])
    const keys = [{ kind: 'ip', ref: 'd1' }, { kind: 'ip', ref: 'd2' }, { kind: 'email', ref: 'd1' }, device]

    const found = await store.users(keys, { usesMax: 9 })

    expect(found.map(({ identifier }) => identifier.kind)).toEqual(['ip', 'device'])
  })

  test('an identifier names its users with the times of use', async () => {
    await using store = await open()
    await store.record([
      eventOf({
        id: 'e1',
        account: 'bob',
        type: 'signup',
        at: noon + 5,
        createdAt: noon - 9,
        identifiers: on,
      }),
      eventOf({ id: 'e2', account: 'ada', type: 'signup', at: noon, createdAt: noon + 9 }),
      eventOf({ id: 'e3', account: 'ada', at: noon + 86_400_000, identifiers: on }),
      eventOf({ id: 'e4', account: 'ada', at: noon, identifiers: on }),
      eventOf({ id: 'e5', account: 'cyd', outcome: 'failure', at: noon + 1, identifiers: on }),
      eventOf({ id: 'e6', account: 'dan', at: noon + 1 }),
    ])

    const [users] = await store.users([device], { usesMax: 9 })

    const today = Math.floor(noon / 86_400_000)
    expect(users).toEqual({
      identifier: { ...device, mask: 'device d1', tables: 0 },
      accounts: 3,
      uses: [
        {
          account: 'ada',
          bornAt: noon,
          type: 'login',
          firstAt: noon,
          lastAt: noon + 86_400_000,
          days: [today, today + 1],
          times: [],
        },
        {
          account: 'bob',
          bornAt: noon - 9,
          type: 'signup',
          firstAt: noon + 5,
          lastAt: noon + 5,
          days: [today],
          times: [],
        },
        {
          account: 'cyd',
          type: 'login_failed',
          firstAt: noon + 1,
          lastAt: noon + 1,
          days: [today],
          times: [],
        },
      ],
    })
  })

  test('users of a target come with the newest times they did it at, newest first', async () => {
    await using store = await open()
    const target = { kind: 'target', ref: 't1' }
    const times = Array.from({ length: 10 }, (_, i) => noon + i * 1_000)
    await store.record(
      times.map((at, i) =>
        eventOf({ id: `e${i}`, account: 'ada', type: 'other', at, identifiers: [seen('target', 't1')] }),
      ),
    )

    const [users] = await store.users([target], { usesMax: 9 })

    expect(users?.uses).toMatchObject([{ account: 'ada', times: times.slice(2).toReversed() }])
  })

  test('points say of every pair what scans say, to the last millionth', async () => {
    await using store = await open()
    await store.record(pairsOfAllKinds)
    const table = await readLinkTable(store.scanAccounts(), store.scanIdentifiers())
    const { a, b, evidence } = linksIn(table)

    const kinds = new Set<string>()
    for (const [i, micro] of evidence.entries()) {
      const pair = [nameOf(table, a[i] ?? 0), nameOf(table, b[i] ?? 0)] as const
      const found = await explainAccounts(store, pair, { kindOf, publicness: nothingPublic })
      if ('unknown' in found) throw new Error(`${found.unknown} is unknown`)
      expect(Math.round(found.direct.evidence * 1e6)).toBe(micro)
      for (const row of found.direct.shared.filter((one) => one.evidence > 0)) kinds.add(row.kind)
    }
    expect([...kinds].toSorted()).toEqual(['device', 'imageBand', 'ip', 'target'])
  })

  test('users are cut at usesMax, their number is not', async () => {
    await using store = await open()
    const accounts = ['eve', 'ada', 'dan', 'bob']
    await store.record(
      accounts.flatMap((account) => [
        eventOf({ id: `${account}1`, account, identifiers: on }),
        eventOf({ id: `${account}2`, account, type: 'payment', identifiers: on }),
      ]),
    )

    const [users] = await store.users([device], { usesMax: 3 })

    expect(users?.accounts).toBe(4)
    expect(users?.uses.map(({ account, type }) => [account, type])).toEqual([
      ['ada', 'login'],
      ['ada', 'payment'],
      ['bob', 'login'],
    ])
  })
}

/** A device for three, and what only strengthens it: a line, targets at nearly the same time, pictures nearly the same. */
const pairsOfAllKinds = ['ada', 'bob', 'cem'].flatMap((account, i) => {
  const shows = (at: number, ...keys: readonly string[]) =>
    eventOf({
      id: `${account} ${at} ${keys.join()}`,
      account,
      type: 'other',
      at,
      identifiers: keys.map((key) => seen(key.slice(0, key.indexOf(' ')), key.slice(key.indexOf(' ') + 1))),
    })
  return [
    shows(noon, 'device d1'),
    shows(noon + i * hour, 'ip home'),
    // More times than are kept.
    ...Array.from({ length: 10 }, (_, n) => shows(noon + n * hour + i * 240_000, 'target song')),
    shows(noon + i, 'target video'),
    ...[0, 1, 2].map((n) => `imageBand ${n} agreed`).map((band) => shows(noon + i * hour, band)),
    shows(noon + i * hour, `imageBand 3 of ${account}`),
    eventOf({
      id: `${account} failed`,
      account,
      type: 'login_failed',
      at: noon,
      identifiers: [seen('target', 'video')],
    }),
  ]
})
