/** Production stores on the servers that tests were given. */
import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import neo4j, { type Driver } from 'neo4j-driver'
import type { Intake, LinkStore } from '../../graph/ports.ts'
import { openWriting } from '../../src/compose.ts'
import { type Config, type ConfigOverrides, readConfig } from '../../src/config.ts'
import type { Neo4jOptions } from '../../src/store/neo4j/store.ts'
import { testNeo4j, testRedis } from './servers.ts'
import { tempDir } from './temp-dir.ts'

export async function neo4jOptions(): Promise<Neo4jOptions> {
  return { ...(await testNeo4j()), database: 'neo4j', deadlineMs: 20_000 }
}

/** The driver itself, for tests that go behind the store. */
export async function withDriver<T>(work: (driver: Driver) => Promise<T>): Promise<T> {
  const { url, user, password } = await neo4jOptions()
  const driver = neo4j.driver(url, neo4j.auth.basic(user, password), { disableLosslessIntegers: true })
  try {
    return await work(driver)
  } finally {
    await driver.close()
  }
}

/** Removes every node; constraints and indexes stay. */
export const emptyNeo4j = (): Promise<void> =>
  withDriver(async (driver) => {
    const session = driver.session()
    await session.run('MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS')
    await session.close()
  })

/** As a command has it: what is accepted waits in Redis until it is asked to be joined. */
export async function openProductionStore(): Promise<LinkStore & Intake> {
  await emptyNeo4j()
  const options = await neo4jOptions()
  const writing = await openWriting(await productionConfig(options))
  return { ...writing.store, [Symbol.asyncDispose]: () => writing[Symbol.asyncDispose]() }
}

let keyDir: ReturnType<typeof tempDir> | undefined

/** Settings of a deployment of its own on the tests' servers: another prefix in Redis, one key. */
export async function productionConfig(options: Neo4jOptions, more: ConfigOverrides = {}): Promise<Config> {
  keyDir ??= tempDir()
  const keyFile = join(keyDir.path, 'key')
  writeFileSync(keyFile, `${'ab'.repeat(32)}\n`)
  const redis = await testRedis()
  return readConfig(
    { port: 0, metricsPort: 0, detectAfterMs: 100, keyFile, dataDir: join(keyDir.path, 'no data'), ...more },
    {
      RINGLEADER_NEO4J: options.url,
      RINGLEADER_NEO4J_USER: options.user,
      RINGLEADER_NEO4J_PASSWORD: options.password,
      RINGLEADER_NEO4J_DEADLINE_MS: String(options.deadlineMs),
      RINGLEADER_REDIS: redis.url,
      RINGLEADER_REDIS_PREFIX: `test-${randomUUID()}`,
    },
  )
}
