/** Risk is answered ahead of Express; nobody may be able to tell. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Member, Reason, Ring } from '../../../graph/ring.ts'
import { encodeSnapshot } from '../../../src/snapshot/encode.ts'
import { runOf } from '../../support/core/publications.ts'
import {
  aloneIds,
  none,
  onOneConnection,
  ringIds,
  riskRequests,
} from '../../support/processes/risk-requests.ts'
import {
  configWithKeys,
  exchange,
  type TwoDoors,
  twoDoors,
  wire,
  withoutOwn,
} from '../../support/processes/two-doors.ts'
import { tempDir } from '../../support/temp-dir.ts'

const reasons: readonly Reason[] = [
  { code: 'shares_identifier', kind: 'device', count: 4 },
  { code: 'shares_identifier', kind: 'ip', count: 2 },
]
const member = (account: string, i: number): Member => ({
  account,
  role: i === 0 ? 'victim' : 'core',
  membership: 0.123456 + i / 10,
  risk: 1 / (i + 1),
  compromise: i === 0 ? 0.9 : 0,
  flagged: i > 0,
  reasons: reasons.slice(0, i),
})
const members = ringIds.map(member)
const ring: Ring = {
  id: 'ring_1_a',
  status: 'active',
  bornVersion: 1,
  version: 1,
  head: { class: 'fraud_ring', risk: 0.75, firstSeen: 0, lastSeen: 0, topEvidence: [], reasons: [] },
  members,
}
const household: Ring = {
  ...ring,
  id: 'ring_1_b',
  head: { ...ring.head, class: 'benign_shared', subtype: 'household' },
  members: [member('Ben', 0)],
}
const known = [...ringIds, ...aloneIds]
const snapshot = encodeSnapshot({
  run: runOf(7, 1),
  accounts: known,
  rings: [ring, household],
  publicness: new Map(),
})

let now = 10_000
let doors: TwoDoors
let tokens: readonly string[]
const dir = tempDir()
beforeAll(async () => {
  const made = await configWithKeys({ dataDir: dir.path }, [['risk:read'], ['ingest', 'admin']])
  tokens = made.tokens
  doors = await twoDoors({ config: made.config, now: () => now, snapshot })
})
afterAll(async () => {
  await doors[Symbol.asyncDispose]()
  dir[Symbol.dispose]()
})

const perConnection = 50
const connections = 200

describe('an answer ahead of Express', () => {
  test('is the one of Express, byte for byte, whatever is asked', async () => {
    let answers = 0

    await fc.assert(
      fc.asyncProperty(riskRequests(perConnection), async (requests) => {
        const bytes = onOneConnection(tokens, requests)
        const [hot, express] = await Promise.all([exchange(doors.hot, bytes), exchange(doors.express, bytes)])

        answers += hot.split('HTTP/1.1 ').length - 1
        expect(withoutOwn(hot)).toBe(withoutOwn(express))
      }),
      { numRuns: connections },
    )

    expect(answers).toBeGreaterThanOrEqual(perConnection * connections)
    // Or nothing would have been compared.
    expect(doors.leftToExpress()).toBeLessThan(answers * 0.75)
  }, 120_000)
})

const ask = async (door: URL, target: string): Promise<string> => {
  const headers = [`authorization: Bearer ${tokens[0]}`]
  return withoutOwn(await exchange(door, wire({ method: 'GET', target, headers, body: none }, true)))
}

describe('the same', () => {
  test('of a household, which is called one', async () => {
    const target = '/v1/accounts/Ben/risk'

    const answer = await ask(doors.hot, target)

    expect(answer).toContain('"ring":{"id":"ring_1_b","class":"benign_shared","subtype":"household",')
    expect(answer).toBe(await ask(doors.express, target))
  })

  test('before anything was published', async () => {
    using empty = tempDir()
    const { config } = await configWithKeys({ dataDir: empty.path }, [])
    await using bare = await twoDoors({
      config,
      now: () => now,
      alter: (services) => ({ ...services, callers: doors.services.callers }),
    })

    for (const query_ of ['', '?maxStalenessMs=1']) {
      const target = `/v1/accounts/ada/risk${query_}`
      expect(await ask(bare.hot, target)).toBe(await ask(bare.express, target))
    }
    expect(await ask(bare.hot, '/v1/accounts/ada/risk')).toContain('"run":0')
    expect(await ask(bare.hot, '/v1/accounts/ada/risk?maxStalenessMs=1')).toContain('snapshot_stale')
  })

  test('while the store is away, and it is said', async () => {
    using own = tempDir()
    const made = await configWithKeys({ dataDir: own.path }, [])
    let isAway = false
    await using other = await twoDoors({
      config: made.config,
      now: () => now,
      snapshot,
      alter: (services) => ({
        ...services,
        callers: { ...doors.services.callers, isStoreAway: () => isAway },
      }),
    })
    const before = await ask(other.hot, '/v1/accounts/ada/risk')

    isAway = true
    const after = await ask(other.hot, '/v1/accounts/ada/risk')

    expect([before, after].map((text) => text.includes('"degraded":true'))).toEqual([false, true])
    expect(after).toBe(await ask(other.express, '/v1/accounts/ada/risk'))
  })

  test('once another snapshot is swapped in', async () => {
    const target = '/v1/accounts/later/risk'
    const before = await ask(doors.hot, target)

    await doors.services.snapshots.swap(
      encodeSnapshot({ run: runOf(8, 0), accounts: ['later'], rings: [], publicness: new Map() }),
    )
    const after = await ask(doors.hot, target)
    await doors.services.snapshots.swap(snapshot)

    expect([before, after].map((text) => text.includes('"known":true'))).toEqual([false, true])
    expect(after).toContain('"run":8')
  })

  test('says how old it is, and is refused to whoever wants it newer', async () => {
    const target = '/v1/accounts/ada/risk?maxStalenessMs=8000'
    const inTime = await ask(doors.hot, target)
    now += 8
    const late = await ask(doors.hot, target)
    now -= 8

    expect(inTime).toContain('"lagMs":7993')
    expect(late).toMatch(/^HTTP\/1.1 503 [^]*\r\nretry-after: 2\r\n[^]*"snapshot_stale"/)
  })
})
