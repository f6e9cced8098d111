/** Every page of one ring that is far larger than any should be, over HTTP. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { StoredEvent } from '../../graph/model.ts'
import type { FoundRing } from '../../graph/ring.ts'
import { openWriting } from '../../src/compose.ts'
import { readConfig } from '../../src/config.ts'
import { makeKey } from '../../src/http/keys.ts'
import { serve } from '../../src/serve.ts'
import { encodeSnapshot } from '../../src/snapshot/encode.ts'
import { silentLog } from '../../src/telemetry/log.ts'
import { publicationsOf, publishAll } from '../support/core/publications.ts'

export interface WidePage {
  readonly page: string
  readonly p50Ms: number
  /** Of the server and of whoever asks, a page. */
  readonly cpuMs: number
  /** The slowest, of fewer than a hundred. */
  readonly p99Ms: number
  readonly bytes: number
}

const at = Date.UTC(2026, 4, 2)
const minute = 60_000
const perIdentifier = 40
const ring = 'ring_1_wide'
const batch = 5_000
const nameOf = (n: number): string => `wide_${String(n).padStart(6, '0')}`

/** Forty on each device and on each token, of which each two overlap by half, and five hundred behind an address. */
function eventsOf(n: number): readonly StoredEvent[] {
  const keys = [
    ['device', Math.floor(n / perIdentifier)],
    ['payment', Math.floor((n + perIdentifier / 2) / perIdentifier)],
    ['ip', Math.floor(n / 500)],
  ] as const
  return (['signup', 'login'] as const).map((type, i) => ({
    id: `${type}${n}`,
    content: `${type}${n}`,
    tables: 0,
    type,
    outcome: 'success',
    at: at + (n % 30) * 1_440 * minute + i * minute,
    account: nameOf(n),
    relations: [],
    identifiers: keys.map(([kind, ref]) => ({ kind, ref: `${kind}${ref}`, mask: '' })),
  }))
}

const found = (members: number): FoundRing => ({
  head: {
    class: 'fraud_ring',
    risk: 0.9,
    firstSeen: at,
    lastSeen: at + 30 * 1_440 * minute,
    topEvidence: [
      { kind: 'device', ref: 'device0', mask: '', members: perIdentifier, accounts: perIdentifier, share: 1 },
    ],
    reasons: [],
  },
  members: Array.from({ length: members }, (_, n) => ({
    account: nameOf(n),
    role: 'core',
    membership: 1,
    risk: (n % 100) / 100,
    compromise: 0,
    flagged: true,
    reasons: [],
  })),
})

async function made(config: ReturnType<typeof readConfig>, members: number): Promise<string> {
  const { key, token } = makeKey({ name: 'bench', scopes: ['rings:read'], now: 0 })
  await using writing = await openWriting(config)
  await writing.store.saveKey(key)
  for (let from = 0; from < members; from += batch)
    await writing.store.record(
      Array.from({ length: Math.min(batch, members - from) }, (_, i) => eventsOf(from + i)).flat(),
    )
  const [first] = publicationsOf([new Map([[ring, found(members)]])])
  if (!first) throw new Error('nothing is published')
  const { rings } = first
  // As if a run had seen all of it, so that none begins and finds other rings.
  const { changes } = await writing.store.progress()
  const run = { ...first.publication.run, stateChanges: changes, asOf: at + 31 * 1_440 * minute }
  const publication = { ...first.publication, run }
  const snapshot = encodeSnapshot({
    run,
    accounts: Array.from({ length: members }, (_, n) => nameOf(n)),
    rings: [...rings.values()],
    publicness: new Map(),
  })
  await publishAll(writing.store, [{ publication: { ...publication, snapshot }, rings }])
  return token
}

const pages = [
  '/v1/queue',
  '/v1/rings?sort=priority',
  `/v1/rings/${ring}`,
  `/v1/rings/${ring}/members`,
  `/v1/rings/${ring}/members?sort=risk&limit=1000&ties=true`,
  `/v1/rings/${ring}/graph`,
  `/v1/rings/${ring}/graph?budget=2000`,
  `/v1/rings/${ring}/matrix?rows=500&columns=500`,
  `/v1/rings/${ring}/links?limit=200`,
  `/v1/rings/${ring}/timeline`,
  `/v1/rings/${ring}/brief`,
  `/v1/rings/${ring}/explain`,
  `/v1/rings/${ring}/why/${nameOf(7)}`,
  `/v1/rings/${ring}/lineage`,
  `/v1/accounts/${nameOf(7)}`,
]

export async function* benchWide(members: number, times: number): AsyncGenerator<WidePage> {
  const dataDir = mkdtempSync(join(tmpdir(), 'ringleader-bench-'))
  try {
    const hour = 3_600_000
    const config = readConfig({ dataDir, port: 0, detectAfterMs: hour, detectEveryMs: hour }, {})
    const token = await made(config, members)
    await using server = await serve(config, silentLog)
    for (const page of pages) yield await timed(`${server.url}${page}`, { page, token, times })
  } finally {
    rmSync(dataDir, { recursive: true })
  }
}

async function timed(
  url: string,
  { page, token, times }: { readonly page: string; readonly token: string; readonly times: number },
): Promise<WidePage> {
  const taken: number[] = []
  let bytes = 0
  const cpu = process.cpuUsage()
  for (let i = 0; i < times; i++) {
    const startedAt = performance.now()
    const reply = await fetch(url, { headers: { authorization: `Bearer ${token}` } })
    const body = await reply.text()
    if (!reply.ok) throw new Error(`${page} answered ${reply.status}: ${body.slice(0, 200)}`)
    taken.push(performance.now() - startedAt)
    bytes = Buffer.byteLength(body)
  }
  const { user, system } = process.cpuUsage(cpu)
  const cpuMs = (user + system) / 1_000 / times
  const sorted = taken.toSorted((a, b) => a - b)
  return { page, cpuMs, p50Ms: sorted[Math.floor(times / 2)] ?? 0, p99Ms: sorted.at(-1) ?? 0, bytes }
}
