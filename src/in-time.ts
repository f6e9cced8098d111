/** An answer that comes in time, or none. */
import { setTimeout as wait } from 'node:timers/promises'

/** A run in full may be ahead of it, and somebody looks at a page meanwhile. */
const withinMs = 2_500

/** `undefined` where it takes longer. */
export function inTime<Order, Answer>(
  answer: (order: Order) => Promise<Answer | undefined>,
  ms: number = withinMs,
): (order: Order) => Promise<Answer | undefined> {
  return async (order) => {
    const given = new AbortController()
    const late = wait(ms, undefined, { signal: given.signal, ref: false })
    // Whoever loses is not listened to any more.
    late.catch(() => {})
    const found = answer(order)
    found.catch(() => {})
    try {
      return await Promise.race([found, late])
    } finally {
      given.abort()
    }
  }
}
