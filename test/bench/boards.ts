/** The board of all rings from Neo4j: the first reading, and what a publish that changed a few costs. */
import type { FoundRing } from '../../graph/ring.ts'
import { openNeo4jStore } from '../../src/store/neo4j/store.ts'
import { ringBoard } from '../../src/views/board.ts'
import { publicationOf } from '../support/core/publications.ts'
import { emptyAll } from './neo4j.ts'
import type { BenchServers } from './servers.ts'

export interface BoardResult {
  readonly firstMs: number
  readonly changedMs: number
  readonly unchangedMs: number
}

const membersEach = 8

const ringOf = (n: number, risk: number): FoundRing => ({
  head: {
    class: n % 7 === 0 ? 'takeover_cluster' : 'fraud_ring',
    risk,
    firstSeen: 0,
    lastSeen: n,
    topEvidence: [
      { kind: 'device', ref: `d${n}`, mask: '', members: membersEach, accounts: membersEach, share: 1 },
    ],
    reasons: [],
  },
  members: Array.from({ length: membersEach }, (_, i) => ({
    account: `account_${n}_${i}`,
    role: 'core',
    membership: 1,
    risk,
    compromise: 0,
    flagged: true,
    reasons: [],
  })),
})

export async function benchBoard(
  servers: BenchServers,
  { rings, changed }: { readonly rings: number; readonly changed: number },
): Promise<BoardResult> {
  await emptyAll(servers)
  await using store = await openNeo4jStore({ ...servers.neo4j, keyFingerprint: 'bench' })
  const set = new Map(Array.from({ length: rings }, (_, n) => [`ring_1_${n}`, ringOf(n, (n % 100) / 100)]))
  const first = publicationOf(new Map(), set, 1)
  await store.publish(first.publication)
  const board = ringBoard()
  const timed = async (): Promise<number> => {
    const startedAt = performance.now()
    const { rows } = await board(store)
    if (rows.length !== rings) throw new Error(`The board has ${rows.length} rings of ${rings}`)
    return performance.now() - startedAt
  }

  // Statements are planned when they come first.
  await ringBoard()(store)
  const firstMs = await timed()
  for (let n = 0; n < changed; n++) set.set(`ring_1_${n * 7}`, ringOf(n * 7, 0.99))
  await store.publish(publicationOf(first.rings, set, 2).publication)
  const changedMs = await timed()
  return { firstMs, changedMs, unchangedMs: await timed() }
}
