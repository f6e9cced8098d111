/** What is sensitive is found in no log, figure, queue, dead letter, answer or store, in either profile. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { Redis } from 'ioredis'
import { openWriting } from '../../src/compose.ts'
import { readConfig } from '../../src/config.ts'
import { scopes } from '../../src/http/scopes.ts'
import { unpack } from '../../src/queue/bullmq/intake/batch.ts'
import { serve, work } from '../../src/serve.ts'
import type { Log } from '../../src/telemetry/log.ts'
import { plant, planted, plantedAccount, plantedIdentifiers } from '../support/processes/markers.ts'
import { filesHolding, type Served, saveKey, served, until } from '../support/processes/served.ts'
import { emptyNeo4j, productionEnvironment, withDriver } from '../support/stores/production.ts'
import { describeOn, testRedis } from '../support/stores/servers.ts'

const holding = (texts: readonly string[], markers: readonly string[]): readonly string[] =>
  markers.filter((marker) => texts.some((text) => text.toLowerCase().includes(marker)))

interface Sent {
  readonly method?: string
  readonly type?: string
  readonly body?: string
  readonly key?: string
}

const askerOf =
  (url: string, token: string) =>
  async (path: string, { method = 'GET', type, body, key = token }: Sent = {}): Promise<string> => {
    const headers = { authorization: `Bearer ${key}`, ...(type !== undefined && { 'content-type': type }) }
    const reply = await fetch(url + path, { method, headers, ...(body !== undefined && { body }) })
    return `${JSON.stringify([...reply.headers])} ${await reply.text()}`
  }

interface Revealed {
  readonly values: readonly string[]
  readonly expected: readonly string[]
  readonly headers: string
  readonly audit: string
}

/** Opens all that the planted account used and that was sealed, as somebody who may. */
async function revealPlanted(ask: ReturnType<typeof askerOf>): Promise<Revealed> {
  const json = <T>(answer: string): T => JSON.parse(answer.slice(answer.indexOf(']] ') + 3)) as T
  const account = json<{ identifiers: { kind: string; ref: string }[] }>(
    await ask(`/v1/accounts/${plantedAccount}`),
  )
  const sealed = account.identifiers.filter(({ kind }) => Object.hasOwn(plantedIdentifiers, kind))
  const told = []
  for (const { kind, ref } of sealed) {
    const body = JSON.stringify({ reason: 'the markers' })
    told.push(
      await ask(`/v1/identifiers/${kind}/${ref}/reveal`, { method: 'POST', type: 'application/json', body }),
    )
  }
  const opened = told.map((answer) => json<{ value: string }>(answer).value.toLowerCase())
  const texts = Object.values(plantedIdentifiers).map((own): string => own.at(-1) ?? '')
  return {
    values: texts.filter((text) => opened.some((value) => value.includes(text))),
    expected: texts,
    headers: told[0] ?? '',
    audit: await ask('/v1/audit'),
  }
}

describe('embedded', () => {
  let server: Served
  let answers: readonly string[]
  let revealed: Revealed
  beforeAll(async () => {
    server = await served({ seal: ['all'] })
    const ask = askerOf(server.url, server.key)
    answers = await plant(ask)
    await until(
      () => server.get<{ run: number }>('/readyz'),
      ({ body }) => body.run > 0,
    )
    revealed = await revealPlanted(ask)
    answers = [
      ...answers,
      await ask(`/v1/accounts/${plantedAccount}`),
      await ask('/v1/audit'),
      await ask('/metrics'),
    ]
  }, 60_000)
  afterAll(() => server[Symbol.asyncDispose]())

  test('the markers are looked for where they would be found', () => {
    expect(planted.length).toBeGreaterThan(20)
    expect(holding(answers, [plantedAccount])).toEqual([plantedAccount])
    expect(filesHolding(server.config.dataDir, plantedAccount)).not.toEqual([])
    expect(answers.join()).toContain('"replayable":true')
    expect(server.logged()).toContain('/v1/events')
  })

  test('a sealed one is told to who may open it, and to nobody on the way', () => {
    expect(revealed.values).toEqual(revealed.expected)
    expect(revealed.headers).toContain('no-store')
    expect(revealed.audit).toContain('identifier.revealed')
  })

  test('no answer repeats them', () => {
    expect(holding(answers, planted)).toEqual([])
  })

  test('no log has them, nor the account', () => {
    expect(holding([server.logged()], [...planted, plantedAccount])).toEqual([])
  })

  test('no figure has the account', () => {
    expect(holding(answers.slice(-1), [plantedAccount])).toEqual([])
  })

  test('no file of the store has them', () => {
    expect(planted.filter((marker) => filesHolding(server.config.dataDir, marker).length > 0)).toEqual([])
  })
})

describeOn(['neo4j', 'redis'], 'in production', () => {
  const lines: string[] = []
  const write = (message: string, fields: unknown = {}): void =>
    void lines.push(`${message} ${JSON.stringify(fields)}`)
  const log: Log = { debug: write, info: write, warn: write, error: write }
  let answers: readonly string[]
  let revealed: Revealed
  let waiting: readonly string[]
  let stored: readonly string[]

  beforeAll(async () => {
    await emptyNeo4j()
    const config = readConfig({ seal: ['all'] }, await productionEnvironment())
    const token = await keyFor(config)
    const api = await serve(config, log)
    const ask = askerOf(api.url, token)
    answers = await plant(ask)
    waiting = await inRedis(config.redis?.prefix ?? '')
    const worker = await work(config, log)
    await until(
      () => ask('/readyz'),
      (text) => /"run":[1-9]/.test(text),
      40_000,
    )
    revealed = await revealPlanted(ask)
    answers = [
      ...answers,
      await ask('/metrics'),
      await ask('/v1/audit'),
      await ask(`/v1/accounts/${plantedAccount}`),
    ]
    stored = [...(await inNeo4j()), ...(await inRedis(config.redis?.prefix ?? ''))]
    await worker[Symbol.asyncDispose]()
    await api[Symbol.asyncDispose]()
  }, 240_000)

  test('the markers are looked for where they would be found', () => {
    expect(holding(waiting, [plantedAccount])).toEqual([plantedAccount])
    expect(holding(stored, [plantedAccount])).toEqual([plantedAccount])
    expect(lines.join()).toContain('/v1/events')
  })

  test('a sealed one is told to who may open it, and to nobody on the way', () => {
    expect(revealed.values).toEqual(revealed.expected)
    expect(revealed.audit).toContain('identifier.revealed')
  })

  test('no answer, nothing that waits, and nothing that is stored has them', () => {
    expect(holding(answers, planted)).toEqual([])
    expect(holding(waiting, planted)).toEqual([])
    expect(holding(stored, planted)).toEqual([])
  })

  test('no log has them, nor the account', () => {
    expect(holding(lines, [...planted, plantedAccount])).toEqual([])
  })
})

async function keyFor(config: ReturnType<typeof readConfig>): Promise<string> {
  await using writing = await openWriting(config)
  return await saveKey(writing.store, scopes)
}

/** Every key and every value under a prefix; batches unpacked. */
async function inRedis(prefix: string): Promise<readonly string[]> {
  const redis = new Redis((await testRedis()).url)
  try {
    const keys = await redis.keys(`*${prefix}*`)
    const values = await Promise.all(keys.map((key) => valuesOf(redis, key)))
    return [...keys, ...values.flat()]
  } finally {
    redis.disconnect()
  }
}

async function valuesOf(redis: Redis, key: string): Promise<readonly string[]> {
  const dump = (await redis.dumpBuffer(key))?.toString('latin1') ?? ''
  if ((await redis.type(key)) !== 'hash') return [dump]
  const fields = await redis.hgetall(key)
  const { packed } = JSON.parse(fields['data'] ?? '{}') as { packed?: string }
  return [dump, JSON.stringify(fields), ...(packed === undefined ? [] : [JSON.stringify(unpack({ packed }))])]
}

const inNeo4j = (): Promise<readonly string[]> =>
  withDriver(async (driver) => {
    const { records } = await driver.executeQuery(
      'MATCH (n) RETURN labels(n) AS labels, properties(n) AS all UNION ALL MATCH ()-[r]->() RETURN [type(r)] AS labels, properties(r) AS all',
    )
    return records.map((record) => JSON.stringify(record.toObject()))
  })
