/** Clusters are the same however the world is told, and however many strangers join it elsewhere. */
import { afterAll, describe, expect, test } from '@jest/globals'
import type { StoredEvent } from '../../../graph/model.ts'
import { type MemoryState, memoryState } from '../../../src/cli/board/memory-state.ts'
import { type Found, findIn, groupsOf, kindOf } from './found.ts'
import { seeds, worlds } from './orders.ts'
import { toldOtherwise } from './otherwise.ts'
import { figure, report, right, sum } from './report.ts'
import { eachPlace, record, type ToldPlace } from './told-world.ts'

const accounts = 20_000
const crowd = 2_000
const sameMin = 0.97

const stages = {
  links: ({ partitioned }: Found) => partitioned,
  joined: ({ joined }: Found) => joined,
  'with takeovers': ({ grouping }: Found) => grouping.labels,
}
type Stage = keyof typeof stages
const stageNames = Object.keys(stages) as readonly Stage[]
const sizes = [2, 3]

interface Same {
  readonly stage: Stage
  readonly sizeMin: number
  readonly clusters: number
  readonly same: number
}
const rows: (Same & { world: string; change: string })[] = []

describe.each(worlds)('%s of 20,000', (world) => {
  test('has the same clusters in another order, under other names', async () => {
    const found: Same[] = []
    for (const seed of seeds) {
      const told = await gathered({ world, seed, accounts })
      const before = await clustersOf(stateOf(told))
      const { state, nameOf } = toldOtherwise(told, seed)
      found.push(...compared(before, await clustersOf(state, nameOf)))
    }

    expectSame('permuted', found)
  })

  test('has the same clusters when a tenth as many strangers have joined', async () => {
    const found = Object.fromEntries(joinings.map(({ change }) => [change, [] as Same[]]))
    for (const seed of seeds) {
      const states = joinings.map(() => memoryState())
      let before: Clusters = new Map()
      let told = 0
      await eachPlace({ world, seed, accounts, crowd }, async (place) => {
        joinings.forEach(({ as }, at) => {
          const events = told < accounts ? place.events : place.events.map(as)
          record(states[at] ?? memoryState(), { ...place, events })
        })
        told += place.truth.length
        if (told === accounts) before = await clustersOf(states[0] ?? memoryState())
      })
      for (const [at, { change }] of joinings.entries())
        found[change]?.push(...compared(before, await clustersOf(states[at] ?? memoryState())))
    }

    // Strangers of one world share models of phones and browsers, and stand behind the same addresses.
    for (const { change } of joinings.slice(1)) show(change, found[change] ?? [])
    expectSame(joinings[0].change, found[joinings[0].change] ?? [])
  })

  function expectSame(change: string, found: readonly Same[]): void {
    const own = show(change, found)
    expect(own.filter(({ clusters, same }) => same / clusters < sameMin)).toEqual([])
  }

  function show(change: string, found: readonly Same[]): readonly Same[] {
    const own = [...Map.groupBy(found, ({ stage, sizeMin }) => `${stage} ${sizeMin}`).values()].map(together)
    rows.push(...own.map((row) => ({ ...row, world, change })))
    return own
  }
})

const sharing =
  (isShared: (kind: string) => boolean) =>
  (event: StoredEvent): StoredEvent => ({
    ...event,
    identifiers: event.identifiers.map((one) =>
      isShared(one.kind) ? one : { ...one, ref: `${one.ref}-stranger` },
    ),
  })

const isOfNetwork = (kind: string): boolean => kindOf(kind)?.family === 'network'

/** What strangers may have in common with those who were there. */
const joinings = [
  { change: 'a tenth more, unrelated', as: sharing(() => false) },
  { change: 'a tenth more, sharing addresses', as: sharing(isOfNetwork) },
  { change: 'a tenth more, as they come', as: sharing(() => true) },
] as const

async function gathered(order: Parameters<typeof eachPlace>[0]): Promise<ToldPlace> {
  const all = { events: [], labels: [], truth: [] } as {
    [Part in keyof ToldPlace]: ToldPlace[Part][number][]
  }
  await eachPlace(order, async ({ events, labels, truth }) => {
    for (const event of events) all.events.push(event)
    all.labels.push(...labels)
    all.truth.push(...truth)
  })
  return all
}

function stateOf(told: ToldPlace): MemoryState {
  const state = memoryState()
  record(state, told)
  return state
}

/** By stage: each cluster by its accounts, under the names they had first. */
type Clusters = ReadonlyMap<Stage, ReadonlyMap<string, number>>

async function clustersOf(state: MemoryState, nameOf = (account: string) => account): Promise<Clusters> {
  const found = await findIn(state)
  const name = (account: number): string => nameOf(found.table.facts.idAt(account))
  return new Map(
    stageNames.map((stage) => [
      stage,
      new Map(
        groupsOf(stages[stage](found), 2).map((group) => [group.map(name).toSorted().join(), group.length]),
      ),
    ]),
  )
}

const compared = (before: Clusters, after: Clusters): readonly Same[] =>
  stageNames.flatMap((stage) =>
    sizes.map((sizeMin) => {
      const own = [...(before.get(stage) ?? [])].filter(([, size]) => size >= sizeMin)
      const same = own.filter(([accountsOf]) => after.get(stage)?.has(accountsOf)).length
      return { stage, sizeMin, clusters: own.length, same }
    }),
  )

const together = (same: readonly Same[]): Same => ({
  stage: same[0]?.stage ?? 'links',
  sizeMin: same[0]?.sizeMin ?? 0,
  clusters: sum(same.map(({ clusters }) => clusters)),
  same: sum(same.map((one) => one.same)),
})

afterAll(() =>
  report('Clusters that stay as they are', rows, [
    { title: 'WORLD', text: ({ world }) => world },
    { title: 'CHANGE', text: ({ change }) => change },
    { title: 'STAGE', text: ({ stage }) => stage },
    right('OF AT LEAST', ({ sizeMin }) => String(sizeMin)),
    right('CLUSTERS', ({ clusters }) => String(clusters)),
    right('SAME', ({ same, clusters }) => figure(same / clusters, 4)),
  ]),
)
