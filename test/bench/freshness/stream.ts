/** What comes at a rate while freshness is measured: a town's days once more, probes among them, and an attack. */
import type { StoredEvent } from '../../../graph/model.ts'
import { dayMs, dayOf } from '../../../graph/time.ts'
import { seen } from '../../support/core/states.ts'
import type { ToldWorld } from '../../support/core/town.ts'

const hourMs = 3_600_000

export interface Stream {
  /** Of the days until the last, and of pairs of accounts that share a device each. */
  readonly before: readonly StoredEvent[]
  /** A town's day is short of events: people do again what they did in the days before. */
  readonly events: readonly StoredEvent[]
  /** A third account on the device of each pair: three are a ring. */
  readonly probes: readonly StoredEvent[]
  /** Somebody gets into three accounts that have nothing in common, on one device, and changes where payouts go. */
  readonly intrusions: readonly StoredEvent[]
  /** Of the day after. */
  readonly nextDay: readonly StoredEvent[]
}

export function streamOf({ events }: ToldWorld, probes: number): Stream {
  const last = events.at(-1)?.at ?? 0
  const lastDay = dayOf(last)
  const at = lastDay * dayMs
  const until = events.findIndex((event) => dayOf(event.at) === lastDay) + 1
  const probe = (which: number, who: string, on = at): StoredEvent =>
    seen(`probe ${which} ${who}`, [`device:probe ${which}`], {
      id: `probe ${which} ${who}`,
      type: 'signup',
      at: on,
    })
  const pairs = Array.from({ length: probes }, (_, which) => [probe(which, 'a'), probe(which, 'b')])
  return {
    before: [...events.slice(0, until), ...pairs.flat()],
    events: events.toReversed().map((event, i) => ({
      ...event,
      id: `${event.id} again`,
      content: `${event.content} again`,
      at: Math.min(last, at + i * 1_000),
    })),
    probes: pairs.map((_, which) => probe(which, 'c')),
    intrusions: intrusionsIn(events, at),
    nextDay: [probe(0, 'd', at + dayMs)],
  }
}

function intrusionsIn(events: readonly StoredEvent[], from: number): readonly StoredEvent[] {
  const first = new Map<string, number>()
  const lines = new Map<string, Set<string>>()
  for (const { account, at, identifiers } of events) {
    first.set(account, Math.min(at, first.get(account) ?? at))
    const own = lines.get(account) ?? new Set()
    lines.set(account, own)
    for (const { kind, ref } of identifiers) own.add(`${kind}:${ref}`)
  }
  const strangers: string[] = []
  for (const [account, at] of first) {
    const own = lines.get(account) ?? new Set()
    const isStranger = strangers.every((other) => lines.get(other)?.isDisjointFrom(own))
    if (from - at > 60 * dayMs && own.size > 2 && isStranger) strangers.push(account)
    if (strangers.length === 3) break
  }
  return strangers.flatMap((account, i) =>
    (['login', 'payout_change'] as const).map((type, then) =>
      seen(account, ['device:intruder'], {
        id: `intruder ${i} ${type}`,
        type,
        at: from + (i + then / 2) * hourMs,
      }),
    ),
  )
}
