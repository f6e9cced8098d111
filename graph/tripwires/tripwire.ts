/** "Tell me when they come back": identifiers that are watched, and who came with one of them. */
import { isEvidence } from '../evidence/account-facts.ts'
import type { IdentifierKey, StateType, StoredEvent } from '../model.ts'
import { identifierRowKey, stateTypeOf } from '../state/fold.ts'

export interface WiredIdentifier extends IdentifierKey {
  readonly mask: string
}

/** Why identifiers are not watched: too many accounts are on them, a household shares them, or they tell nobody apart. */
export const unwiredReasons = ['hub', 'household', 'weak'] as const
export type UnwiredReason = (typeof unwiredReasons)[number]

/** How many identifiers of a kind are not watched, and why. */
export interface Unwired {
  readonly kind: string
  readonly why: UnwiredReason
  readonly identifiers: number
}

export interface Tripwire {
  readonly id: string
  /** Whose identifiers these are. */
  readonly ring?: string
  /** The verdict that armed it. */
  readonly decision?: string
  readonly author: string
  readonly reason: string
  readonly at: number
  /** Accounts that may use them: those of the ring as it was armed, ascending. */
  readonly spared: readonly string[]
  readonly identifiers: readonly WiredIdentifier[]
  readonly unwired: readonly Unwired[]
  readonly disarmedAt?: number
  /** Of a verdict that expires: what happens from then on trips nothing. */
  readonly expiresAt?: number
}

/** An account that is not of the ring came with a watched identifier. Told once for each of the three. */
export interface TripwireHit extends IdentifierKey {
  readonly tripwire: string
  readonly account: string
  readonly ring?: string
  readonly mask: string
  /** Of the event. */
  readonly type: StateType
  readonly at: number
}

/** A hit at its place in the feed: after all changes of a publish, by number. Hits are noted as events are joined. */
export interface NotedHit extends TripwireHit {
  readonly version: number
  readonly note: number
}

/** Armed tripwires by `kind:ref`. */
export type WireIndex = ReadonlyMap<string, readonly Tripwire[]>

export function wireIndex(tripwires: readonly Tripwire[]): WireIndex {
  const armed = tripwires.filter(({ disarmedAt }) => disarmedAt === undefined)
  const wires = armed.flatMap((tripwire) =>
    tripwire.identifiers.map((key) => [identifierRowKey(key), tripwire] as const),
  )
  return new Map(
    [...Map.groupBy(wires, ([key]) => key)].map(([key, rows]) => [key, rows.map(([, wire]) => wire)]),
  )
}

/**
 * Who tripped what, each account, tripwire and identifier once. What an attacker chose, such as the target of a
 * failed log-in, trips nothing.
 */
export function hitsOf(events: readonly StoredEvent[], wires: WireIndex): readonly TripwireHit[] {
  const hits = new Map<string, TripwireHit>()
  if (wires.size === 0) return []
  for (const event of events) {
    const type = stateTypeOf(event)
    if (!isEvidence(type)) continue
    for (const { kind, ref, mask } of event.identifiers) {
      for (const { id, ring, spared, expiresAt = Infinity } of wires.get(identifierRowKey({ kind, ref })) ??
        []) {
        if (spared.includes(event.account) || event.at >= expiresAt) continue
        const hit: TripwireHit = {
          tripwire: id,
          account: event.account,
          ...(ring !== undefined && { ring }),
          kind,
          ref,
          mask,
          type,
          at: event.at,
        }
        const key = hitId(hit)
        if (!hits.has(key)) hits.set(key, hit)
      }
    }
  }
  return [...hits.values()]
}

/** What a hit is told once by. */
export const hitId = ({ tripwire, kind, ref, account }: TripwireHit): string =>
  JSON.stringify([tripwire, kind, ref, account])

export interface TripwireStore {
  /** Arms it; or disarms it, under its id. */
  saveTripwire(tripwire: Tripwire, by?: string): Promise<void>
  /** All there ever were, oldest first, with a number that grows with each change; nothing when that is `unless`. */
  tripwires(options?: {
    unless?: number
  }): Promise<{ readonly changes: number; readonly tripwires: readonly Tripwire[] } | undefined>
}
