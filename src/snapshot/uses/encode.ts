/** Writes who uses which identifier into a snapshot. */
import type { Tie } from '../../../graph/evidence/account-facts.ts'
import { hubAccountsMin, linkingAccountsMax } from '../../../graph/evidence/share.ts'
import type { EvidencePolicy } from '../../../graph/identifiers/kind.ts'
import type { KindLookup } from '../../../graph/projection/entities.ts'
import { type LinkTable, tieOf } from '../../../graph/projection/link-table.ts'
import { slotsFor } from '../fingerprint.ts'
import { daysPerUseMax, printOf, type UsesColumns, type UsesHeader } from './columns.ts'

type Table = Pick<LinkTable, 'facts' | 'ties' | 'identifiers' | 'postings'>

export interface UsesPlan {
  readonly header: UsesHeader
  /** Numbers in the table of the identifiers that are written. */
  readonly numbers: readonly number[]
  readonly table: Table
  readonly kindOf: KindLookup
}

/** Identifiers that may link two accounts, or strengthen a link by the day, and are no hubs. */
export function planUses(table: Table, kindOf: KindLookup): UsesPlan {
  const numbers = [...table.identifiers.keys()].filter((number) => {
    const policy = kindOf(table.identifiers[number]?.kind ?? '')?.evidence
    const users = table.postings[number]?.length ?? 0
    return policy !== undefined && users > 0 && users <= usersMax(policy)
  })
  let [uses, days] = [0, 0]
  for (const number of numbers) {
    const users = table.postings[number] ?? nobody
    uses += users.length
    if (countsByDay(kindOf(table.identifiers[number]?.kind ?? '')?.evidence))
      for (const user of users) days += daysOf(tieOf(table as LinkTable, user, number)).length
  }
  const header = { identifiers: numbers.length, slots: slotsFor(numbers.length), uses, days }
  return { header, numbers, table, kindOf }
}

function usersMax(policy: EvidencePolicy): number {
  if (policy.links === 'pairs') return linkingAccountsMax(policy)
  return countsByDay(policy) ? hubAccountsMin : 0
}

const countsByDay = (policy: EvidencePolicy | undefined): boolean =>
  policy?.links === 'weak' && policy.unit === 'day'

/** The newest of very many. */
const daysOf = (tie: Tie | undefined): readonly number[] => tie?.days.slice(-daysPerUseMax) ?? noDays

const noDays: readonly number[] = []
const nobody = new Int32Array()

export function writeUses(columns: UsesColumns, { numbers, table, kindOf }: UsesPlan): void {
  let [use, day] = [0, 0]
  numbers.forEach((number, place) => {
    const { kind = '', ref = '' } = table.identifiers[number] ?? {}
    const isByDay = countsByDay(kindOf(kind)?.evidence)
    writeName(columns, place, { kind, ref })
    columns.useStarts[place] = use
    columns.dayStarts[place] = day
    for (const user of table.postings[number] ?? nobody) {
      const tie = tieOf(table as LinkTable, user, number)
      columns.users[use] = user
      columns.firstSeen[use] = secondsOf(tie?.firstAt)
      columns.lastSeen[use] = secondsOf(tie?.lastAt)
      columns.seenThrough[use] = Number((tie?.through?.length ?? 0) > 0)
      use += 1
      if (!isByDay) continue
      const days = daysOf(tie)
      columns.dayCounts[use - 1] = days.length
      columns.days.set(days, day)
      day += days.length
    }
  })
  columns.useStarts[numbers.length] = use
  columns.dayStarts[numbers.length] = day
  table.facts.forEach(({ bornAt }, account) => {
    columns.births[account] = secondsOf(bornAt)
  })
}

const secondsOf = (at: number | undefined): number => (at === undefined ? 0 : Math.floor(at / 1_000))

function writeName(
  { identifierSlots: slots, identifierPrints: prints }: UsesColumns,
  place: number,
  { kind, ref }: { kind: string; ref: string },
): void {
  const { first, step } = printOf(kind, ref)
  prints[place * 2] = first
  prints[place * 2 + 1] = step
  let slot = first & (slots.length - 1)
  while (slots[slot] !== 0) slot = (slot + step) & (slots.length - 1)
  slots[slot] = place + 1
}
