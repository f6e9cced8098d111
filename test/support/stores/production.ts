/** Production stores on the servers that tests were given. */
import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll } from '@jest/globals'
import neo4j, { type Driver } from 'neo4j-driver'
import type { Intake, LinkStore } from '../../../graph/ports.ts'
import { openWriting } from '../../../src/compose.ts'
import { readConfig } from '../../../src/config.ts'
import type { Neo4jOptions } from '../../../src/store/neo4j/store.ts'
import { tempDir } from '../temp-dir.ts'
import { testNeo4j, testRedis } from './servers.ts'

type Which = Parameters<typeof testNeo4j>[0]

export async function neo4jOptions(which?: Which): Promise<Neo4jOptions> {
  return { ...(await testNeo4j(which)), database: 'neo4j', deadlineMs: 20_000 }
}

/** The driver itself, for tests that go behind the store. */
export async function withDriver<T>(work: (driver: Driver) => Promise<T>, which?: Which): Promise<T> {
  const { url, user, password } = await neo4jOptions(which)
  const driver = neo4j.driver(url, neo4j.auth.basic(user, password), { disableLosslessIntegers: true })
  try {
    return await work(driver)
  } finally {
    await driver.close()
  }
}

/** Removes every node; constraints and indexes stay. */
export const emptyNeo4j = (which?: Which): Promise<void> =>
  withDriver(async (driver) => {
    const session = driver.session()
    await session.run('MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS')
    await session.close()
  }, which)

/** Resolves when the store that was opened last is closed. */
let left: Promise<void> = Promise.resolve()

/**
 * As a command has it: what is accepted waits in Redis until it is asked to be joined. There is one database, so that
 * one store at a time is open.
 */
export async function openProductionStore(which?: Which): Promise<LinkStore & Intake> {
  const before = left
  const { promise, resolve } = Promise.withResolvers<void>()
  left = promise
  await before
  try {
    await emptyNeo4j(which)
    const writing = await openWriting(readConfig({}, await productionEnvironment({}, which)))
    return {
      ...writing.store,
      async [Symbol.asyncDispose]() {
        await writing[Symbol.asyncDispose]()
        resolve()
      },
    }
  } catch (error) {
    resolve()
    throw error
  }
}

const dir = tempDir()
afterAll(() => dir[Symbol.dispose]())

export type Environment = Readonly<Record<string, string>>

/** Settings of a deployment of its own on the tests' servers: one key, another prefix in Redis each time. */
export async function productionEnvironment(more: Environment = {}, which?: Which): Promise<Environment> {
  const keyFile = join(dir.path, 'key')
  writeFileSync(keyFile, `${'ab'.repeat(32)}\n`)
  const [neo4jServer, redis] = await Promise.all([neo4jOptions(which), testRedis()])
  return {
    RINGLEADER_NEO4J: neo4jServer.url,
    RINGLEADER_NEO4J_USER: neo4jServer.user,
    RINGLEADER_NEO4J_PASSWORD: neo4jServer.password,
    RINGLEADER_NEO4J_DEADLINE_MS: String(neo4jServer.deadlineMs),
    RINGLEADER_REDIS: redis.url,
    RINGLEADER_REDIS_PREFIX: `test-${randomUUID()}`,
    RINGLEADER_KEY_FILE: keyFile,
    RINGLEADER_DATA: join(dir.path, 'never made'),
    RINGLEADER_PORT: '0',
    RINGLEADER_METRICS_PORT: '0',
    RINGLEADER_DETECT_AFTER_MS: '100',
    RINGLEADER_LOG: 'error',
    ...more,
  }
}
