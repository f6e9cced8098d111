/** Looks into every snapshot for what was sent. */
import type { Snapshot } from '../../../src/snapshot/snapshot.ts'
import type { Stream } from './stream.ts'

export interface Freshness {
  readonly accounts: number
  readonly eventsPerSecond: number
  /** From the acknowledgement of an account's event to the first snapshot in which it is in its ring. */
  readonly memberMs: readonly number[]
  /** The same of events in the second half of the stream, when servers and engines have compiled what they run. */
  readonly warmMs: readonly number[]
  /** From that of the third victim's last event to a takeover with all three; absent where none was within the wait. */
  readonly takeoverMs?: number
  /** Of runs after a change during the stream: how long they took, and accounts that had changed. */
  readonly runMs: readonly number[]
  readonly changed: readonly number[]
  readonly runsInFull: number
  /** CPU of the first run, which reads everything, and of one in full on a new day. */
  readonly allReadMs?: number
  readonly newDayMs?: number
  /** CPU of this process, in seconds a second; servers are processes of their own. */
  readonly cpuPerSecond?: number
}

export type Watch = ReturnType<typeof watchFor>

export function watchFor({ intrusions }: Stream, clock: () => number) {
  const victims = [...new Set(intrusions.map(({ account }) => account))]
  const sentAt = new Map<string, number>()
  const published: { readonly sentAt: number; readonly ms: number }[] = []
  const runs: (Snapshot['run'] & { readonly tookMs: number })[] = []
  let intrudedAt: number | undefined
  let takeoverMs: number | undefined
  const isTakeover = (snapshot: Snapshot): boolean => {
    const rings = victims.map((account) => snapshot.risk(account)?.ring)
    return rings.every((ring) => ring?.class === 'takeover_cluster' && ring.id === rings[0]?.id)
  }
  return {
    sent(account: string, at: number): void {
      sentAt.set(account, at)
    },
    intruded(at: number): void {
      intrudedAt = at
    },
    published(snapshot: Snapshot, tookMs = snapshot.run.tookMs): void {
      const now = clock()
      if (runs.at(-1)?.version !== snapshot.run.version) runs.push({ ...snapshot.run, tookMs })
      for (const [account, at] of sentAt) {
        if (!snapshot.risk(account)?.ring) continue
        published.push({ sentAt: at, ms: now - at })
        sentAt.delete(account)
      }
      if (intrudedAt !== undefined && isTakeover(snapshot)) takeoverMs ??= now - intrudedAt
    },
    runs: () => runs,
    waiting: () => sentAt.size + (intrudedAt !== undefined && takeoverMs === undefined ? 1 : 0),
    found(): Omit<Freshness, 'eventsPerSecond'> {
      const [first, ...later] = runs
      const again = later.filter(({ work }) => work)
      const bySending = published.toSorted((a, b) => a.sentAt - b.sentAt)
      return {
        accounts: first?.accounts ?? 0,
        memberMs: bySending.map(({ ms }) => ms),
        warmMs: bySending.slice(bySending.length / 2).map(({ ms }) => ms),
        ...(takeoverMs !== undefined && { takeoverMs }),
        runMs: again.map((run) => run.tookMs),
        changed: again.map(({ work }) => work?.accountsChanged ?? 0),
        runsInFull: later.length - again.length,
      }
    },
  }
}
