/** What opening a Neo4j that is not as it should be says: what, where, and how to mend it. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { migrations, server } from '../../../cypher/catalogue.ts'
import { dayMs } from '../../../graph/time.ts'
import type { RunningServer } from '../../../src/servers/launch.ts'
import { startNeo4j } from '../../../src/servers/neo4j-local.ts'
import type { Bolt } from '../../../src/store/neo4j/bolt.ts'
import { inspectNeo4j, migrate } from '../../../src/store/neo4j/schema.ts'
import {
  migrateNeo4j,
  type Neo4jOptions,
  neo4jFindings,
  openNeo4jReader,
  openNeo4jStore,
} from '../../../src/store/neo4j/store.ts'
import { eventOf, noon } from '../../support/core/events.ts'
import { keyFingerprint, openTempStore } from '../../support/stores/embedded.ts'
import { emptyNeo4j, neo4jOptions, withDriver } from '../../support/stores/production.ts'
import { describeOn } from '../../support/stores/servers.ts'

const failureOf = async (work: () => Promise<unknown>): Promise<unknown> => {
  try {
    await work()
    return undefined
  } catch (error) {
    return error
  }
}

const open = (options: Neo4jOptions, fingerprint = keyFingerprint) =>
  failureOf(async () =>
    (await openNeo4jStore({ ...options, keyFingerprint: fingerprint }))[Symbol.asyncDispose](),
  )

const refused = (code: string, ...words: readonly string[]) => ({
  code,
  message: expect.stringMatching(new RegExp(words.join('.*'))),
})

/** An account as schema 16 kept it: four properties a type of event. */
const sixteenth = `WITH toInteger($noon) AS noon, toInteger($dayMs) AS day
  CREATE (:Account {id: 'ada', createdAt: datetime({epochMillis: noon - 3 * day}), activityTypes: ['login', 'signup'],
    login_firstSeen: datetime({epochMillis: noon}), login_lastSeen: datetime({epochMillis: noon + 2 * day}),
    login_days: ['2026-05-02', '2026-05-04'],
    login_recent: '[[' + (noon + 2 * day) + ',"e2","success"],[' + noon + ',"e1","success"]]',
    signup_firstSeen: datetime({epochMillis: noon - day}), signup_lastSeen: datetime({epochMillis: noon - day}),
    signup_days: ['2026-05-01'], signup_recent: '[[' + (noon - day) + ',"e0","success"]]'})`

describe('a server that is too old', () => {
  const old = {
    url: 'bolt://db:7687',
    database: 'neo4j',
    read: async (statement: unknown) =>
      statement === server.facts ? [{ version: '4.4.42', edition: 'community' }] : [],
  } as unknown as Bolt

  test('is refused before anything is written, with the version that is needed', async () => {
    await expect(migrate(old)).rejects.toMatchObject(
      refused('config_invalid', 'bolt://db:7687', '4.4.42', '5.26'),
    )
    expect(await inspectNeo4j(old)).toEqual([
      { check: 'Neo4j', state: 'wrong', detail: expect.stringContaining('5.26') },
    ])
  })
})

test('a server that is not there is named, with what to do', async () => {
  const options = {
    url: 'bolt://127.0.0.1:9',
    user: 'neo4j',
    password: 'x',
    database: 'neo4j',
    deadlineMs: 700,
  }

  expect(await open(options)).toMatchObject(refused('store_unavailable', 'bolt://127.0.0.1:9', 'running'))
})

describeOn(['neo4j'], 'a server that answers', () => {
  test.each([
    ['a wrong password', { user: 'nobody', password: 'not the password' }, 'RINGLEADER_NEO4J_PASSWORD_FILE'],
    ['a database that is not there', { database: 'nowhere' }, 'RINGLEADER_NEO4J_DATABASE'],
  ])('%s says which setting to mend', async (_, change, setting) => {
    const options = { ...(await neo4jOptions()), ...change }

    expect(await open(options)).toMatchObject(refused('config_invalid', options.url, setting))
    await expect(neo4jFindings(options)).rejects.toMatchObject(refused('config_invalid', setting))
  })

  test('data under another key is refused, and read all the same', async () => {
    await emptyNeo4j()
    const options = await neo4jOptions()
    expect(await open(options)).toBeUndefined()

    expect(await open(options, 'another')).toMatchObject(refused('key_mismatch', 'RINGLEADER_KEY_FILE'))
    await using reader = await openNeo4jReader(options)
    expect(await reader.rings({})).toEqual([])
  })

  test('an empty database is nothing to read from', async () => {
    await emptyNeo4j()

    const failure = await failureOf(async () => openNeo4jReader(await neo4jOptions()))

    expect(failure).toMatchObject(refused('store_missing', 'ingest'))
  })

  test('data of a newer program is refused', async () => {
    await emptyNeo4j()
    await withDriver((driver) => driver.executeQuery("CREATE (:Control {name: 'schema', version: 999})", {}))

    expect(await open(await neo4jOptions())).toMatchObject(refused('store_too_new', 'upgrade'))
  })

  test('processes that start together on an empty server all start', async () => {
    await emptyNeo4j()
    await withDriver(async (driver) => {
      for (const { makes, text } of migrations.filter(({ makes }) => makes !== undefined))
        await driver.executeQuery(
          `DROP ${text.includes('CONSTRAINT') ? 'CONSTRAINT' : 'INDEX'} ${makes} IF EXISTS`,
          {},
        )
    })
    const options = await neo4jOptions()

    const failures = await Promise.all(Array.from({ length: 6 }, () => open(options)))

    expect(failures).toEqual(failures.map(() => undefined))
    expect((await neo4jFindings(options)).map(({ state }) => state)).not.toContain('wrong')
  })

  test('accounts of a schema before activity was one text are read and joined as they were', async () => {
    await emptyNeo4j()
    const options = await neo4jOptions()
    await using oracle = await openTempStore()
    const login = eventOf({ id: 'e1' })
    const later = eventOf({ id: 'e2', at: noon + 2 * dayMs })
    const signup = eventOf({ id: 'e0', type: 'signup', at: noon - dayMs, createdAt: noon - 3 * dayMs })
    await oracle.record([login, later, signup])
    await withDriver(async (driver) => {
      await driver.executeQuery("CREATE (:Control {name: 'schema', version: 16})", {})
      await driver.executeQuery(sixteenth, { noon, dayMs })
    })

    await using store = await openNeo4jStore({ ...options, keyFingerprint })
    const migrated = await store.accounts(['ada'])
    const known = await oracle.accounts(['ada'])
    for (const each of [oracle, store]) await each.record([eventOf({ id: 'e3', at: noon + dayMs })])

    expect(migrated).toEqual(known)
    expect(await store.accounts(['ada'])).toEqual(await oracle.accounts(['ada']))
    const { records } = await withDriver((driver) =>
      driver.executeQuery('MATCH (a:Account) UNWIND keys(a) AS key RETURN key ORDER BY key', {}),
    )
    expect(records.map((record): unknown => record.get('key'))).toEqual([
      'activity',
      'createdAt',
      'firstSeen',
      'id',
      'lastSeen',
      'signupAt',
    ])
  })

  test('a missing index is named, and made again by migrate and by every boot', async () => {
    await emptyNeo4j()
    const options = await neo4jOptions()
    await open(options)
    const drop = () => withDriver((driver) => driver.executeQuery('DROP CONSTRAINT account_id', {}))
    const schemaFinding = async () =>
      (await neo4jFindings(options)).find(({ check }) => check === 'Neo4j schema')

    await drop()
    const broken = await schemaFinding()
    const { made } = await migrateNeo4j(options)
    const mended = await schemaFinding()
    await drop()
    await open(options)

    expect(broken).toMatchObject({
      state: 'wrong',
      detail: expect.stringMatching(/account_id.*ringleader migrate/),
    })
    expect(made).toEqual(['account_id'])
    expect(mended).toMatchObject({ state: 'ok' })
    expect(await schemaFinding()).toMatchObject({ state: 'ok' })
  })
})

describeOn(['neo4j-local'], 'a database that can only be read', () => {
  const dir = mkdtempSync(join(tmpdir(), 'ringleader-read-only-'))
  const password = 'ringleader-test'
  let running: RunningServer
  let options: Neo4jOptions

  beforeAll(async () => {
    const env = process.env
    {
      await using _ = await startNeo4j({ dir, password, env, heapMb: 256 })
    }
    running = await startNeo4j({
      dir,
      password,
      env,
      heapMb: 256,
      settings: { 'server.databases.read_only': 'neo4j' },
    })
    options = { ...running, database: 'neo4j', deadlineMs: 10_000 }
  }, 180_000)

  afterAll(async () => {
    await running[Symbol.asyncDispose]()
    rmSync(dir, { recursive: true })
  })

  test('is refused at the boot and named by doctor, with the settings to look at', async () => {
    const words = ['can only be read', 'server.databases.read_only']

    expect(await open(options)).toMatchObject(refused('config_invalid', ...words))
    expect(await neo4jFindings(options)).toContainEqual({
      check: 'Neo4j database',
      state: 'wrong',
      detail: expect.stringMatching(new RegExp(words.join('.*'))),
    })
  })
})
