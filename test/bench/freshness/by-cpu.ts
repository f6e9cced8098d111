/**
 * Freshness by the CPU time of the thread that detects and of the server it asks, for machines on which others work: events
 * come by that clock, and joining them, which other threads do, stops it. What a quiet machine with two cores would need.
 */
import { readFileSync } from 'node:fs'
import { shippedKinds } from '../../../graph/identifiers/registry.ts'
import type { LinkStore } from '../../../graph/ports.ts'
import { ringMemory } from '../../../src/engine/known-rings.ts'
import { makePublication } from '../../../src/engine/make-publication.ts'
import { residentDetection } from '../../../src/engine/resident.ts'
import { openSnapshot } from '../../../src/snapshot/snapshot.ts'
import { toldWorld } from '../../support/core/town.ts'
import type { FreshnessOrder } from './measure.ts'
import { streamOf } from './stream.ts'
import { type Freshness, watchFor } from './watch.ts'

/** Between what was joined and the run that looks at it, as the product waits. */
const detectAfterMs = 100

/** `serverPid`: of the process behind the store, where there is one. */
export async function measureByCpu(
  store: LinkStore,
  { accounts, eventsPerSecond, seconds, serverPid }: Omit<FreshnessOrder, 'config'> & { serverPid?: number },
): Promise<Freshness> {
  const town = await toldWorld({ world: 'town', seed: 1, accounts })
  const stream = streamOf(town, seconds)
  for (let from = 0; from < stream.before.length; from += 2_000)
    await store.record(stream.before.slice(from, from + 2_000))
  await store.label(town.labels)
  const [resident, memory] = [residentDetection(), ringMemory()]
  let now = 0
  const watch = watchFor(stream, () => now)
  const publish = async (): Promise<number> => {
    const before = cpuMs(serverPid)
    const kindOf = (kind: string) => shippedKinds.get(kind)
    const publication = await makePublication(store, {
      kindOf,
      policy: 'bench',
      clock: () => now,
      resident,
      ringMemory: memory,
    })
    await store.publish(publication)
    const tookMs = cpuMs(serverPid) - before
    if (watch.runs().length > 0) now += detectAfterMs + tookMs
    watch.published(openSnapshot(publication.snapshot), tookMs)
    return tookMs
  }
  const allReadMs = await publish()
  const send = async (from: number, to: number): Promise<void> => {
    const eventsFor = (ms: number): number => Math.floor((ms * eventsPerSecond) / 1_000)
    const probes = stream.probes.slice(Math.ceil(from / 1_000), Math.ceil(to / 1_000))
    await store.record([...stream.events.slice(eventsFor(from), eventsFor(to)), ...probes])
    probes.forEach(({ account }, i) => watch.sent(account, (Math.ceil(from / 1_000) + i) * 1_000))
    const halfway = seconds * 500
    if (from > halfway || to <= halfway) return
    await store.record(stream.intrusions)
    watch.intruded(halfway)
  }
  for (let sent = 0; sent < seconds * 1_000; ) {
    const due = Math.min(now + 1, seconds * 1_000)
    await send(sent, due)
    sent = due
    await publish()
  }
  for (let more = 0; more < 2 && watch.waiting() > 0; more++) await publish()
  const found = watch.found()
  await store.record(stream.nextDay)
  return { ...found, eventsPerSecond, allReadMs, newDayMs: await publish() }
}

function cpuMs(serverPid: number | undefined): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1_000 + (serverPid === undefined ? 0 : cpuMsOf(serverPid))
}

/** Linux keeps it in hundredths of a second, after the command's name in parentheses (proc(5)). */
function cpuMsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) * 10
}
