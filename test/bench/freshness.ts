/**
 * How soon after an event rings are published that know of it: a town of the range, the last of whose days goes on at a
 * rate of events a second, in the embedded store. Each run takes what came since the one before, without a rest between.
 */
import { shippedKinds } from '../../graph/identifiers/registry.ts'
import type { StoredEvent } from '../../graph/model.ts'
import type { LinkStore } from '../../graph/ports.ts'
import { dayMs, dayOf } from '../../graph/time.ts'
import { makePublication } from '../../src/engine/make-publication.ts'
import { residentDetection } from '../../src/engine/resident.ts'
import { seen } from '../support/core/states.ts'
import { toldWorld } from '../support/core/town.ts'
import { openTempStore } from '../support/stores/embedded.ts'

export interface Freshness {
  readonly accounts: number
  /** CPU of a first run in full, and of runs after a change, half of them at the most. */
  readonly inFullMs: number
  readonly afterChangeMs: number
  /** Of every event, from when it was accepted until it was published. */
  readonly eventMs: { readonly p50: number; readonly p99: number }
  /** From the third victim's event until a takeover with all three was published; absent where none was. */
  readonly takeoverMs?: number
  readonly runs: number
  /** Means over runs after a change. */
  readonly changedAccounts: number
  readonly solvedAccounts: number
}

export async function benchFreshness(order: {
  readonly accounts: number
  readonly eventsPerSecond: number
  readonly seconds: number
}): Promise<Freshness> {
  const { events, labels } = await toldWorld({ world: 'town', seed: 1, accounts: order.accounts })
  const lastDay = dayOf(events.at(-1)?.at ?? 0)
  const known = events.findIndex(({ at }) => dayOf(at) === lastDay) + 1
  await using store = await openTempStore()
  await store.record(events.slice(0, known))
  await store.label(labels)
  const resident = residentDetection()
  const publish = async () => {
    const before = process.cpuUsage()
    const kindOf = (kind: string) => shippedKinds.get(kind)
    const publication = await makePublication(store, { kindOf, policy: 'bench', clock: Date.now, resident })
    await store.publish(publication)
    const { user, system } = process.cpuUsage(before)
    return { run: publication.run, cpuMs: (user + system) / 1_000 }
  }
  const inFull = await publish()

  // A town's day is short of events: people do again what they did in the days before.
  const stream = events.toReversed().map((event, i) => ({
    ...event,
    id: `${event.id} again`,
    content: `${event.content} again`,
    at: Math.min(events.at(-1)?.at ?? 0, lastDay * 86_400_000 + i * 1_000),
  }))
  const intruded = intrusions(events, stream[0]?.at ?? 0)
  let thirdAt = Infinity
  let takeoverMs: number | undefined
  const lookForTakeover = async (): Promise<void> => {
    if (thirdAt < Infinity && takeoverMs === undefined && (await isTakeover(store, intruded)))
      takeoverMs = performance.now() - thirdAt
  }
  const ages: number[] = []
  const works = []
  const costs: number[] = []
  const startedAt = performance.now()
  for (let sent = 0; performance.now() - startedAt < order.seconds * 1_000; ) {
    const due = Math.min(
      stream.length,
      Math.floor(((performance.now() - startedAt) * order.eventsPerSecond) / 1_000),
    )
    const isHalfway = performance.now() - startedAt >= order.seconds * 500
    if (isHalfway && thirdAt === Infinity) {
      await store.record(intruded)
      thirdAt = performance.now()
    }
    await store.record(stream.slice(sent, due))
    const { run, cpuMs } = await publish()
    const now = performance.now() - startedAt
    for (let i = sent; i < due; i++) ages.push(now - (i * 1_000) / order.eventsPerSecond)
    await lookForTakeover()
    if (run.work) works.push(run.work)
    if (run.work) costs.push(cpuMs)
    sent = due
  }
  if (takeoverMs === undefined) {
    await publish()
    await lookForTakeover()
  }
  ages.sort((a, b) => a - b)
  const at = (share: number): number => Math.round(ages[Math.floor(share * (ages.length - 1))] ?? 0)
  const mean = (values: readonly number[]): number =>
    Math.round(values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length))
  return {
    accounts: inFull.run.accounts,
    inFullMs: Math.round(inFull.cpuMs),
    afterChangeMs: Math.round(costs.toSorted((a, b) => a - b)[costs.length >> 1] ?? 0),
    eventMs: { p50: at(0.5), p99: at(0.99) },
    ...(takeoverMs !== undefined && { takeoverMs: Math.round(takeoverMs) }),
    runs: works.length,
    changedAccounts: mean(works.map(({ accountsChanged }) => accountsChanged)),
    solvedAccounts: mean(works.map(({ accountsSolved }) => accountsSolved)),
  }
}

const hourMs = 3_600_000

/** Somebody gets into three accounts that have nothing in common, on one device, and changes where their payouts go. */
function intrusions(events: readonly StoredEvent[], from: number): readonly StoredEvent[] {
  const first = new Map<string, number>()
  const lines = new Map<string, ReadonlySet<string>>()
  for (const { account, at, identifiers } of events) {
    first.set(account, Math.min(at, first.get(account) ?? at))
    const own = identifiers.map(({ kind, ref }) => `${kind}:${ref}`)
    lines.set(account, new Set([...(lines.get(account) ?? []), ...own]))
  }
  const old = [...first].filter(([, at]) => from - at > 60 * dayMs).map(([account]) => account)
  const strangers: string[] = []
  for (const account of old) {
    const own = lines.get(account) ?? new Set()
    if (own.size > 2 && strangers.every((other) => lines.get(other)?.isDisjointFrom(own)))
      strangers.push(account)
    if (strangers.length === 3) break
  }
  return strangers.flatMap((account, i) =>
    (['login', 'payout_change'] as const).map((type, then) =>
      seen(account, ['device:intruder'], { type, at: from + (i + then / 2) * hourMs }),
    ),
  )
}

async function isTakeover(
  store: Pick<LinkStore, 'rings'>,
  intruded: readonly StoredEvent[],
): Promise<boolean> {
  const rings = await store.rings({ status: 'active' })
  return rings.some(({ head, members }) => {
    const own = new Set(members.map(({ account }) => account))
    return head.class === 'takeover_cluster' && intruded.every(({ account }) => own.has(account))
  })
}
