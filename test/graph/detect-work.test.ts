import { beforeAll, expect, test } from '@jest/globals'
import { gammaMicro } from '../../graph/communities/gamma.ts'
import { type Detection, detectAgain, detectRings } from '../../graph/detect.ts'
import type { Suspicion } from '../../graph/judging/suspicion.ts'
import type { AccountState, IdentifierState, StoredEvent } from '../../graph/model.ts'
import type { StateChange } from '../../graph/projection/change-table.ts'
import type { LinkPairs } from '../../graph/projection/link-pairs.ts'
import type { LinkTable } from '../../graph/projection/link-table.ts'
import { usedBy, usersOf } from '../../graph/projection/uses/of.ts'
import { weekOf } from '../../graph/rings/stitch.ts'
import type { DetectionWork } from '../../graph/run-work.ts'
import { stateOf } from '../support/core/states.ts'
import { kindOf } from '../support/core/tables.ts'
import { toldWorld } from '../support/core/town.ts'

/** One event each, and what detecting again looked at for it. */
interface Happening {
  readonly before: Detection
  readonly now: Detection
  readonly work: DetectionWork
  /** By the numbers they have now. */
  readonly touched: readonly number[]
}

const happenings: Happening[] = []

/** The state of one account is what its own events make; accounts it turned to are there already. */
async function stateAfter(events: readonly StoredEvent[]): Promise<StateChange> {
  const [accounts, identifiers] = [new Map<string, AccountState>(), [] as IdentifierState[]]
  const state = stateOf(events)
  for await (const batch of state.scanAccounts())
    for (const one of batch) if (one.account === events[0]?.account) accounts.set(one.account, one)
  for await (const batch of state.scanIdentifiers()) identifiers.push(...batch)
  return { accounts, identifiers }
}

beforeAll(async () => {
  const { events, labels } = await toldWorld({ world: 'town', seed: 6, accounts: 2_000 })
  // The last event of accounts here and there, rings among them, comes when all others are known.
  const late = [...new Map(events.map((event) => [event.account, event])).values()].filter(
    (_, i) => i % 200 === 0,
  )
  let known = events.filter((event) => !late.includes(event))
  const unlabelled = labels.filter(({ account }) => !late.some((event) => event.account === account))
  const options = { kindOf, onProgress: () => {} }
  let before = await detectRings(stateOf(known, unlabelled), { ...options, method: 'cpm-leiden' })
  for (const event of late) {
    known = [...known, event]
    const change = await stateAfter(known.filter(({ account }) => account === event.account))
    const { detection: now, work } = detectAgain(before, change, options)
    const touched = [now.table.facts.numberOf(event.account)]
    happenings.push({ before, now, work, touched })
    before = now
  }
})

/** Whoever hangs together with some of these by links above a weight. */
function reachOf(
  { a, b, weight }: Pick<LinkPairs, 'a' | 'b' | 'weight'>,
  from: Iterable<number>,
  weightMin: number,
): ReadonlySet<number> {
  const next = new Map<number, number[]>()
  a.forEach((one, i) => {
    const other = b[i] ?? -1
    if ((weight[i] ?? 0) <= weightMin) return
    next.set(one, [...(next.get(one) ?? []), other])
    next.set(other, [...(next.get(other) ?? []), one])
  })
  const reached = new Set(from)
  for (const account of reached) for (const other of next.get(account) ?? []) reached.add(other)
  return reached
}

const usersWith = (table: LinkTable, accounts: Iterable<number>): ReadonlySet<number> =>
  new Set([
    ...accounts,
    ...[...accounts].flatMap((account) =>
      Array.from(usedBy(table, account).identifiers).flatMap((thing) => [...usersOf(table, thing)]),
    ),
  ])

/** Accounts by name with all their links, to be compared. */
function linksByName({ table }: Detection, { a, b, evidence }: LinkPairs): ReadonlyMap<string, string> {
  const links = new Map<string, string>()
  const name = (account: number): string => table.facts.idAt(account)
  a.forEach((one, i) => {
    const other = b[i] ?? -1
    for (const [from, to] of [
      [one, other],
      [other, one],
    ] as const)
      links.set(name(from), `${links.get(name(from)) ?? ''} ${name(to)}:${evidence[i]}`)
  })
  return links
}

/** Accounts now whose links by these pairs are others than before. */
function relinked(
  { before, now }: Happening,
  pairsOf: (detection: Detection) => LinkPairs,
): readonly number[] {
  const [had, has] = [linksByName(before, pairsOf(before)), linksByName(now, pairsOf(now))]
  return now.table.facts.ids.flatMap((account, at) => (had.get(account) === has.get(account) ? [] : [at]))
}

test('one event makes linking solve the component it touches alone', () => {
  for (const happening of happenings) {
    const { now, work } = happening
    const component = reachOf(
      now.pairs,
      relinked(happening, ({ pairs }) => pairs),
      gammaMicro,
    )

    expect(work.accountsSolved).toBeLessThanOrEqual(component.size)
  }
})

/** Links that there were or are, by the numbers accounts have now. */
function linksEver(
  { before, now }: Happening,
  pairsOf: (detection: Detection) => LinkPairs,
): Pick<LinkPairs, 'a' | 'b' | 'weight'> {
  const numbers = new Map(now.table.facts.ids.map((account, at) => [account, at]))
  const numberNow = (then: number): number => numbers.get(before.table.facts.idAt(then)) ?? -1
  const [had, has] = [pairsOf(before), pairsOf(now)]
  return {
    a: Int32Array.from([...had.a.map(numberNow), ...has.a]),
    b: Int32Array.from([...had.b.map(numberNow), ...has.b]),
    weight: Int32Array.from([...had.weight, ...has.weight]),
  }
}

/** Accounts now of whom a round of models says other than before. */
function suspectedOtherwise(
  { before, now }: Happening,
  said: (detection: Detection) => Suspicion,
): readonly number[] {
  const numbers = new Map(before.table.facts.ids.map((account, at) => [account, at]))
  const [known, is] = [said(before), said(now)]
  return now.table.facts.ids.flatMap((account, at) => {
    const then = numbers.get(account) ?? -1
    return is.risk[at] === known.risk[then] && is.compromise[at] === known.compromise[then] ? [] : [at]
  })
}

test('no more than the component of whoever acted is solved, where nobody else is linked otherwise', () => {
  const all = ({ pairs }: Detection) => pairs
  for (const happening of happenings) {
    const component = reachOf(linksEver(happening, all), happening.touched, gammaMicro)
    const elsewhere = relinked(happening, all).filter((account) => !component.has(account))
    const others = reachOf(linksEver(happening, all), elsewhere, gammaMicro)

    expect(happening.work.accountsSolved).toBeLessThanOrEqual(component.size + others.size)
  }
})

test('of suspects no more than the components of those who acted or are suspected otherwise', () => {
  const rounds = [
    {
      pairsOf: ({ judged }: Detection) => judged.judgement.first.groups.pairs,
      said: ({ judged }: Detection) => judged.judgement.first,
    },
    {
      pairsOf: ({ judged }: Detection) => judged.judgement.groups.pairs,
      said: ({ judged }: Detection) => judged.judgement,
    },
  ]
  for (const happening of happenings) {
    const most = rounds.map(({ pairsOf, said }) => {
      const from = [...happening.touched, ...suspectedOtherwise(happening, said)]
      return reachOf(linksEver(happening, pairsOf), from, 45_000).size
    })

    expect(happening.work.suspectsSolved).toBeLessThanOrEqual(most.reduce((sum, size) => sum + size, 0))
  }
})

test('stitching looks at weeks on addresses of who changed or is in another community', () => {
  for (const { before, now, work, touched } of happenings) {
    const nameBefore = new Map(
      before.table.facts.ids.map((account, at) => [
        account,
        before.table.facts.at(before.communities[at] ?? -1),
      ]),
    )
    const regrouped = now.table.facts.ids.flatMap((account, at) =>
      nameBefore.get(account)?.account === now.table.facts.ids[now.communities[at] ?? -1] ? [] : [at],
    )
    const weeks = new Set(
      [...touched, ...regrouped].flatMap((account) =>
        usedBy(now.table, account).ties.flatMap((tie) =>
          tie.kind === 'ip' ? tie.days.map((day) => `${tie.ref} ${weekOf(day)}`) : [],
        ),
      ),
    )

    expect(work.weeksCounted).toBeLessThanOrEqual(weeks.size)
  }
})

test('suspects are clustered again in components with a link that is another', () => {
  for (const happening of happenings) {
    const rounds = [
      ({ judged }: Detection) => judged.judgement.first.groups.pairs,
      ({ judged }: Detection) => judged.judgement.groups.pairs,
    ]
    const most = rounds.map(
      (pairsOf) => reachOf(pairsOf(happening.now), relinked(happening, pairsOf), 45_000).size,
    )

    expect(happening.work.suspectsSolved).toBeLessThanOrEqual(most.reduce((sum, size) => sum + size, 0))
  }
})

/** Whoever shares something with an account that changed or is suspected otherwise, with their groups and links. */
function namedIn({ before, now, touched }: Happening): ReadonlySet<number> {
  const { table, grouping, pairs } = now
  const [first, known] = [now.judged.judgement.first, before.judged.judgement.first]
  const numberBefore = new Map(before.table.facts.ids.map((account, at) => [account, at]))
  const others = table.facts.ids.flatMap((account, at) => {
    const then = numberBefore.get(account) ?? -1
    return first.risk[at] === known.risk[then] && first.compromise[at] === known.compromise[then] ? [] : [at]
  })
  const seen = usersWith(table, [...touched, ...others])
  const groups = new Set([...seen].map((account) => grouping.labels[account]))
  const together = table.facts.ids.flatMap((_, at) => (groups.has(grouping.labels[at]) ? [at] : []))
  const linked = reachOf(pairs, together, 0)
  return new Set([...linked, ...reachOf(first.groups.pairs, linked, 0)])
}

test('of accounts those are judged that share something with who changed or is suspected otherwise, and their company', () => {
  for (const happening of happenings)
    expect(happening.work.accountsJudged).toBeLessThanOrEqual(namedIn(happening).size)
})

test('rings are made again of those accounts alone', () => {
  for (const happening of happenings) {
    const { now, work } = happening
    const named = new Set([...namedIn(happening)].map((account) => now.table.facts.ids[account]))
    const rings = now.rings.filter(({ members }) => members.some(({ account }) => named.has(account)))

    expect(work.ringsMade).toBeLessThanOrEqual(rings.length)
  }
})

test('an event looks at few of all', () => {
  const middle = (count: (work: DetectionWork) => number): number | undefined =>
    happenings.map(({ work }) => count(work)).toSorted((a, b) => a - b)[happenings.length >> 1]

  expect(middle(({ accountsSolved }) => accountsSolved)).toBeLessThan(10)
  expect(middle(({ suspectsSolved }) => suspectsSolved)).toBeLessThan(10)
  expect(middle(({ accountsJudged }) => accountsJudged)).toBeLessThan(100)
})
