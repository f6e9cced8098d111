/** Uses once some accounts changed: what they use otherwise is added to the log, and what others use stays where it lies. */
import { listAt } from '../list-column.ts'
import type { Merged } from '../merge-sorted.ts'
import { slotsAfter } from '../slots.ts'
import { accountAt, identifiersUsed, useOf } from './of.ts'
import type { ToldTie } from './rows.ts'
import { type Blocks, type Uses, usesAnew } from './uses.ts'

/** All that an account uses now: each identifier once, ascending; `through`: hardware, by number. */
export interface ToldUse {
  readonly identifier: number
  readonly tie: ToldTie
  readonly through: readonly number[]
}

export interface UsesChange {
  readonly accounts: Merged
  readonly identifiers: Pick<Merged, 'now' | 'before'>
  /** Beside each of `accounts.changed`. */
  readonly told: readonly (readonly ToldUse[])[]
}

export interface ChangedUses {
  readonly uses: Uses
  /**
   * Of each account that changed, identifiers that it uses anew, no longer, or at other times or through other things than before, each
   * once: first those it uses, ascending.
   */
  readonly differing: ReadonlyMap<number, readonly number[]>
  /** Identifiers whose accounts are others than before. Ascending. */
  readonly regrouped: readonly number[]
}

export function changeUses(before: Uses, change: UsesChange): ChangedUses {
  const { log } = before
  const room = log.rows.length < log.rowsMax && log.own.length < log.rowsMax
  const known = room ? before : usesAnew(before)
  const slots = {
    accounts: slotsAfter(known.accounts, change.accounts),
    identifiers: slotsAfter(known.identifiers, change.identifiers),
  }
  const { differing, regrouped, own, rewritten } = compare(known, change)
  const blocks = writeBlocks(known, change, { rewritten, slots })
  return {
    uses: {
      rows: known.log.rows.rows(),
      blocks,
      own: writeOwn(known, change, { own, slots }),
      ...slots,
      log: known.log,
    },
    differing,
    regrouped,
  }
}

/** Of an account by its number now: how it uses an identifier, `undefined` when it does no longer. */
interface Rewritten {
  readonly account: number
  readonly use: ToldUse | undefined
}

interface Compared extends Omit<ChangedUses, 'uses'> {
  /** Accounts that use other identifiers than before, with those they use. */
  readonly own: ReadonlyMap<number, readonly ToldUse[]>
  /** By identifier, accounts ascending. */
  readonly rewritten: ReadonlyMap<number, readonly Rewritten[]>
}

function compare(known: Uses, change: UsesChange): Compared {
  const { accounts, identifiers, told } = change
  const differing = new Map<number, readonly number[]>()
  const own = new Map<number, readonly ToldUse[]>()
  const rewritten = new Map<number, Rewritten[]>()
  const regrouped = new Set<number>()
  const rewrite = (identifier: number): Rewritten[] => {
    const rows = rewritten.get(identifier) ?? []
    rewritten.set(identifier, rows)
    return rows
  }
  const usedThen = (account: number): readonly number[] =>
    Array.from(identifiersUsed(known, account), (one) => identifiers.now[one] ?? -1)
  accounts.changed.forEach((account, place) => {
    const [uses, then] = [told[place] ?? [], accounts.before[account] ?? -1]
    const other = uses.filter((use) => !isKnown(known, change, { account: then, use }))
    const isUsed = new Set(uses.map(({ identifier }) => identifier))
    const had = usedThen(then)
    const lost = had.filter((identifier) => !isUsed.has(identifier))
    const before = new Set(had)
    const won = uses.filter(({ identifier }) => !before.has(identifier))
    for (const use of other) rewrite(use.identifier).push({ account, use })
    for (const identifier of lost) rewrite(identifier).push({ account, use: undefined })
    for (const { identifier } of won) regrouped.add(identifier)
    for (const identifier of lost) regrouped.add(identifier)
    if (won.length + lost.length > 0) own.set(account, uses)
    differing.set(account, [...other.map(({ identifier }) => identifier), ...lost])
  })
  for (const account of accounts.gone)
    for (const identifier of usedThen(account)) {
      rewrite(identifier)
      regrouped.add(identifier)
    }
  return { differing, own, rewritten, regrouped: [...regrouped].toSorted((a, b) => a - b) }
}

/** Whether an account, by its number before, used it in the same way. */
function isKnown(
  known: Uses,
  { identifiers }: UsesChange,
  { account, use: { identifier, tie, through } }: { readonly account: number; readonly use: ToldUse },
): boolean {
  const use = account < 0 ? undefined : useOf({ uses: known }, account, identifiers.before[identifier] ?? -1)
  if (use === undefined) return false
  const { rows } = known
  const numberNow = (slot: number): number => identifiers.now[known.identifiers.numberOf[slot] ?? -1] ?? -1
  return (
    rows.firstAt[use] === tie.firstAt &&
    rows.lastAt[use] === tie.lastAt &&
    isSameList(tie.days, rows.days, [rows.dayStarts[use], rows.dayStarts[use + 1]]) &&
    isSameList(tie.times, rows.times, [rows.timeStarts[use], rows.timeStarts[use + 1]]) &&
    isSameList(through, listAt(rows.through, rows.throughStarts, use).map(numberNow))
  )
}

function isSameList(
  list: readonly number[],
  values: ArrayLike<number>,
  [from = 0, end = 0]: readonly [from?: number | undefined, end?: number | undefined] = [0, values.length],
): boolean {
  return list.length === end - from && list.every((value, i) => values[from + i] === value)
}

interface SlotsNow {
  readonly slots: Pick<Uses, 'accounts' | 'identifiers'>
}

function writeBlocks(
  known: Uses,
  { accounts, identifiers }: UsesChange,
  { rewritten, slots }: SlotsNow & Pick<Compared, 'rewritten'>,
): Blocks {
  const { rows: out } = known.log
  const blocks = blocksNow(known.blocks, identifiers)
  const add = ({ account, use }: Rewritten): void => {
    if (!use) return
    const through = use.through.map((carrier) => slots.identifiers.slotOf[carrier] ?? -1)
    out.add(slots.accounts.slotOf[account] ?? -1, use.tie, through)
  }
  for (const [identifier, changes] of rewritten) {
    const first = out.length
    let next = 0
    const addBefore = (account: number): void => {
      for (let one = changes[next]; one && one.account < account; one = changes[++next]) add(one)
    }
    for (let use = blocks.starts[identifier] ?? 0; use < (blocks.ends[identifier] ?? 0); use++) {
      const account = accounts.now[accountAt(known, use)] ?? -1
      if (account < 0) continue
      addBefore(account)
      const change = changes[next]
      if (change?.account !== account) out.copy(known.rows.accounts[use] ?? -1, known.rows, use)
    }
    addBefore(Infinity)
    blocks.starts[identifier] = first
    blocks.ends[identifier] = out.length
  }
  return blocks
}

function writeOwn(
  known: Uses,
  { accounts }: UsesChange,
  { own, slots }: SlotsNow & Pick<Compared, 'own'>,
): Uses['own'] {
  const { own: out } = known.log
  const blocks = blocksNow(known.own, accounts)
  for (const [account, uses] of own) {
    blocks.starts[account] = out.length
    for (const { identifier } of uses) out.push(slots.identifiers.slotOf[identifier] ?? -1)
    blocks.ends[account] = out.length
  }
  return { ...blocks, values: out.values() }
}

/** Of those that are new, empty. */
function blocksNow({ starts, ends }: Blocks, { now, before }: Pick<Merged, 'now' | 'before'>): Blocks {
  if (now === before) return { starts: starts.slice(), ends: ends.slice() }
  const [startsNow, endsNow] = [new Int32Array(before.length), new Int32Array(before.length)]
  for (let number = 0; number < before.length; number++) {
    const was = before[number] ?? -1
    if (was < 0) continue
    startsNow[number] = starts[was] ?? 0
    endsNow[number] = ends[was] ?? 0
  }
  return { starts: startsNow, ends: endsNow }
}
