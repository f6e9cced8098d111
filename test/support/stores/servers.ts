/** Real servers for suites that need them, the same way on a laptop and in CI: see test/servers. */
import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Neo4jVersion, neo4jJars } from '../../../src/servers/neo4j-jars.ts'
import { isShared, type Need, runDir, versionOf, wayTo } from '../../servers/availability.ts'
import { lock } from '../../servers/lock.ts'
import { type Access, shared } from '../../servers/shared.ts'

/** The run's Neo4j, started by whoever asks first. It has one database, which whoever uses it empties. */
export function testNeo4j({ version = versionOf.neo4j }: { version?: Neo4jVersion } = {}): Promise<Access> {
  return shared(version === versionOf.neo4j ? 'neo4j' : 'neo4j-2026')
}

/** The run's Redis, started by whoever asks first. Whoever uses it empties it. */
export async function testRedis(): Promise<{ readonly url: string }> {
  const { url } = await shared('redis')
  return { url }
}

/** How long a suite waits for its turn, and for its servers to be fetched and started. */
const turnTimeoutMs = 900_000

/**
 * A suite that needs servers. It has them for itself from its first `beforeAll` to its last `afterAll`; do not put
 * one in another. Where a server cannot be had it is skipped, and the run says so at its end; with CI set it fails.
 */
export function describeOn(needs: readonly Need[], name: string, body: () => void): void {
  const missing = needs.map(wayTo).flatMap((way) => ('missing' in way ? [way.missing] : []))
  if (missing.length === 0) {
    describe(name, () => {
      takeTurns(needs)
      body()
    })
  } else if (inCi()) {
    describe(name, () => {
      test('has the servers it needs', () => {
        throw new Error(missing.join('\n'))
      })
    })
  } else {
    noteNotRun(name, missing)
    describe.skip(name, body)
  }
}

function takeTurns(needs: readonly Need[]): void {
  const turns: Disposable[] = []
  beforeAll(async () => {
    // All in one order, so that no two suites hold what the other waits for.
    for (const need of needs.toSorted()) {
      if (isShared(need)) turns.push(await lock(join(runDir(), `${need}.turn`), turnTimeoutMs))
    }
    for (const need of needs) {
      if (isShared(need)) await shared(need)
      if (need === 'neo4j-local') await neo4jJars(versionOf[need], { env: process.env })
    }
  }, turnTimeoutMs * 2)
  afterAll(() => {
    for (const turn of turns) turn[Symbol.dispose]()
  })
}

function noteNotRun(suite: string, missing: readonly string[]): void {
  const file = expect.getState().testPath ?? ''
  writeFileSync(join(runDir(), `not-run-${randomUUID()}.json`), JSON.stringify({ file, suite, missing }))
}

const inCi = (): boolean => !['', '0', 'false'].includes(process.env['CI'] ?? '')
