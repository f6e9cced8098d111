/** People and what they name, at any of several processes; and how an operator sees what lets people in. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { openWriting } from '../../src/compose.ts'
import { readConfig } from '../../src/config.ts'
import { type Server, serve } from '../../src/serve.ts'
import { silentLog } from '../../src/telemetry/log.ts'
import { runCommand, runJson } from '../support/processes/command.ts'
import { ndjson, sentEvent } from '../support/processes/deliveries.ts'
import { type Issuer, openIssuer } from '../support/processes/issuer.ts'
import { saveKey } from '../support/processes/served.ts'
import { type Environment, emptyNeo4j, productionEnvironment } from '../support/stores/production.ts'
import { describeOn } from '../support/stores/servers.ts'
import { tempDir } from '../support/temp-dir.ts'

let issuer: Issuer
beforeAll(async () => {
  issuer = await openIssuer()
})
afterAll(() => issuer[Symbol.asyncDispose]())

const settings = () => ({
  RINGLEADER_OIDC_ISSUER: issuer.url,
  RINGLEADER_OIDC_AUDIENCE: 'ringleader',
  RINGLEADER_OIDC_SCOPES: 'leads=admin+rings:read',
})

describeOn(['neo4j', 'redis'], 'processes apart', () => {
  const apis: Server[] = []
  let key: string
  let environment: Environment
  beforeAll(async () => {
    await emptyNeo4j()
    environment = await productionEnvironment({ ...settings(), RINGLEADER_SEAL: 'email' })
    const config = readConfig({}, environment)
    await using writing = await openWriting(config)
    key = await saveKey(writing.store, ['admin'])
    apis.push(await serve(config, silentLog), await serve(config, silentLog))
  }, 60_000)
  afterAll(async () => {
    for (const one of apis) await one[Symbol.asyncDispose]()
  })

  const makeKey = async (n: number, { token = key, name = '"n1"' } = {}) => {
    const response = await fetch(`${apis[n]?.url}/v1/keys`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'idempotency-key': name,
      },
      body: JSON.stringify({ name: 'made', scopes: ['ingest'] }),
    })
    return { status: response.status, ...((await response.json()) as { code?: string }) }
  }
  const stored = async (path: string, token = key) => {
    const response = await fetch(apis[1]?.url + path, { headers: { authorization: `Bearer ${token}` } })
    return ((await response.json()) as { items: { name?: string; by?: string }[] }).items
  }

  test('do a request once that is sent to several at one time', async () => {
    const answers = await Promise.all([0, 1, 0, 1].map((n) => makeKey(n)))

    const later = await makeKey(1)
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
    for (const { status, code } of answers.filter((answer) => answer.status !== 201))
      expect([status, ['request_in_progress', 'answer_not_kept'].includes(code ?? '')]).toEqual([409, true])
    expect(later.code).toBe('answer_not_kept')
    expect((await stored('/v1/keys')).filter(({ name }) => name === 'made')).toHaveLength(1)
  }, 30_000)

  test('have a value found and opened on the command line, beside them', async () => {
    using dir = tempDir()
    const file = join(dir.path, 'events.ndjson')
    writeFileSync(file, ndjson([sentEvent('ada', { identifiers: { email: 'Ada@Example.org' } })]))
    const run = async (...args: string[]) => (await runCommand([...args, '--json'], environment)).rows[0]

    await run('ingest', file)
    const found = (await run('search', 'ada@example.org'))?.['identifiers'] as { ref: string }[]
    const ref = found[0]?.ref ?? ''
    const page = await run('identifiers', 'email', ref)
    const opened = await run('identifiers', 'email', ref, '--reveal', '--reason', 'case 812')

    expect(page).toMatchObject({ kind: 'email', users: [{ account: 'ada' }] })
    expect(opened).toMatchObject({ value: 'ada@example.org' })
    expect((await stored('/v1/audit')).at(-1)).toMatchObject({
      action: 'identifier.revealed',
      reason: 'case 812',
    })
  }, 60_000)

  test('tell how their servers do', async () => {
    const response = await fetch(`${apis[0]?.url}/v1/health`, { headers: { authorization: `Bearer ${key}` } })
    const { checks } = (await response.json()) as { checks: { check: string; state: string }[] }

    expect(checks.map(({ check }) => check)).toEqual(expect.arrayContaining(['Neo4j', 'Redis', 'events']))
    expect(checks.filter(({ state }) => state === 'wrong')).toEqual([])
  }, 30_000)

  test('let somebody in by a token, who is the author then', async () => {
    const token = await issuer.sign({ claims: { groups: ['leads'] } })

    const made = [await makeKey(0, { token }), await makeKey(1, { token, name: '"n2"' })]

    expect(made.map(({ status }) => status)).toEqual([201, 201])
    const authors = (await stored('/v1/audit', token)).map(({ by }) => by)
    expect(authors.slice(-2)).toEqual(['person:ada', 'person:ada'])
  }, 30_000)
})

describe('doctor', () => {
  const finding = async (more: Record<string, string> = settings()) => {
    using dir = tempDir()
    const { rows } = await runCommand(['doctor', '--json', '--data', join(dir.path, 'd')], more)
    return rows.find(({ check }) => check === 'OpenID Connect')
  }

  test('asks the issuer, and says what is wrong with it', async () => {
    const well = await finding()
    issuer.turn('as-another')
    const other = await finding()
    issuer.turn('failing')
    const failing = await finding()
    issuer.turn('well')

    expect(well).toMatchObject({ state: 'ok', detail: expect.stringContaining(`${issuer.url} tells 1 keys`) })
    expect(other).toMatchObject({ state: 'wrong', detail: expect.stringContaining('names another issuer') })
    expect(failing).toMatchObject({ state: 'wrong', detail: expect.stringContaining('it answered 500') })
    expect(await finding({})).toMatchObject({ state: 'ok', detail: expect.stringContaining('not set up') })
  }, 60_000)

  test('names the kinds whose values are kept', async () => {
    using dir = tempDir()
    const on = ['doctor', '--json', '--data', join(dir.path, 'd')]
    const sealed = async (kinds: string) =>
      (await runCommand(on, { RINGLEADER_SEAL: kinds })).rows.find(({ check }) => check === 'sealed values')

    expect(await sealed('email,phone')).toMatchObject({ detail: expect.stringContaining('of email, phone') })
    expect(await sealed('nonsense')).toMatchObject({ state: 'wrong' })
    expect((await runJson('config', 'check')).code).toBe(0)
    expect((await runCommand(['config', 'check'], { RINGLEADER_SEAL: 'ip24' })).code).toBe(2)
  }, 60_000)
})
