/**
 * The joins of the state. Each is associative, commutative and idempotent, so that the same events in any
 * order, any number of times, give the same state (Shapiro et al. 2011, "Conflict-free Replicated Data Types").
 */
import type {
  Activity,
  Happening,
  IdentifierState,
  Label,
  Relation,
  SessionSighting,
  Span,
  Use,
} from '../model.ts'
import { compareKeys, compareText } from './order.ts'

export const activityHappeningsMax = 32
export const relationHappeningsMax = 8
export const sessionsMax = 8
export const timesMax = 8

export const joinActivity = (a: Activity, b: Activity): Activity => ({
  type: a.type,
  ...joinSpan(a, b),
  recent: newestHappenings(a.recent, b.recent, activityHappeningsMax),
})

export const joinRelation = (a: Relation, b: Relation): Relation => ({
  to: a.to,
  relation: a.relation,
  type: a.type,
  ...joinSpan(a, b),
  recent: newestHappenings(a.recent, b.recent, relationHappeningsMax),
})

export const joinUse = (a: Use, b: Use): Use => ({
  kind: a.kind,
  ref: a.ref,
  type: a.type,
  ...joinSpan(a, b),
  sessions: newestSessions(a.sessions, b.sessions),
  times: newestTimes(a.times, b.times),
})

/**
 * Facts come from the highest table version, ties by the smallest text; the display from the newest event. What is
 * sealed is the same of every event that sealed it (src/secrets/secrets.ts).
 */
export function joinIdentifier(a: IdentifierState, b: IdentifierState): IdentifierState {
  const facts = compareFacts(a, b) >= 0 ? a : b
  const display = compareDisplay(a.display, b.display) >= 0 ? a.display : b.display
  const sealed = (a.sealed ?? '') > (b.sealed ?? '') ? a.sealed : b.sealed
  return {
    kind: a.kind,
    ref: a.ref,
    mask: a.mask > b.mask ? a.mask : b.mask,
    tables: facts.tables,
    ...(facts.class !== undefined && { class: facts.class }),
    ...(facts.asn !== undefined && { asn: facts.asn }),
    ...(facts.place !== undefined && { place: facts.place }),
    ...(display && { display }),
    ...(sealed !== undefined && { sealed }),
  }
}

/** The latest of a source wins; of equal ones fraud, victim, legit, none in this order. */
export const joinLabel = (a: Label, b: Label): Label => (compareLabels(a, b) >= 0 ? a : b)

/** What became of a label beside the one known: repeated, contradicting it for the same moment, or news. */
export function labelReceipt(known: Label, added: Label): 'accepted' | 'duplicate' | 'conflict' {
  if (known.at !== added.at) return 'accepted'
  return known.label === added.label && known.reason === added.reason ? 'duplicate' : 'conflict'
}

/** The least of two birth dates, either of which may be unknown. */
export function joinCreatedAt(a: number | undefined, b: number | undefined): number | undefined {
  if (a === undefined) return b
  return b === undefined ? a : Math.min(a, b)
}

export const joinSpan = (a: Span, b: Span): Span => ({
  firstAt: Math.min(a.firstAt, b.firstAt),
  lastAt: Math.max(a.lastAt, b.lastAt),
  days: joinDays(a.days, b.days),
})

export function joinDays(a: readonly number[], b: readonly number[]): readonly number[] {
  if (b.length === 1 && a.at(-1) === b[0]) return a
  if (b.every((day) => a.includes(day))) return a
  return [...new Set([...a, ...b])].toSorted((x, y) => x - y)
}

/** Both lists are newest first and without repeats, as every join answers them, so that they only have to be merged. */
function newestHappenings(
  a: readonly Happening[],
  b: readonly Happening[],
  most: number,
): readonly Happening[] {
  const newest: Happening[] = []
  for (let i = 0, j = 0; newest.length < most; ) {
    const [x, y] = [a[i], b[j]]
    const next = x && y ? compareHappenings(x, y) : x ? 1 : -1
    const taken = next < 0 ? y : x
    if (!taken) break
    newest.push(taken)
    if (next >= 0) i += 1
    if (next <= 0) j += 1
  }
  return newest
}

export const compareHappenings = (a: Happening, b: Happening): number =>
  // The time decides almost always.
  a.at - b.at || compareKeys(happeningKeys(a), happeningKeys(b))

const happeningKeys = ({ at, id, outcome, amount, currency, changed }: Happening) => [
  at,
  id,
  outcome,
  amount,
  currency,
  changed?.join(),
]

/**
 * A session counts once, at its newest time. Cutting to the newest 8 loses nothing a later join could need:
 * what was cut is older than 8 other sessions, and their times only grow.
 */
const newestSessions = (
  a: readonly SessionSighting[],
  b: readonly SessionSighting[],
): readonly SessionSighting[] => b.reduce(withSession, a)

/** `sessions` are newest first, and so is the answer. */
function withSession(
  sessions: readonly SessionSighting[],
  added: SessionSighting,
): readonly SessionSighting[] {
  const known = sessions.findIndex(({ session }) => session === added.session)
  if (known !== -1 && (sessions[known]?.at ?? 0) >= added.at) return sessions
  const others = known === -1 ? sessions : sessions.toSpliced(known, 1)
  const older = others.findIndex((other) => compareSessions(other, added) < 0)
  return others.toSpliced(older === -1 ? others.length : older, 0, added).slice(0, sessionsMax)
}

const compareSessions = (x: SessionSighting, y: SessionSighting): number =>
  x.at - y.at || compareText(x.session, y.session)

function newestTimes(a: readonly number[], b: readonly number[]): readonly number[] {
  if (b.length === 0) return a
  return [...new Set([...a, ...b])].toSorted((x, y) => y - x).slice(0, timesMax)
}

function compareFacts(a: IdentifierState, b: IdentifierState): number {
  if (a.tables !== b.tables) return a.tables - b.tables
  // Smallest text wins, and some text wins over none.
  return compareKeys(factKeys(b), factKeys(a))
}

const factKeys = (row: IdentifierState) => [row.class ?? '\uffff', row.asn ?? Infinity, row.place ?? '\uffff']

function compareDisplay(a: IdentifierState['display'], b: IdentifierState['display']): number {
  return compareKeys([a?.at, a?.id, a?.text], [b?.at, b?.id, b?.text])
}

const labelRank = { fraud: 3, victim: 2, legit: 1, none: 0 } satisfies Record<Label['label'], number>

function compareLabels(a: Label, b: Label): number {
  return compareKeys([a.at, labelRank[a.label], a.reason], [b.at, labelRank[b.label], b.reason])
}
