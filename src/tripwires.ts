/** Arms and disarms tripwires: with a verdict, and on request. */
import type { Doing } from '../graph/audit.ts'
import { AppError } from '../graph/errors.ts'
import type { IdentifierKey } from '../graph/model.ts'
import type { LinkStore } from '../graph/ports.ts'
import type { KindLookup } from '../graph/projection/entities.ts'
import type { Decision, Ring } from '../graph/ring.ts'
import { type ChosenWires, wiresOf, wiresOfRing } from '../graph/tripwires/choose.ts'
import type { Tripwire } from '../graph/tripwires/tripwire.ts'
import { newId } from './ids.ts'
import { checkedReason } from './reasons.ts'

interface Around {
  readonly store: Pick<LinkStore, 'accounts' | 'users' | 'tripwires' | 'saveTripwire'>
  readonly kindOf: KindLookup
}

export interface TripwireOrder {
  readonly author: string
  readonly reason: string
  readonly at: number
}

/** On what a ring's actors used and what holds it together. Throws `conflict` when nothing of that can be watched. */
export async function armRing(
  { store, kindOf }: Around,
  ring: Ring,
  order: TripwireOrder & { readonly decision?: string },
): Promise<Tripwire> {
  const wires = await wiresOfRing(store, ring, kindOf)
  if (wires.identifiers.length === 0) throw nothingToWatch(wires)
  return await save(store, { ...wires, ring: ring.id, spared: accountsOf(ring), ...order })
}

/** On these identifiers, whoever uses them today or tomorrow. */
export async function armIdentifiers(
  { store, kindOf }: Around,
  keys: readonly IdentifierKey[],
  order: TripwireOrder,
): Promise<Tripwire> {
  const wires = await wiresOf(store, keys, { kindOf })
  if (wires.identifiers.length === 0) throw nothingToWatch(wires)
  return await save(store, { ...wires, spared: [], ...order })
}

const accountsOf = ({ members }: Ring): readonly string[] => members.map(({ account }) => account)

const nothingToWatch = ({ unwired }: ChosenWires): AppError =>
  new AppError(
    'conflict',
    `None of the identifiers can be watched${unwired.length === 0 ? ': there are none' : ''}${unwired.map(({ kind, why }) => `; ${kind}: ${whyWords[why]}`).join('')}`,
  )

const whyWords = {
  hub: 'too many accounts are on it',
  household: 'a household or a place shares it',
  weak: 'it tells nobody apart',
} as const

async function save(
  store: Pick<LinkStore, 'saveTripwire'>,
  tripwire: Omit<Tripwire, 'id'>,
): Promise<Tripwire> {
  const armed = made({ ...tripwire, reason: checkedReason(tripwire.reason) })
  await store.saveTripwire(armed)
  return armed
}

const made = (tripwire: Omit<Tripwire, 'id'>): Tripwire => ({ id: newId('trip', tripwire.at), ...tripwire })

type Reading = Omit<Around, 'store'> & {
  readonly store: Pick<LinkStore, 'accounts' | 'users' | 'tripwires'>
}

/**
 * What a verdict has armed and disarmed: a confirmed ring is watched, one that was found benign no longer. Nothing that
 * can be watched is no fault here.
 */
export async function tripwiresOf(
  { store, kindOf }: Reading,
  ring: Ring,
  { id, verdict, author, reason, at, expiresAt }: Decision,
): Promise<readonly Tripwire[]> {
  const before = await disarmed(store, at, (one) => one.ring === ring.id && one.decision !== undefined)
  if (verdict !== 'confirm') return before
  const wires = await wiresOfRing(store, ring, kindOf)
  if (wires.identifiers.length === 0) return before
  const expires = expiresAt !== undefined && { expiresAt }
  const order = { ring: ring.id, decision: id, spared: accountsOf(ring), author, reason, at, ...expires }
  return [...before, made({ ...wires, ...order })]
}

/** What a verdict armed goes with it. */
export const disarmedWith = (
  store: Reading['store'],
  { decision, at }: { readonly decision: string; readonly at: number },
): Promise<readonly Tripwire[]> => disarmed(store, at, (one) => one.decision === decision)

async function disarmed(
  store: Reading['store'],
  at: number,
  isMeant: (tripwire: Tripwire) => boolean,
): Promise<readonly Tripwire[]> {
  const all = (await store.tripwires())?.tripwires ?? []
  return all
    .filter((one) => one.disarmedAt === undefined && isMeant(one))
    .map((one) => ({ ...one, disarmedAt: at }))
}

/** Throws `not_found` when there is none that is armed. */
export async function disarm(
  store: Pick<LinkStore, 'tripwires' | 'saveTripwire'>,
  id: string,
  { at, by }: Doing,
): Promise<Tripwire> {
  const all = (await store.tripwires())?.tripwires ?? []
  const tripwire = all.find((one) => one.id === id && one.disarmedAt === undefined)
  if (!tripwire) throw new AppError('not_found', 'There is no such tripwire that is armed: list them')
  const ended = { ...tripwire, disarmedAt: at }
  await store.saveTripwire(ended, by)
  return ended
}
