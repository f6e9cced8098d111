import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { Redis } from 'ioredis'
import neo4j from 'neo4j-driver'
import { startNeo4j } from '../../../src/servers/neo4j-local.ts'
import { answersBolt, answersRedis } from '../../../src/servers/ports.ts'
import { startRedis } from '../../../src/servers/redis-local.ts'
import { describeOn, testNeo4j, testRedis } from '../../support/stores/servers.ts'
import { tempDir } from '../../support/temp-dir.ts'

const env = process.env
const portOf = (url: string): number => Number(new URL(url).port)

/** A client that would keep trying, and so keep jest from ending, if it were left open. */
function openRedis(url: string): Disposable & { readonly redis: Redis } {
  const redis = new Redis(url)
  redis.on('error', () => undefined)
  return { redis, [Symbol.dispose]: () => redis.disconnect() }
}

async function askNeo4j({ url, user, password }: Awaited<ReturnType<typeof testNeo4j>>, query: string) {
  await using driver = neo4j.driver(url, neo4j.auth.basic(user, password))
  const { records } = await driver.executeQuery(query)
  return records.map((record) => String(record.get(0)))
}

describeOn(['redis-local'], 'a Redis of one’s own', () => {
  test('what it acknowledged is there after it was killed and started again', async () => {
    using dir = tempDir()
    await using first = await startRedis({ dir: dir.path, env })
    using before = openRedis(first.url)
    await before.redis.set('ring', 'ada')
    await first.kill()
    const silent = await answersRedis(portOf(first.url))

    await using second = await startRedis({ dir: dir.path, port: portOf(first.url), env })

    using after = openRedis(second.url)
    expect(silent).toBe(false)
    expect(second.url).toBe(first.url)
    expect(await after.redis.get('ring')).toBe('ada')
    expect(await after.redis.config('GET', 'appendfsync')).toEqual(['appendfsync', 'always'])
    expect(await after.redis.config('GET', 'maxmemory-policy')).toEqual(['maxmemory-policy', 'noeviction'])
  })

  test('disposing of it stops it', async () => {
    using dir = tempDir()
    const server = await startRedis({ dir: dir.path, maxmemoryMb: 64, env })
    const answered = await answersRedis(portOf(server.url))

    await server[Symbol.asyncDispose]()

    expect([answered, await answersRedis(portOf(server.url))]).toEqual([true, false])
  })

  test('one that cannot start says why in its own words', async () => {
    using dir = tempDir()
    mkdirSync(join(dir.path, 'appendonlydir'))
    writeFileSync(join(dir.path, 'appendonlydir/appendonly.aof.manifest'), 'nonsense\n')

    const starting = startRedis({ dir: dir.path, env })

    await expect(starting).rejects.toMatchObject({
      code: 'store_unavailable',
      message: expect.stringMatching(/^Redis ended with 1 before it answered[^]*manifest/),
    })
  })
})

describeOn(['redis'], 'the Redis of the run', () => {
  test('answers', async () => {
    const { url } = await testRedis()

    expect(await answersRedis(portOf(url))).toBe(true)
  })
})

describeOn(['neo4j'], 'the Neo4j of the run', () => {
  test('answers a query, and is the same for all who ask', async () => {
    const [one, other] = await Promise.all([testNeo4j(), testNeo4j()])

    expect(await askNeo4j(one, 'RETURN 1')).toEqual(['1'])
    expect(other).toEqual(one)
  })
})

describeOn(['neo4j-local'], 'a Neo4j of one’s own', () => {
  test('what it acknowledged is there after it was killed and started again', async () => {
    using dir = tempDir()
    const options = { dir: dir.path, password: 'ringleader-test', heapMb: 512, env }
    await using first = await startNeo4j(options)
    await askNeo4j(first, 'CREATE (:Account {id: "ada"})')
    await first.kill()
    const silent = await answersBolt(portOf(first.url))

    await using second = await startNeo4j({ ...options, port: portOf(first.url) })

    expect(silent).toBe(false)
    expect(await askNeo4j(second, 'MATCH (a:Account) RETURN a.id')).toEqual(['ada'])
  }, 120_000)

  test('refuses a password that is too short, without repeating it', async () => {
    using dir = tempDir()

    const starting = startNeo4j({ dir: dir.path, password: 'short-1', env })

    await expect(starting).rejects.toMatchObject({
      code: 'config_invalid',
      message: expect.stringContaining('at least 8 characters'),
    })
    await expect(starting).rejects.not.toMatchObject({ message: expect.stringContaining('short-1') })
  })
})
