/** Whence somebody got into an account, and how far that is from where it mostly is: as the operator's tables place addresses. */
import { type Tie, tiesOf } from '../evidence/account-facts.ts'
import { kmBetween, type Place, placeOf } from '../identifiers/place.ts'
import type { AccountState, IdentifierKey } from '../model.ts'
import type { StateStore } from '../ports.ts'
import { compareText } from '../state/order.ts'
import { dayOf } from '../time.ts'
import { keyOf } from './counterfactual/surroundings.ts'
import type { VictimStory } from './takeover.ts'

export interface Entry extends IdentifierKey {
  readonly mask: string
  /** Absent where no table places the address. */
  readonly place?: Place
  /** Where it was on most days before, and on how many; absent where that is not known. */
  readonly home?: { readonly place: Place; readonly days: number }
  /** Between the two, to ten kilometres. */
  readonly kmFromHome?: number
}

/** Addresses of one account that are looked at: those of most days. */
const addressesMax = 12
/** On fewer days nobody is at home. */
const homeDaysMin = 2

/** By account; of a victim that nothing stored shows an address of, nothing. */
export async function entriesOf(
  store: Pick<StateStore, 'users'>,
  victims: readonly VictimStory[],
  states: ReadonlyMap<string, AccountState>,
): Promise<ReadonlyMap<string, Entry>> {
  const found = victims.flatMap((story) => {
    const state = states.get(story.account)
    const addresses = state ? addressesIn(state, story) : undefined
    return addresses ? [{ account: story.account, ...addresses }] : []
  })
  const keys = new Map(
    found.flatMap(({ entry, before }) =>
      [entry, ...before].map(({ kind, ref }) => [keyOf({ kind, ref }), { kind, ref }]),
    ),
  )
  const users = keys.size > 0 ? await store.users([...keys.values()], { usesMax: 1 }) : []
  const known = new Map(users.map(({ identifier }) => [keyOf(identifier), identifier]))
  return new Map(
    found.map(({ account, entry: { kind, ref }, before }) => {
      const { mask = '', place: text } = known.get(keyOf({ kind, ref })) ?? {}
      const home = homeOf(before, (tie) => known.get(keyOf(tie))?.place)
      const place = text === undefined ? undefined : placeOf(text)
      const entry: Entry = {
        kind,
        ref,
        mask,
        ...(place && { place }),
        ...(home && { home }),
        ...(place && home && { kmFromHome: Math.round(kmBetween(place, home.place) / 10) * 10 }),
      }
      return [account, entry]
    }),
  )
}

interface Addresses {
  readonly entry: Tie
  /** Those it used on days before, the entry's address too where it did. */
  readonly before: readonly Tie[]
}

function addressesIn(state: AccountState, { at, met }: VictimStory): Addresses | undefined {
  if (at === undefined) return undefined
  const ties = tiesOf(state).filter(({ kind }) => kind === 'ip')
  const sessions = sessionsOn(state, new Set(met.map(keyOf)))
  const isOfEntry = (tie: Tie): boolean =>
    tie.firstAt === at || [...sessionsOn(state, new Set([keyOf(tie)]))].some((one) => sessions.has(one))
  const day = dayOf(at)
  // What it came by at that very time, else what it used in the same session, newest to it first.
  const [entry] = ties
    .filter(isOfEntry)
    .toSorted((x, y) => y.firstAt - x.firstAt || compareText(x.ref, y.ref))
  if (!entry) return undefined
  const before = ties
    .map((tie) => ({ ...tie, days: tie.days.filter((one) => one < day) }))
    .filter(({ days }) => days.length > 0)
    .toSorted((x, y) => y.days.length - x.days.length || compareText(x.ref, y.ref))
  return { entry, before: before.slice(0, addressesMax) }
}

const sessionsOn = ({ uses }: AccountState, keys: ReadonlySet<string>): ReadonlySet<string> =>
  new Set(
    uses.filter((use) => keys.has(keyOf(use))).flatMap((use) => use.sessions.map(({ session }) => session)),
  )

function homeOf(before: readonly Tie[], placeAt: (tie: Tie) => string | undefined): Entry['home'] {
  const days = new Map<string, Set<number>>()
  for (const tie of before) {
    const place = placeAt(tie)
    if (place === undefined) continue
    days.set(place, (days.get(place) ?? new Set()).union(new Set(tie.days)))
  }
  const [most] = [...days].toSorted(([a, x], [b, y]) => y.size - x.size || compareText(a, b))
  return most && most[1].size >= homeDaysMin ? { place: placeOf(most[0]), days: most[1].size } : undefined
}

/** `Entered from 203.0.*.*, some 1900 km from home`; what is not known is said to be. */
export function entryWords({ mask, ref, place, kmFromHome }: Entry): string {
  const from = `Entered from ${mask || ref.slice(0, 8)}`
  if (kmFromHome !== undefined)
    return kmFromHome < nearKm ? `${from}, near home` : `${from}, some ${kmFromHome} km from home`
  return place ? `${from}; where it is at home is not known` : `${from}; where that is, is not known`
}

/** Tables place addresses no closer. */
const nearKm = 50
