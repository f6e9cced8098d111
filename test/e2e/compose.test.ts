/** What compose, Prometheus and Grafana are told, held against the program without an engine. */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { routes } from '../../src/http/routes.ts'
import { readKey } from '../../src/secrets/key-file.ts'
import { createMetrics } from '../../src/telemetry/metrics.ts'
import { tempDir } from '../support/temp-dir.ts'

const root = join(import.meta.dirname, '../..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const dir = tempDir()
afterAll(() => dir[Symbol.dispose]())

const { NODE_OPTIONS: _, ...environment } = process.env
const node = (args: readonly string[], options: { env?: NodeJS.ProcessEnv } = {}) =>
  spawnSync(process.execPath, args, { env: environment, encoding: 'utf8', ...options })

const client = 'docker-compose'
const hasClient = spawnSync(client, ['version']).status === 0
const inCi = Boolean(process.env['CI'])
if (!hasClient && !inCi)
  console.warn('NOT RUN: whether a client takes docker-compose.yml, there is none here')

const missed = [
  'a has no health check',
  'a has no memory limit: mem_limit',
  'a has no processor limit: cpus',
  'a has no limit of processes: pids_limit',
  'a may write to its root: read_only, or a reason in x-writable-root',
  'a keeps capabilities: cap_drop [ALL]',
  'a may gain privileges: security_opt no-new-privileges:true',
  'a is privileged',
  'a does not say as which user it runs, or as root: user',
  'a has an image of no fixed version',
  'a can run only once: container_name',
  'a is open to other machines: ports',
  'a publishes a port from a network without a way out',
  'a does not wait until what it needs is healthy: depends_on',
  'a needs a service that its profiles do not start',
  'a mounts a file that is not there, or may change it: volumes',
  'a has a secret in RINGLEADER_NEO4J_PASSWORD: name a file of /run/secrets',
  'a reads the secret other, which it is not given',
  'a sets RINGLEADER_NONSENSE, which is no setting',
  'a sets RINGLEADER_PORT to what it does not take',
  'b has an environment that is no map',
  'b holds what looks like a secret',
  'the secret spare is not in ./deploy/secrets/spare',
  'the secret spare is not made by deploy/make-secrets.sh',
  'the secret spare is used by nobody',
]

describe('docker-compose.yml', () => {
  const check = (...args: readonly string[]) => node([join(root, 'tools/compose-check.mjs'), ...args])

  // In CI a missing client is a failure, never a skip.
  ;(hasClient || inCi ? test : test.skip)('passes its check', () => {
    const { status, stdout } = check()

    expect(stdout).not.toContain('FAIL')
    expect(status).toBe(0)
  })

  test('cannot pass where nobody can read it', () => {
    const { status, stdout } = node([join(root, 'tools/compose-check.mjs')], {
      env: { ...environment, PATH: dir.path },
    })

    expect(stdout).toContain('there is no docker-compose on this machine')
    expect(status).toBe(1)
  })

  test('what no client asks for is missed', () => {
    const file = join(dir.path, 'bad.yml')
    writeFileSync(
      file,
      `services:
  a:
    image: some/thing:latest
    container_name: a
    privileged: true
    ports: ['80:80']
    depends_on: { b: { condition: service_started } }
    volumes: ['./nowhere:/x']
    environment: { RINGLEADER_NEO4J_PASSWORD: hunter22, RINGLEADER_NONSENSE: x, RINGLEADER_PORT: many, RINGLEADER_KEY_FILE: /run/secrets/other }
    networks: [inside]
  b: { image: 'b:1', profiles: [more], command: 'run --password=hunter22', environment: [A=b] }
networks: { inside: { internal: true } }
secrets: { spare: { file: ./spare } }
`,
    )

    const { status, stdout } = check(file)

    expect(status).toBe(1)
    for (const fault of missed) expect(stdout).toContain(`     ${fault}\n`)
  })
})

describe('dashboard and alerts', () => {
  const rules = parse(read('deploy/prometheus/alerts.yml')) as {
    groups: { rules: { alert: string; expr: string; annotations: Record<string, string> }[] }[]
  }
  const alerts = rules.groups.flatMap((group) => group.rules)
  const { panels } = JSON.parse(read('deploy/grafana/dashboards/ringleader.json')) as {
    panels: { title: string; datasource: { uid: string }; targets: { expr: string }[] }[]
  }
  const expressions = [
    ...alerts.map(({ alert, expr }) => [alert, expr] as const),
    ...panels.flatMap(({ title, targets }) => targets.map(({ expr }) => [title, expr] as const)),
  ]

  test.each(expressions)('%s asks for what is counted', async (_name, expr) => {
    const metrics = createMetrics()
    metrics.queue({ jobs: [], oldestSeconds: 0, memoryRatio: 0 })
    const text = await metrics.text()
    const known = [...text.matchAll(/^# TYPE (\w+) (\w+)$/gm)].flatMap(([, name = '', type]) =>
      type === 'histogram' ? ['bucket', 'sum', 'count'].map((part) => `${name}_${part}`) : [name],
    )

    const asked = [...expr.matchAll(/\bringleader_\w+/g)].map(([name]) => name)

    expect(known).toEqual(expect.arrayContaining(asked))
    expect(asked.length > 0 || /\bup\b/.test(expr)).toBe(true)
  })

  test('routes they name are served', () => {
    const named = expressions.flatMap(([, expr]) =>
      [...expr.matchAll(/route="([^"]+)"/g)].map(([, path]) => path),
    )

    expect(named.length).toBeGreaterThan(0)
    expect(routes.map(({ path }) => path)).toEqual(expect.arrayContaining([...new Set(named)]))
  })

  test('each alert says what is wrong and what to do', () => {
    for (const { annotations } of alerts) expect(Object.keys(annotations)).toEqual(['summary', 'remedy'])
  })

  test('the panels ask the source that is provisioned', () => {
    const { datasources } = parse(read('deploy/grafana/provisioning/datasources/prometheus.yml')) as {
      datasources: { uid: string }[]
    }

    expect(new Set(panels.map(({ datasource }) => datasource.uid))).toEqual(
      new Set(datasources.map(({ uid }) => uid)),
    )
  })

  test('Prometheus scrapes the ports that the processes listen on', () => {
    const { scrape_configs: scraped } = parse(read('deploy/prometheus/prometheus.yml')) as {
      scrape_configs: { dns_sd_configs: { names: string[]; port: number }[] }[]
    }
    const { services } = parse(read('docker-compose.yml'), { merge: true }) as {
      services: Record<string, { environment: Record<string, string> }>
    }

    expect(
      scraped.flatMap((one) => one.dns_sd_configs.map(({ names, port }) => [names[0], String(port)])),
    ).toEqual([
      ['api', services['api']?.environment['RINGLEADER_PORT']],
      ['worker', services['worker']?.environment['RINGLEADER_METRICS_PORT']],
    ])
  })
})

describe('make-secrets.sh', () => {
  const secrets = join(dir.path, 'secrets')
  const make = () => spawnSync('sh', [join(root, 'deploy/make-secrets.sh'), secrets], { encoding: 'utf8' })
  const content = (name: string) => readFileSync(join(secrets, name), 'utf8').trim()

  test('makes every secret of the compose file, behind a door of its own', () => {
    const { secrets: declared } = parse(read('docker-compose.yml')) as { secrets: Record<string, unknown> }

    expect(make().status).toBe(0)

    expect(readdirSync(secrets).toSorted()).toEqual(Object.keys(declared).toSorted())
    expect(statSync(secrets).mode & 0o777).toBe(0o700)
    expect(content('neo4j_auth')).toBe(`neo4j/${content('neo4j_password')}`)
    expect(readKey({ keyFile: join(secrets, 'ringleader_key'), dataDir: '', create: false })).toHaveLength(32)
    expect(
      new Set([content('neo4j_password'), content('redis_password'), content('grafana_password')]).size,
    ).toBe(3)
  })

  test('never makes one again', () => {
    const before = content('ringleader_key')

    const { status, stdout } = make()

    expect({ status, stdout, key: content('ringleader_key') }).toEqual({ status: 0, stdout: '', key: before })
  })
})
