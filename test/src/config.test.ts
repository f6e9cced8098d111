import { writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { AppError } from '../../graph/errors.ts'
import { describeConfig, readConfig, wantsColour } from '../../src/config.ts'
import { tempDir } from '../support/temp-dir.ts'

const failureOf = (environment: NodeJS.ProcessEnv): AppError => {
  try {
    readConfig({}, environment)
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
  throw new Error('it was accepted')
}

test('every setting has a default', () => {
  expect(readConfig({}, {})).toEqual({
    dataDir: '.ringleader',
    host: '127.0.0.1',
    port: 7373,
    masks: true,
    seal: [],
    detectAfterMs: 200,
    detectEveryMs: 3_600_000,
    detectThreads: availableParallelism(),
    requestsPerSecond: { risk: 50_000, other: 1_000 },
    streamsMax: { perKey: 100, perProcess: 1_000 },
    keepDeadLettersDays: 90,
    webhookAllow: [],
    logLevel: 'info',
    metricsPort: 7374,
  })
})

test('the environment sets each, and what the command line says wins', () => {
  const environment = {
    RINGLEADER_DATA: '/data',
    RINGLEADER_HOST: '::1',
    RINGLEADER_PORT: '0',
    RINGLEADER_KEY_FILE: '/key',
    RINGLEADER_POLICY: '/policy.yaml',
    RINGLEADER_FACETS: '/facets',
    RINGLEADER_MASKS: 'off',
    RINGLEADER_SEAL: 'email, phone',
    RINGLEADER_DETECT_AFTER_MS: '100',
    RINGLEADER_DETECT_EVERY_MS: '1000',
    RINGLEADER_DETECT_THREADS: '3',
    RINGLEADER_KEEP_DEAD_LETTERS_DAYS: '7',
    RINGLEADER_RISK_PER_SECOND: '9',
    RINGLEADER_REQUESTS_PER_SECOND: '8',
    RINGLEADER_STREAMS_MAX: '7',
    RINGLEADER_WEBHOOK_ALLOW: '10.1.2.3, fd00::/8',
    RINGLEADER_STREAMS_PER_KEY_MAX: '6',
    RINGLEADER_LOG: 'debug',
    RINGLEADER_METRICS_PORT: '0',
    HOME: '/root',
  }

  expect(readConfig({ dataDir: '/mine', host: undefined }, environment)).toEqual({
    dataDir: '/mine',
    host: '::1',
    port: 0,
    keyFile: '/key',
    policyFile: '/policy.yaml',
    facetsDir: '/facets',
    masks: false,
    seal: ['email', 'phone'],
    detectAfterMs: 100,
    detectEveryMs: 1_000,
    detectThreads: 3,
    requestsPerSecond: { risk: 9, other: 8 },
    streamsMax: { perKey: 6, perProcess: 7 },
    keepDeadLettersDays: 7,
    webhookAllow: ['10.1.2.3', 'fd00::/8'],
    logLevel: 'debug',
    metricsPort: 0,
  })
})

test('all mistakes are told at once, each by its setting', () => {
  const wrong = {
    RINGLEADER_PORT: '70000',
    RINGLEADER_MASKS: 'yes',
    RINGLEADER_DETECT_AFTER_MS: '99',
    RINGLEADER_DETECT_EVERY_MS: 'often',
    RINGLEADER_LOG: 'loud',
    RINGLEADER_WEBHOOK_ALLOW: '10.1.2.3/33',
    RINGLEADER_KEYFILE: '/key',
    RINGLEADER_DATA: '',
  }

  const { code, message, issues } = failureOf(wrong)

  expect(code).toBe('config_invalid')
  expect(issues.map(({ pointer }) => pointer).toSorted()).toEqual(Object.keys(wrong).toSorted())
  for (const name of Object.keys(wrong)) expect(message).toContain(name)
})

test.each([
  ['empty', ''],
  ['blank', ' '],
  ['hexadecimal', '0x10'],
  ['a fraction', '80.5'],
  ['negative', '-1'],
])('a port that is %s is refused, not read as some number', (_, text) => {
  expect(failureOf({ RINGLEADER_PORT: text }).issues.map(({ pointer }) => pointer)).toEqual([
    'RINGLEADER_PORT',
  ])
})

test('it can be printed, wrong ones too, each with its meaning', () => {
  const lines = describeConfig({ RINGLEADER_PORT: '80', RINGLEADER_LOG: 'loud' })

  expect(lines.find(({ name }) => name === 'RINGLEADER_PORT')).toMatchObject({
    value: '80',
    from: 'environment',
  })
  expect(lines.find(({ name }) => name === 'RINGLEADER_LOG')?.value).toContain('wrong')
  expect(lines.find(({ name }) => name === 'RINGLEADER_DATA')).toMatchObject({
    value: '.ringleader',
    from: 'default',
  })
  expect(lines.every(({ meaning }) => meaning !== '')).toBe(true)
})

describe('the production profile', () => {
  const neo4j = {
    url: 'bolt://db:7687',
    user: 'neo4j',
    password: 'secret',
    database: 'neo4j',
    deadlineMs: 30_000,
  }
  const redis = {
    url: 'redis://queue:6379',
    password: 'hush',
    prefix: 'ringleader',
    accepts: 'always',
    waitingEventsMax: 2_000_000,
  }

  test('is chosen by addresses; passwords come from files, settings or the addresses themselves', () => {
    using dir = tempDir()
    const file = (name: string, text: string): string => {
      writeFileSync(join(dir.path, name), text)
      return join(dir.path, name)
    }
    const ways: NodeJS.ProcessEnv[] = [
      {
        RINGLEADER_NEO4J: 'bolt://db:7687',
        RINGLEADER_NEO4J_PASSWORD_FILE: file('neo4j', 'secret\n'),
        RINGLEADER_REDIS: 'redis://queue:6379',
        RINGLEADER_REDIS_PASSWORD_FILE: file('redis', 'hush\n'),
      },
      {
        RINGLEADER_NEO4J: 'bolt://db:7687',
        RINGLEADER_NEO4J_PASSWORD: 'secret',
        RINGLEADER_REDIS: 'redis://queue:6379',
        RINGLEADER_REDIS_PASSWORD: 'hush',
      },
      { RINGLEADER_NEO4J: 'bolt://neo4j:secret@db:7687', RINGLEADER_REDIS: 'redis://:hush@queue:6379' },
    ]

    for (const environment of ways) expect(readConfig({}, environment)).toMatchObject({ neo4j, redis })
  })

  test('addresses on the command line win', () => {
    const environment = { RINGLEADER_NEO4J: 'bolt://other', RINGLEADER_NEO4J_PASSWORD: 'secret' }

    expect(readConfig({ neo4jUrl: 'bolt://db:7687' }, environment)).toMatchObject({ neo4j })
  })

  test.each([
    ['RINGLEADER_NEO4J', { RINGLEADER_NEO4J: 'http://db:7474' }],
    ['RINGLEADER_NEO4J', { RINGLEADER_NEO4J: 'db' }],
    ['RINGLEADER_REDIS', { RINGLEADER_NEO4J: 'bolt://db', RINGLEADER_REDIS: 'queue:6379' }],
    ['RINGLEADER_REDIS', { RINGLEADER_REDIS: 'redis://queue' }],
    ['RINGLEADER_NEO4J_PASSWORD_FILE', { RINGLEADER_NEO4J_PASSWORD_FILE: '/no/such/file' }],
    ['RINGLEADER_REDIS_DURABILITY', { RINGLEADER_REDIS_DURABILITY: 'sometimes' }],
  ])('a wrong %s is named', (pointer, environment) => {
    expect(failureOf(environment).issues.map((issue) => issue.pointer)).toEqual([pointer])
  })

  test('no secret is printed, nor told in a failure', () => {
    const secret = 'hunter2'
    const right = {
      RINGLEADER_NEO4J: `bolt://me:${secret}@db:7687`,
      RINGLEADER_NEO4J_PASSWORD: secret,
      RINGLEADER_REDIS: `redis://:${secret}@queue`,
      RINGLEADER_REDIS_PASSWORD: secret,
    }
    const wrong = { RINGLEADER_NEO4J: `http://me:${secret}@db`, RINGLEADER_REDIS: `me:${secret}@queue` }

    const printed = JSON.stringify([describeConfig(right), describeConfig(wrong), failureOf(wrong).issues])

    expect(printed).not.toContain(secret)
    expect(printed).toContain('bolt://db:7687')
  })
})

test('colour is for terminals whose owner did not refuse it', () => {
  expect(wantsColour(true, {})).toBe(true)
  expect(wantsColour(false, {})).toBe(false)
  expect(wantsColour(true, { NO_COLOR: '1' })).toBe(false)
  expect(wantsColour(true, { NO_COLOR: '' })).toBe(true)
  expect(wantsColour(true, { TERM: 'dumb' })).toBe(false)
})
