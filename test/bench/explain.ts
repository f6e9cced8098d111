/** Explanations where there is too much to explain: how long they take, how large they are, and whether they say so. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { explainMember } from '../../graph/explain/member.ts'
import { explainAccounts } from '../../graph/explain/path.ts'
import { ringGraph } from '../../graph/explain/picture/ring-graph.ts'
import { ringTimeline } from '../../graph/explain/picture/ring-timeline.ts'
import { explainRing } from '../../graph/explain/ring.ts'
import { shippedKinds } from '../../graph/identifiers/registry.ts'
import type { StoredEvent } from '../../graph/model.ts'
import { nothingPublic } from '../../graph/projection/publicness.ts'
import type { Ring } from '../../graph/ring.ts'
import { openEmbeddedStore } from '../../src/store/sqlite/store.ts'
import { explanationView } from '../../src/views/explanation.ts'
import { memberExplanationView } from '../../src/views/member-explanation.ts'
import { graphView } from '../../src/views/reads/graph.ts'
import { ringTimelineView } from '../../src/views/reads/ring-timeline.ts'
import { ringExplanationView } from '../../src/views/ring-explanation.ts'

export interface ExplainRow {
  readonly what: string
  readonly ms: number
  /** Of this process, which asks and answers. */
  readonly cpuMs: number
  readonly bytes: number
  readonly truncated: boolean
}

const at = Date.UTC(2026, 4, 2)
const options = {
  kindOf: (kind: string) => shippedKinds.get(kind),
  publicness: nothingPublic,
  run: undefined,
}

let number = 0
const event = (account: string, keys: readonly (readonly [string, string])[]): StoredEvent => ({
  id: `e${++number}`,
  content: `c${number}`,
  tables: 0,
  type: 'signup',
  outcome: 'success',
  at,
  account,
  relations: [],
  identifiers: keys.map(([kind, ref]) => ({ kind, ref, mask: ref })),
})

/** An address of 100,000 accounts; a chain of 1,000 hops; 5,000 accounts of which each two share a device. */
function worlds(): readonly StoredEvent[] {
  const address = Array.from({ length: 100_000 }, (_, i) => event(`ip${i}`, [['ip', 'one']]))
  const chain = Array.from({ length: 1_001 }, (_, i) =>
    event(`chain${i}`, [
      ['device', `chain${i}`],
      ['device', `chain${i + 1}`],
    ]),
  )
  // Each two of 56 blocks of 90 have a device of their own, so that no device is a hub.
  const blocks = 56
  const clique = Array.from({ length: 5_000 }, (_, i) => {
    const own = i % blocks
    const devices = Array.from({ length: blocks }, (__, other) =>
      own <= other ? `clique${own}-${other}` : `clique${other}-${own}`,
    )
    return event(
      `clique${i}`,
      devices.map((ref) => ['device', ref] as const),
    )
  })
  return [...address, ...chain, ...clique]
}

const ringOf = (name: string, size: number): Ring => ({
  id: 'ring_1',
  status: 'active',
  bornVersion: 1,
  version: 1,
  head: { class: 'uncertain', risk: 0.5, firstSeen: at, lastSeen: at, topEvidence: [], reasons: [] },
  members: Array.from({ length: size }, (_, i) => `${name}${i}`)
    .toSorted()
    .map((account) => ({
      account,
      role: 'core',
      membership: 1,
      risk: 0.5,
      compromise: 0,
      flagged: false,
      reasons: [],
    })),
})

function must<T>(found: T | undefined): T {
  if (found === undefined) throw new Error('what is explained is not there')
  return found
}

export async function benchExplain(): Promise<readonly ExplainRow[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'ringleader-bench-'))
  try {
    await using store = openEmbeddedStore({ dataDir, keyFingerprint: 'bench' })
    const events = worlds()
    for (let from = 0; from < events.length; from += 5_000)
      await store.record(events.slice(from, from + 5_000))
    const inTime = () => {
      const until = performance.now() + 1_500
      return { ...options, isLate: () => performance.now() > until }
    }
    const link = async (a: string, b: string, paths = 1) => {
      const found = await explainAccounts(store, [a, b], { ...inTime(), paths })
      if ('unknown' in found) throw new Error(found.unknown)
      return explanationView(found)
    }
    const clique = ringOf('clique', 5_000)
    const chain = ringOf('chain', 1_001)
    const questions: readonly (readonly [string, () => Promise<{ truncated: boolean }>])[] = [
      ['two of 100,000 on an address', () => link('ip5', 'ip99999')],
      ['the ends of a chain of 1,000 hops', () => link('chain0', 'chain1000')],
      ['six hops of it', () => link('chain0', 'chain6')],
      ['two of a 5,000-clique', () => link('clique0', 'clique4999')],
      ['five paths between those', () => link('clique0', 'clique4999', 5)],
      ['the chain as a ring', async () => ringExplanationView(await explainRing(store, chain, options))],
      [
        'the 5,000-clique as a ring',
        async () => ringExplanationView(await explainRing(store, clique, options)),
      ],
      [
        'why one is in it',
        async () =>
          memberExplanationView(must(await explainMember(store, clique, { ...options, account: 'clique7' }))),
      ],
      [
        'its timeline',
        async () =>
          ringTimelineView(
            await ringTimeline(store, clique, { ...options, from: 0, to: at * 2, lanesMax: 200 }),
          ),
      ],
      ['its graph', async () => graphView(await ringGraph(store, clique, { ...options, budget: 2_000 }))],
    ]
    const rows: ExplainRow[] = []
    for (const [what, ask] of questions) {
      const [startedAt, cpu] = [performance.now(), process.cpuUsage()]
      const answer = await ask()
      const ms = Math.round(performance.now() - startedAt)
      const { user, system } = process.cpuUsage(cpu)
      const cpuMs = Math.round((user + system) / 1_000)
      rows.push({ what, ms, cpuMs, bytes: JSON.stringify(answer).length, truncated: answer.truncated })
    }
    return rows
  } finally {
    rmSync(dataDir, { recursive: true })
  }
}
