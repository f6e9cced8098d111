/**
 * What an account showed only through hardware of its own: a browser and a line that were seen in a device's sessions
 * alone say nothing of two accounts that their sharing the device has not said.
 */
import type { Use } from '../model.ts'
import { dayOf } from '../time.ts'

const carriers: ReadonlySet<string> = new Set(['device', 'cookie'])
const carried: ReadonlySet<string> = new Set(['fingerprint', 'ip', 'ip24'])

/** What of one identifier was seen in sessions that are still known, by type of event. */
interface Shown {
  readonly key: string
  readonly uses: readonly Use[]
}

const nothing: ReadonlyMap<string, readonly string[]> = new Map()

/**
 * By carried identifier (`kind:ref`), the carriers in whose sessions it was always seen. Only the newest sessions are
 * kept: nothing is said of an identifier with a day of use that none of them tells of.
 */
export function seenThrough(uses: readonly Use[]): ReadonlyMap<string, readonly string[]> {
  const owned = shownOf(uses, carriers)
  if (owned.length === 0) return nothing
  const found = new Map<string, readonly string[]>()
  for (const one of shownOf(uses, carried)) {
    if (!areDaysTold(one)) continue
    const through = owned.filter((carrier) => isWithin(one, carrier)).map(({ key }) => key)
    if (through.length > 0) found.set(one.key, through)
  }
  return found
}

/** Uses that lie together are of one identifier more often than not, and few are looked through for the others. */
function shownOf(uses: readonly Use[], kinds: ReadonlySet<string>): readonly Shown[] {
  const shown: { key: string; kind: string; ref: string; uses: Use[] }[] = []
  for (const use of uses) {
    const { kind, ref, sessions } = use
    if (sessions.length === 0 || !kinds.has(kind)) continue
    const known = shown.findLast((one) => one.ref === ref && one.kind === kind)
    if (known) known.uses.push(use)
    else shown.push({ key: `${kind}:${ref}`, kind, ref, uses: [use] })
  }
  return shown
}

/** Whether a session is known of each day of use. */
const areDaysTold = ({ uses }: Shown): boolean =>
  uses.every(({ days }) =>
    days.every((day) => uses.some(({ sessions }) => sessions.some(({ at }) => dayOf(at) === day))),
  )

/** Whether one was seen in no session but those of the other. */
const isWithin = (one: Shown, other: Shown): boolean =>
  one.uses.every(({ sessions }) =>
    sessions.every(({ session }) =>
      other.uses.some((use) => use.sessions.some((sighting) => sighting.session === session)),
    ),
  )

/** Whether two accounts share a carrier through which alone both showed what they share. */
export const isToldAlready = (
  a: { readonly through?: readonly string[] },
  b: { readonly through?: readonly string[] },
): boolean => a.through?.some((carrier) => b.through?.includes(carrier)) ?? false
