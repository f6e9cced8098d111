/** Two accounts side by side: what both use, what only one does, when each was active, and what people could say of them. */
import { type Tie, tiesOf } from '../evidence/account-facts.ts'
import type { Family } from '../identifiers/kind.ts'
import type { AccountState, IdentifierKey } from '../model.ts'
import type { KindLookup } from '../projection/entities.ts'
import { compareText } from '../state/order.ts'
import { dayOf } from '../time.ts'
import type { DirectLink } from './link.ts'

/** Identifiers told of one kind of one account. */
const toldMax = 5

export interface OwnIdentifiers {
  readonly told: readonly Tie[]
  readonly omitted: number
}

/** A kind of which the two share nothing. */
export interface UnsharedKind {
  readonly kind: string
  readonly family: Family
  readonly a: OwnIdentifiers
  readonly b: OwnIdentifiers
}

/** Kinds that are evidence and of which both, or one, use something, but nothing both do; in order of their names. */
export function unsharedKinds(
  a: AccountState,
  b: AccountState,
  { kindOf, isDerived }: { kindOf: KindLookup; isDerived: (kind: string) => boolean },
): readonly UnsharedKind[] {
  const [mine, theirs] = [tiesOf(a), tiesOf(b)]
  const both = new Set(mine.map(nameOf)).intersection(new Set(theirs.map(nameOf)))
  const shared = new Set([...mine, ...theirs].filter((tie) => both.has(nameOf(tie))).map(({ kind }) => kind))
  const kinds = [...new Set([...mine, ...theirs].map(({ kind }) => kind))].toSorted(compareText)
  return kinds.flatMap((name) => {
    const kind = kindOf(name)
    if (!kind || kind.evidence.links === 'never' || shared.has(name) || isDerived(name)) return []
    return [{ kind: name, family: kind.family, a: ownOf(mine, name), b: ownOf(theirs, name) }]
  })
}

const nameOf = ({ kind, ref }: IdentifierKey): string => `${kind}:${ref}`

/** Longest used first. */
function ownOf(ties: readonly Tie[], kind: string): OwnIdentifiers {
  const own = ties.filter((tie) => tie.kind === kind).toSorted((x, y) => y.days.length - x.days.length)
  return { told: own.slice(0, toldMax), omitted: Math.max(0, own.length - toldMax) }
}

export interface ActiveDay {
  readonly day: number
  /** How many types of event each had. */
  readonly a: number
  readonly b: number
  /** Whether both did something in one minute, as far as it is kept. */
  readonly isSameMinute: boolean
}

/** Days of `days` up to the end `asOf` on which either was active, ascending. */
export function activeDays(
  a: AccountState,
  b: AccountState,
  { asOf, days }: { asOf: number; days: number },
): readonly ActiveDay[] {
  const [mine, theirs] = [typesByDay(a), typesByDay(b)]
  const together = new Set(
    [...minutesOf(a).intersection(minutesOf(b))].map((minute) => dayOf(minute * 60_000)),
  )
  const last = dayOf(asOf)
  return Array.from({ length: days }, (_, i) => last - days + 1 + i).flatMap((day) => {
    const row = { day, a: mine.get(day) ?? 0, b: theirs.get(day) ?? 0, isSameMinute: together.has(day) }
    return row.a + row.b > 0 ? [row] : []
  })
}

function typesByDay({ activities }: AccountState): ReadonlyMap<number, number> {
  const counts = new Map<number, number>()
  for (const { days } of activities) for (const day of days) counts.set(day, (counts.get(day) ?? 0) + 1)
  return counts
}

const minutesOf = ({ activities }: AccountState): ReadonlySet<number> =>
  new Set(activities.flatMap(({ recent }) => recent.map(({ at }) => Math.floor(at / 60_000))))

export const sayings = ['household', 'same_actor', 'not_the_same'] as const
export type Saying = (typeof sayings)[number]

/** From here on one actor is likely enough to be said. */
const sameMin = 0.9

/** What the evidence fits best, where it fits one: a home, one actor, or two who have nothing to do with each other. */
export function fittingSaying({ shared, probability }: DirectLink, kindOf: KindLookup): Saying | undefined {
  const counted = shared.filter(({ evidence }) => evidence > 0)
  if (counted.length === 0) return 'not_the_same'
  if (counted.every(({ kind }) => kindOf(kind)?.household)) return 'household'
  return probability >= sameMin ? 'same_actor' : undefined
}

export const daysShown = 90
