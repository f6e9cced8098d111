/**
 * What an account showed only through hardware of its own: a browser and a line that were seen in a device's sessions
 * alone say nothing of two accounts that their sharing the device has not said.
 */
import type { Use } from '../model.ts'
import { dayOf } from '../time.ts'

const carriers: ReadonlySet<string> = new Set(['device', 'cookie'])
const carried: ReadonlySet<string> = new Set(['fingerprint', 'ip', 'ip24'])

interface Sessions {
  readonly ids: Set<string>
  readonly days: Set<number>
  /** Days on which it was used, seen in a session that is still known or not. */
  readonly used: Set<number>
}

/**
 * By carried identifier (`kind:ref`), the carriers in whose sessions it was always seen. Only the newest sessions are
 * kept: nothing is said of an identifier with a day of use that none of them tells of.
 */
export function seenThrough(uses: readonly Use[]): ReadonlyMap<string, readonly string[]> {
  const sessions = new Map<string, Sessions>()
  for (const use of uses) {
    if (use.sessions.length === 0 || !(carriers.has(use.kind) || carried.has(use.kind))) continue
    const key = `${use.kind}:${use.ref}`
    const known = sessions.get(key) ?? { ids: new Set(), days: new Set(), used: new Set() }
    sessions.set(key, known)
    for (const day of use.days) known.used.add(day)
    for (const { session, at } of use.sessions) {
      known.ids.add(session)
      known.days.add(dayOf(at))
    }
  }
  const owned = [...sessions].filter(([key]) => carriers.has(kindOf(key)))
  const found = new Map<string, readonly string[]>()
  for (const [key, { ids, days, used }] of sessions) {
    if (!carried.has(kindOf(key)) || !used.isSubsetOf(days)) continue
    const through = owned.flatMap(([carrier, own]) => (ids.isSubsetOf(own.ids) ? [carrier] : []))
    if (through.length > 0) found.set(key, through)
  }
  return found
}

const kindOf = (key: string): string => key.slice(0, key.indexOf(':'))

/** Whether two accounts share a carrier through which alone both showed what they share. */
export const isToldAlready = (
  a: { readonly through?: readonly string[] },
  b: { readonly through?: readonly string[] },
): boolean => a.through?.some((carrier) => b.through?.includes(carrier)) ?? false
