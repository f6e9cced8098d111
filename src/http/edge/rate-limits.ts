/** How often one key may ask this process: a cell rate (GCRA, ITU-T I.371, 1996), which keeps one number a key. */
import type { Clock } from '../../../graph/ports.ts'
import type { Scope } from '../scopes.ts'

/** Answers from memory cost a thousandth of those that ask the store. */
export type RateClass = 'risk' | 'other'

export const rateClassOf = (scope: Scope): RateClass => (scope === 'risk:read' ? 'risk' : 'other')

export interface Rate {
  readonly isAdmitted: boolean
  /** Headers as draft-ietf-httpapi-ratelimit-headers-11 has them. */
  readonly headers: readonly string[]
}

export interface RateLimits {
  /** Counts a request that is admitted; one that is refused costs nothing. */
  take(key: string, rateClass: RateClass): Rate
}

/** As much as a second's worth may come at once. */
const burstMs = 1_000

/** Requests a second, by class. */
export function rateLimits(perSecond: Readonly<Record<RateClass, number>>, clock: Clock): RateLimits {
  const ofClass = {
    risk: limiter('risk', perSecond.risk, clock),
    other: limiter('other', perSecond.other, clock),
  }
  return { take: (key, rateClass) => ofClass[rateClass](key) }
}

function limiter(name: RateClass, perSecond: number, clock: Clock): (key: string) => Rate {
  const everyMs = 1_000 / perSecond
  const policy = `"${name}";q=${perSecond};w=1`
  /** When all that a key asked so far would have been due, had it asked evenly. */
  const dueAt = new Map<string, number>()
  return (key) => {
    const now = clock()
    const due = Math.max(dueAt.get(key) ?? now, now)
    // Rounding must not refuse the last of a second's worth.
    const isAdmitted = due + everyMs <= now + burstMs + everyMs / 1_000
    const next = isAdmitted ? due + everyMs : due
    if (isAdmitted) dueAt.set(key, next)
    const left = Math.max(0, Math.floor((now + burstMs - next) / everyMs + 1 / 1_000))
    return { isAdmitted, headers: ['RateLimit-Policy', policy, 'RateLimit', `"${name}";r=${left};t=1`] }
  }
}
