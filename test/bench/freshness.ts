/**
 * How soon after an event rings are published that know of it: a town of the range, the last of whose days goes on at a
 * rate of events a second, in the embedded store. Each run takes what came since the one before, without a rest between.
 */
import { shippedKinds } from '../../graph/identifiers/registry.ts'
import { dayOf } from '../../graph/time.ts'
import { makePublication } from '../../src/engine/make-publication.ts'
import { residentDetection } from '../../src/engine/resident.ts'
import { toldWorld } from '../support/core/town.ts'
import { openTempStore } from '../support/stores/embedded.ts'

export interface Freshness {
  readonly accounts: number
  /** CPU of a first run in full, and of runs after a change, half of them at the most. */
  readonly inFullMs: number
  readonly afterChangeMs: number
  /** Of every event, from when it was accepted until it was published. */
  readonly eventMs: { readonly p50: number; readonly p99: number }
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
  const ages: number[] = []
  const works = []
  const costs: number[] = []
  const startedAt = performance.now()
  for (let sent = 0; performance.now() - startedAt < order.seconds * 1_000; ) {
    const due = Math.min(
      stream.length,
      Math.floor(((performance.now() - startedAt) * order.eventsPerSecond) / 1_000),
    )
    await store.record(stream.slice(sent, due))
    const { run, cpuMs } = await publish()
    const now = performance.now() - startedAt
    for (let i = sent; i < due; i++) ages.push(now - (i * 1_000) / order.eventsPerSecond)
    if (run.work) works.push(run.work)
    if (run.work) costs.push(cpuMs)
    sent = due
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
    runs: works.length,
    changedAccounts: mean(works.map(({ accountsChanged }) => accountsChanged)),
    solvedAccounts: mean(works.map(({ accountsSolved }) => accountsSolved)),
  }
}
