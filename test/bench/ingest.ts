/** Durable events a second: through the border, into the log with an fsync a batch, and joined into the state. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ingestEvents } from '../../jobs/ingest.ts'
import { openWriting } from '../../src/compose.ts'
import { readConfig } from '../../src/config.ts'
import { valueDelivery } from '../../src/sources/delivery.ts'
import { eventLine } from '../../src/sources/lines.ts'

const batchSize = 500

export async function benchIngest(
  events: number,
): Promise<{ durablePerSecond: number; joinedPerSecond: number }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'ringleader-bench-'))
  try {
    await using writing = await openWriting(readConfig({ dataDir }, {}))
    const { store, border, secrets } = writing
    const services = { store, intake: store, secrets, clock: border.clock }
    const startedAt = performance.now()
    for (let from = 0; from < events; from += batchSize) {
      const lines = Array.from({ length: batchSize }, (_, i) =>
        eventLine(border, valueDelivery(i + 1, event(from + i)), { live: false }),
      )
      await ingestEvents(services, 'bench', lines)
    }
    const durableAt = performance.now()
    while ((await store.foldSome()) > 0);
    const joinedAt = performance.now()
    return {
      durablePerSecond: perSecond(events, durableAt - startedAt),
      joinedPerSecond: perSecond(events, joinedAt - startedAt),
    }
  } finally {
    rmSync(dataDir, { recursive: true })
  }
}

const perSecond = (count: number, tookMs: number): number => Math.round((count / tookMs) * 1_000)

/** A log-in, as a service would send it: an account with its own device, card and one of many addresses. */
const event = (i: number) => ({
  eventId: `event-${i}`,
  type: i % 20 === 0 ? 'payment' : 'login',
  occurredAt: new Date(Date.UTC(2026, 0, 1) + i * 1_000).toISOString(),
  account: `account-${(i * 7_919) % 20_000}`,
  identifiers: {
    device: `device-${(i * 7_919) % 19_000}`,
    ip: `203.${i % 113}.${(i * 31) % 251}.${i % 7}`,
    ...(i % 20 === 0 && { payment: `tok_${(i * 7_919) % 19_500}` }),
  },
  sessionId: `session-${i}`,
})
