/**
 * No community is in pieces: neither of the partition, by its links, nor of what is published, by what it shares.
 * Shown beside it: communities that hold by links of gamma or less, which pay no more together than apart.
 */
import { afterAll, describe, expect, test } from '@jest/globals'
import { disjointSets } from '../../../graph/communities/disjoint-sets.ts'
import { gammaMicro } from '../../../graph/communities/gamma.ts'
import { usersOf } from '../../../graph/projection/uses/of.ts'
import { type Found, findIn, groupsOf, kindOf } from './found.ts'
import { seeds, worlds } from './orders.ts'
import { report, right, sum } from './report.ts'
import { wholeWorld } from './told-world.ts'

const accounts = 20_000

interface Pieces {
  readonly of: string
  readonly communities: number
  readonly disconnected: number
}
const rows: (Pieces & { world: string })[] = []

describe.each(worlds)('%s of 20,000', (world) => {
  test('has no community in pieces', async () => {
    const found: Pieces[] = []
    for (const seed of seeds) {
      const { state } = await wholeWorld({ world, seed, accounts })
      found.push(...piecesIn(await findIn(state)))
    }

    const own = [...Map.groupBy(found, ({ of }) => of)].map(([of, some]) => ({
      of,
      communities: sum(some.map(({ communities }) => communities)),
      disconnected: sum(some.map(({ disconnected }) => disconnected)),
    }))
    rows.push(...own.map((row) => ({ world, ...row })))
    expect(own.filter(({ of, disconnected }) => of !== aboveGamma && disconnected > 0)).toEqual([])
  })
})

const aboveGamma = 'partition, by links above gamma'

const piecesIn = (found: Found): readonly Pieces[] => [
  { of: 'partition', ...inPieces(found.partitioned, 2, linksAbove(0, found)) },
  { of: aboveGamma, ...inPieces(found.partitioned, 2, linksAbove(gammaMicro, found)) },
  { of: 'published', ...inPieces(found.grouping.labels, 3, [...linksAbove(0, found), ...shared(found)]) },
]

type Tie = readonly number[]

/** By probability in millionths. */
const linksAbove = (least: number, { pairs }: Found): readonly Tie[] =>
  Array.from(pairs.a, (a, i) => [a, pairs.b[i] ?? a, pairs.weight[i] ?? 0] as const)
    .filter(([, , weight]) => weight > least)
    .map(([a, b]) => [a, b])

/** What published rings rest on besides: identifiers of kinds that are evidence, however many use them, and money. */
function shared({ table }: Found): readonly Tie[] {
  const numberOf = new Map(table.facts.ids.map((account, number) => [account, number]))
  return [
    ...[...table.identifiers].flatMap(({ kind }, identifier) =>
      isEvidence(kind) ? [Array.from(usersOf(table, identifier))] : [],
    ),
    ...[...table.facts].flatMap(({ relations }, payer) =>
      relations
        .filter(({ relation }) => relation === 'paid' || relation === 'gifted')
        .flatMap(({ to }) => {
          const payee = numberOf.get(to)
          return payee === undefined ? [] : [[payer, payee]]
        }),
    ),
  ]
}

/** Exact addresses too, by which communities of one network are joined. */
const isEvidence = (kind: string): boolean => kind === 'ip' || kindOf(kind)?.evidence.links === 'pairs'

function inPieces(labels: Int32Array, sizeMin: number, ties: readonly Tie[]): Omit<Pieces, 'of'> {
  const sets = disjointSets(labels.length)
  for (const tie of ties) {
    const firstOf = new Map<number, number>()
    for (const account of tie) {
      const label = labels[account] ?? account
      const first = firstOf.get(label)
      if (first === undefined) firstOf.set(label, account)
      else sets.unite(first, account)
    }
  }
  const groups = groupsOf(labels, sizeMin)
  const apart = groups.filter((group) => new Set(group.map((account) => sets.rootOf(account))).size > 1)
  return { communities: groups.length, disconnected: apart.length }
}

afterAll(() =>
  report('Communities in pieces', rows, [
    { title: 'WORLD', text: ({ world }) => world },
    { title: 'OF', text: ({ of }) => of },
    right('COMMUNITIES', ({ communities }) => String(communities)),
    right('IN PIECES', ({ disconnected }) => String(disconnected)),
  ]),
)
