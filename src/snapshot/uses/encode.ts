/** Writes who uses which identifier into a snapshot. */
import { hubAccountsMin, linkingAccountsMax } from '../../../graph/evidence/share.ts'
import type { EvidencePolicy } from '../../../graph/identifiers/kind.ts'
import { Int32Column } from '../../../graph/projection/columns.ts'
import type { KindLookup } from '../../../graph/projection/entities.ts'
import { kindsAmong } from '../../../graph/projection/kinds-among.ts'
import type { LinkTable } from '../../../graph/projection/link-table.ts'
import { accountAt } from '../../../graph/projection/uses/of.ts'
import { slotsFor } from '../fingerprint.ts'
import { daysPerUseMax, type UsesColumns, type UsesHeader } from './columns.ts'
import { type Print, printsOf } from './prints.ts'

type Table = Pick<LinkTable, 'facts' | 'identifiers' | 'uses'>

export interface UsesPlan {
  readonly header: UsesHeader
  /** Numbers in the table of the identifiers that are written. */
  readonly numbers: Int32Array
  readonly table: Table
  readonly kindOf: KindLookup
}

/** Identifiers that may link two accounts, or strengthen a link by the day, and are no hubs. */
export function planUses(table: Table, kindOf: KindLookup): UsesPlan {
  const numbers = new Int32Column()
  let [uses, days] = [0, 0]
  for (const { kind, identifiers } of kindsAmong(table, kindOf)) {
    const [most, isByDay] = [usersMax(kind.evidence), countsByDay(kind.evidence)]
    for (const number of identifiers) {
      const [first, end] = rangeOf(table, number)
      if (first === end || end - first > most) continue
      numbers.push(number)
      uses += end - first
      for (let use = first; isByDay && use < end; use++) days += newestDays(table, use).length
    }
  }
  const header = { identifiers: numbers.length, slots: slotsFor(numbers.length), uses, days }
  return { header, numbers: numbers.values(), table, kindOf }
}

function usersMax(policy: EvidencePolicy): number {
  if (policy.links === 'pairs') return linkingAccountsMax(policy)
  return countsByDay(policy) ? hubAccountsMin : 0
}

const countsByDay = (policy: EvidencePolicy | undefined): boolean =>
  policy?.links === 'weak' && policy.unit === 'day'

const rangeOf = ({ uses: { blocks } }: Table, identifier: number): readonly [first: number, end: number] => [
  blocks.starts[identifier] ?? 0,
  blocks.ends[identifier] ?? 0,
]

/** Where the days of a use lie, the newest of very many, and how many they are. */
function newestDays({ uses: { rows } }: Table, use: number): { first: number; length: number } {
  const end = rows.dayStarts[use + 1] ?? 0
  const first = Math.max(rows.dayStarts[use] ?? end, end - daysPerUseMax)
  return { first, length: end - first }
}

/** Those of one kind come together. */
function byDayTest(kindOf: KindLookup): (kind: string) => boolean {
  let [last, isByDay] = ['', false]
  return (kind) => {
    if (kind !== last) [last, isByDay] = [kind, countsByDay(kindOf(kind)?.evidence)]
    return isByDay
  }
}

export function writeUses(columns: UsesColumns, { numbers, table, kindOf }: UsesPlan): void {
  const { firstAt, lastAt, throughStarts, days } = table.uses.rows
  let [written, day] = [0, 0]
  const [isByDay, printAt] = [byDayTest(kindOf), printsOf(table.identifiers)]
  numbers.forEach((number, place) => {
    const kind = table.identifiers.kindAt(number)
    writeName(columns, place, printAt(number))
    columns.useStarts[place] = written
    columns.dayStarts[place] = day
    const [first, end] = rangeOf(table, number)
    for (let use = first; use < end; use++) {
      columns.users[written] = accountAt(table.uses, use)
      columns.firstSeen[written] = secondsOf(firstAt[use])
      columns.lastSeen[written] = secondsOf(lastAt[use])
      columns.seenThrough[written] = Number((throughStarts[use + 1] ?? 0) > (throughStarts[use] ?? 0))
      written += 1
      if (!isByDay(kind)) continue
      const newest = newestDays(table, use)
      columns.dayCounts[written - 1] = newest.length
      for (let i = 0; i < newest.length; i++) columns.days[day++] = days[newest.first + i] ?? 0
    }
  })
  columns.useStarts[numbers.length] = written
  columns.dayStarts[numbers.length] = day
  for (let account = 0; account < table.facts.length; account++)
    columns.births[account] = secondsOf(table.facts.bornAt(account))
}

const secondsOf = (at: number | undefined): number => (at === undefined ? 0 : Math.floor(at / 1_000))

function writeName(
  { identifierSlots: slots, identifierPrints: prints }: UsesColumns,
  place: number,
  { first, step }: Print,
): void {
  prints[place * 2] = first
  prints[place * 2 + 1] = step
  let slot = first & (slots.length - 1)
  while (slots[slot] !== 0) slot = (slot + step) & (slots.length - 1)
  slots[slot] = place + 1
}
