/** A ring as a table: its accounts by what they use, both in blocks, what too many use beside it. */
import { tiesOf } from '../../evidence/account-facts.ts'
import type { Ring } from '../../ring.ts'
import { compareKeys } from '../../state/order.ts'
import { keyOf, type SurroundingsStore } from '../counterfactual/surroundings.ts'
import { type RingOptions, ringScene } from '../ring.ts'
import { blocksOf } from './blocks.ts'
import type { Hub } from './hubs.ts'
import { type MemberTie, memberTies } from './member-ties.ts'
import { capacityOf, type GraphIdentifier, type GraphUse, isProtected, pictureOf } from './ring-graph.ts'

export interface MatrixColumn extends GraphIdentifier {
  /** Numbers of the blocks whose accounts use it, the one that most do first. */
  readonly blocks: readonly number[]
}

export interface MatrixCell extends GraphUse {
  readonly days: number
}

export interface Block {
  readonly number: number
  readonly accounts: number
  /** Those that most of its users are in this block. */
  readonly identifiers: readonly MatrixColumn[]
}

export interface RingMatrix {
  readonly ring: Ring
  /** By block, those without one behind, protected ones last. */
  readonly rows: readonly (MemberTie & { readonly block: number | undefined })[]
  readonly columns: readonly MatrixColumn[]
  readonly cells: readonly MatrixCell[]
  readonly hubs: readonly (Omit<Hub, 'users'> & { readonly users: readonly string[] })[]
  readonly blocks: readonly Block[]
  /** Nats of all links between two blocks, `a < b`. */
  readonly between: readonly { readonly a: number; readonly b: number; readonly evidence: number }[]
  readonly omitted: { readonly rows: number; readonly columns: number }
  readonly truncated: boolean
}

export async function ringMatrix(
  store: SurroundingsStore,
  ring: Ring,
  { rowsMax, columnsMax, ...options }: RingOptions & { rowsMax: number; columnsMax: number },
): Promise<RingMatrix> {
  const scene = await ringScene(store, ring, options)
  const { links } = scene.evidence
  const { accounts, identifiers, uses, hubs } = await pictureOf(store, scene, options)
  const ties = memberTies(scene)
  const open = accounts.filter(({ member }) => !isProtected(member)).map(({ member }) => member.account)
  const blockOf = blocksOf(open, links)
  const rows = accounts
    .flatMap(({ member }) => ties.get(member.account) ?? [])
    .map((row) => ({ ...row, block: blockOf.get(row.member.account) }))
    .toSorted((x, y) => placeOf(x) - placeOf(y))
  const shown = rows.slice(0, rowsMax)
  const columns = inBlocks(identifiers, uses, blockOf)
  const shownColumns = columns.slice(0, columnsMax)
  const names = new Set(shown.map(({ member }) => member.account))
  const keys = new Set(shownColumns.map(capacityOf))
  const daysOf = new Map(
    [...names].map((account) => {
      const state = scene.read.states.get(account)
      return [account, new Map((state ? tiesOf(state) : []).map((tie) => [keyOf(tie), tie.days.length]))]
    }),
  )
  const cells = uses
    .filter((use) => names.has(use.account) && keys.has(capacityOf(use)))
    .map((use) => ({ ...use, days: daysOf.get(use.account)?.get(keyOf(use)) ?? 0 }))
  const omitted = { rows: rows.length - shown.length, columns: columns.length - shownColumns.length }
  return {
    ring,
    rows: shown,
    columns: shownColumns,
    cells,
    hubs: hubs.map((hub) => ({
      ...hub,
      users: [...daysOf].flatMap(([account, own]) => (own.has(keyOf(hub)) ? [account] : [])),
    })),
    blocks: blocksIn(blockOf, columns),
    between: betweenBlocks(links, blockOf),
    omitted,
    truncated: scene.truncated || omitted.rows + omitted.columns > 0,
  }
}

const placeOf = ({ member, block = 1e6 }: RingMatrix['rows'][number]): number =>
  isProtected(member) ? 2e6 : block

function inBlocks(
  identifiers: readonly GraphIdentifier[],
  uses: readonly GraphUse[],
  blockOf: ReadonlyMap<string, number>,
): readonly MatrixColumn[] {
  const users = Map.groupBy(uses, capacityOf)
  return identifiers
    .map((identifier) => {
      const counts = new Map<number, number>()
      for (const { account } of users.get(capacityOf(identifier)) ?? []) {
        const block = blockOf.get(account)
        if (block !== undefined) counts.set(block, (counts.get(block) ?? 0) + 1)
      }
      const blocks = [...counts].toSorted(([a, m], [b, n]) => n - m || a - b).map(([block]) => block)
      return { ...identifier, blocks }
    })
    .toSorted(
      (x, y) =>
        (x.blocks[0] ?? 1e6) - (y.blocks[0] ?? 1e6) ||
        y.evidence - x.evidence ||
        compareKeys([x.countsAs, x.ref], [y.countsAs, y.ref]),
    )
}

function blocksIn(blockOf: ReadonlyMap<string, number>, columns: readonly MatrixColumn[]): readonly Block[] {
  const accounts = Map.groupBy(blockOf.values(), (block) => block)
  return [...accounts]
    .map(([number, { length }]) => ({
      number,
      accounts: length,
      identifiers: columns.filter(({ blocks }) => blocks[0] === number),
    }))
    .toSorted((x, y) => x.number - y.number)
}

function betweenBlocks(
  links: readonly { a: string; b: string; evidence: number }[],
  blockOf: ReadonlyMap<string, number>,
): RingMatrix['between'] {
  const sums = new Map<string, { a: number; b: number; evidence: number }>()
  for (const { a, b, evidence } of links) {
    // Of those in no block nothing is told; sorting would put what is missing last.
    const [x = -1, y = -1] = [blockOf.get(a) ?? -1, blockOf.get(b) ?? -1].toSorted((m, n) => m - n)
    if (x < 0 || x === y) continue
    const sum = sums.get(`${x} ${y}`) ?? { a: x, b: y, evidence: 0 }
    sums.set(`${x} ${y}`, sum)
    sum.evidence += evidence
  }
  return [...sums.values()].toSorted((x, y) => y.evidence - x.evidence || x.a - y.a || x.b - y.b)
}
