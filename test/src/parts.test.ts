import { createHmac, hkdfSync } from 'node:crypto'
import { existsSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { describeConfig, readConfig } from '../../src/config.ts'
import { readFacetTables } from '../../src/facet-files.ts'
import { readPolicy } from '../../src/policy.ts'
import { InProcessQueue } from '../../src/queue/in-process.ts'
import { readKey } from '../../src/secrets/key-file.ts'
import { secretsFrom } from '../../src/secrets/secrets.ts'
import { tempDir } from '../support/temp-dir.ts'

const dir = tempDir()
afterAll(() => dir[Symbol.dispose]())
const file = (name: string, text: string): string => {
  const path = join(dir.path, name)
  writeFileSync(path, text)
  return path
}

describe('secrets', () => {
  const key = Buffer.alloc(32, 7)

  test('make pseudonyms that node:crypto makes too, another for each domain and key', async () => {
    const secrets = await secretsFrom(key, ['device', 'email'])
    const derived = Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), 'ringleader:pseudonym:device', 32))
    const expected = createHmac('sha256', derived).update('d_9f').digest().toString('base64url', 0, 16)
    const other = await secretsFrom(Buffer.alloc(32, 8), ['device'])

    expect(secrets.pseudonym('device', 'd_9f')).toBe(expected)
    expect(secrets.pseudonym('email', 'd_9f')).not.toBe(expected)
    expect(other.pseudonym('device', 'd_9f')).not.toBe(expected)
    expect(other.fingerprint).not.toBe(secrets.fingerprint)
    expect(() => secrets.pseudonym('unknown', 'x')).toThrow('unknown')
  })

  test('open what they sealed, and nothing altered or sealed by others', async () => {
    const secrets = await secretsFrom(key, [])
    const other = await secretsFrom(Buffer.alloc(32, 8), [])
    const sealed = secrets.seal(Buffer.from('a line'))

    expect(Buffer.from(secrets.open(sealed)).toString()).toBe('a line')
    expect(Buffer.from(sealed).includes('a line')).toBe(false)
    expect(() => other.open(sealed)).toThrow(expect.objectContaining({ code: 'key_mismatch' }))
    sealed[14] = (sealed[14] ?? 0) ^ 1
    expect(() => secrets.open(sealed)).toThrow(expect.objectContaining({ code: 'key_mismatch' }))
  })

  test('come from a file that only its owner reads, made once and never beside a missing one that was named', () => {
    const dataDir = join(dir.path, 'keys')

    const made = readKey({ dataDir, create: true })

    expect(readKey({ dataDir, create: false })).toEqual(made)
    expect(statSync(join(dataDir, 'key')).mode & 0o077).toBe(0)
    expect(() => readKey({ keyFile: join(dir.path, 'nowhere'), dataDir, create: true })).toThrow(
      expect.objectContaining({ code: 'config_invalid' }),
    )
    expect(existsSync(join(dir.path, 'nowhere'))).toBe(false)
    expect(() => readKey({ keyFile: file('short', 'abc'), dataDir, create: true })).toThrow(
      '64 hexadecimal digits',
    )
  })
})

describe('settings', () => {
  test('have a default each, and the command line wins over the environment', () => {
    expect(readConfig({}, {})).toMatchObject({ dataDir: '.ringleader', host: '127.0.0.1', masks: true })
    expect(readConfig({ port: 1 }, { RINGLEADER_PORT: '2', RINGLEADER_MASKS: 'off' })).toMatchObject({
      port: 1,
      masks: false,
    })
    expect(describeConfig({}).every(({ meaning }) => meaning !== '')).toBe(true)
  })

  test('report all their mistakes at once, misspelt names too', () => {
    const wrong = { RINGLEADER_PORT: 'x', RINGLEADER_DETECT_AFTER_MS: '1', RINGLEADER_PROT: '80' }

    expect(() => readConfig({}, wrong)).toThrow(
      expect.objectContaining({
        code: 'config_invalid',
        message: expect.stringMatching(
          /RINGLEADER_PROT.*\n.*RINGLEADER_PORT.*\n.*RINGLEADER_DETECT_AFTER_MS/,
        ),
      }),
    )
  })
})

describe('the policy file', () => {
  test('adds kinds, re-weighs shipped ones, and changes the policy’s name', () => {
    const { registry, name } = readPolicy(
      file(
        'policy.yaml',
        'kinds:\n  - { name: loyalty, like: payout, kappa: 2 }\n  - { name: device, keepDays: 10 }\n',
      ),
    )

    expect(registry.get('loyalty')?.evidence.kappa).toBe(2)
    expect(registry.get('device')?.keepDays).toBe(10)
    expect(name).not.toBe(readPolicy(undefined).name)
  })

  test.each([
    ['not YAML', ': :\n- ['],
    ['an unknown field', 'kinds: [{ name: device, capa: 1 }]'],
    ['a kind like nothing', 'kinds: [{ name: thing }]'],
  ])('that holds %s is refused', (_, text) => {
    expect(() => readPolicy(file('wrong.yaml', text))).toThrow(
      expect.objectContaining({ code: 'config_invalid' }),
    )
  })
})

test('facet tables are read from the files that facets.yaml names', async () => {
  file('tor.txt', '# exits\n203.0.113.0/24\n')
  file('networks.csv', '203.0.113.0/24,AS64500\n')
  file('facets.yaml', 'version: 3\nip: [{ class: tor, file: tor.txt }]\nasn: [{ file: networks.csv }]\n')

  const tables = await readFacetTables(dir.path)

  expect(tables.version).toBe(3)
  expect(tables.ip('203.0.113.9')).toEqual({ class: 'tor', asn: 64_500 })
  expect((await readFacetTables(undefined)).version).toBe(0)
})

describe('the queue', () => {
  test('runs a job once at a time, and once more for all that was asked during a run', async () => {
    let running = 0
    let most = 0
    let runs = 0
    await using queue = new InProcessQueue({
      async run() {
        runs += 1
        running += 1
        most = Math.max(most, running)
        await new Promise((resolve) => setTimeout(resolve, 20))
        running -= 1
      },
      onFailure: () => {},
    })

    queue.request('a')
    await new Promise((resolve) => setTimeout(resolve, 10))
    for (let i = 0; i < 5; i++) queue.request('a')
    await queue.idle()

    expect({ runs, most }).toEqual({ runs: 2, most: 1 })
  })

  test('tries a job that failed again, and says so', async () => {
    const failures: string[] = []
    let runs = 0
    await using queue = new InProcessQueue({
      async run() {
        runs += 1
        if (runs === 1) throw new Error('once')
      },
      onFailure: (job, error) => failures.push(`${job}: ${(error as Error).message}`),
      retryMs: 5,
    })

    queue.request('a')
    await queue.idle()

    expect({ runs, failures }).toEqual({ runs: 2, failures: ['a: once'] })
  })

  test('takes the sooner of two requests, and none once it is closed', async () => {
    const at: number[] = []
    const queue = new InProcessQueue({
      run: async () => void at.push(performance.now()),
      onFailure: () => {},
    })
    const startedAt = performance.now()

    queue.request('a', { afterMs: 5_000 })
    queue.request('a', { afterMs: 10 })
    await queue.idle()
    await queue[Symbol.asyncDispose]()
    queue.request('a')
    await queue.idle()

    expect(at).toHaveLength(1)
    expect((at[0] ?? 0) - startedAt).toBeLessThan(2_000)
  })
})
