import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { runCommand, runJson, startCommand } from '../support/processes/command.ts'
import { ndjson, sentEvent } from '../support/processes/deliveries.ts'
import { filesHolding, type Served, served } from '../support/processes/served.ts'
import { tempDir } from '../support/temp-dir.ts'

const dir = tempDir()
let server: Served
beforeAll(async () => {
  server = await served()
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  dir[Symbol.dispose]()
})

const there = () => ['--url', server.url, '--key', server.key]

function written(name: string, content: string | Uint8Array): string {
  const file = join(dir.path, name)
  writeFileSync(file, content)
  return file
}

const letters = async () => (await runJson('dead-letters', 'list', ...there())).rows

describe('ingest through a server', () => {
  test('counts every line of the file and names the bad ones by their place in it', async () => {
    const parts = [
      ndjson([sentEvent('a')]),
      Buffer.from([0x22, 0xff, 0xfe, 0x22]),
      '',
      ndjson([sentEvent('b')]),
      `{"x":"${'y'.repeat(1_100_000)}"}`,
      '{bad',
      ndjson([sentEvent('c')]),
    ]
    const file = written(
      'mixed.ndjson',
      Buffer.concat(parts.flatMap((part) => [Buffer.from(part), Buffer.from('\n')])),
    )

    const { code, rows, stderr } = await runJson('ingest', file, ...there())

    expect(code).toBe(0)
    expect(rows).toMatchObject([{ read: 6, accepted: 3, rejected: 3 }])
    for (const line of [2, 5, 6]) expect(stderr).toContain(`mixed.ndjson:${line} rejected`)
    expect(await letters()).toHaveLength(1)
  })

  test('sends in parts what is more than the server takes at once', async () => {
    const note = 'z'.repeat(1_000)
    const attributes = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`note${i}`, note]))
    const file = written(
      'large.ndjson',
      ndjson(Array.from({ length: 900 }, () => sentEvent('much', { attributes }))),
    )

    const { code, rows } = await runJson('ingest', file, ...there())

    expect(code).toBe(0)
    expect(rows).toMatchObject([{ read: 900, accepted: 900 }])
  })
})

describe('dead letters of a server', () => {
  test('are dropped by name or all, and all of none is none', async () => {
    const rows = Array.from({ length: 1_203 }, () => ({ type: 'odd' }))
    await server.send('/v1/events', {
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson' },
      body: ndjson(rows),
    })
    const [first, ...others] = await letters()

    const one = await runJson('dead-letters', 'drop', String(first?.['id']), ...there())
    const replayed = await runJson('dead-letters', 'replay', '--all', ...there())
    const all = await runJson('dead-letters', 'drop', '--all', ...there())
    const none = await runJson('dead-letters', 'drop', '--all', ...there())

    expect(others).toHaveLength(49)
    expect(one.rows).toEqual([{ dropped: 1 }])
    expect(replayed.rows).toMatchObject([{ replayed: 0, stillRejected: expect.any(Number) }])
    expect(Number(all.rows[0]?.['dropped'])).toBeGreaterThanOrEqual(1_202)
    expect(none).toMatchObject({ code: 0, rows: [{ dropped: 0 }] })
    expect(await letters()).toEqual([])
  })
})

describe('a server that cannot be reached', () => {
  test.each([
    ['at an address that is none', 'nonsense', 2],
    ['where nothing listens', 'http://127.0.0.1:9', 1],
  ])('%s fails the command with what to do', async (_, url, code) => {
    const ended = await runJson('dead-letters', 'list', '--url', url, '--key', 'rl_x')

    expect(ended).toMatchObject({ code, rows: [], stderr: expect.stringContaining('--url') })
    expect(ended.stderr).not.toContain('fault of the program')
  })

  test('without a key is wrong usage', async () => {
    const ended = await runJson('dead-letters', 'list', '--url', server.url)

    expect(ended).toMatchObject({ code: 2, stderr: expect.stringContaining('--key') })
  })

  test('a key that was refused is said to be, and is not shown', async () => {
    const ended = await runJson('dead-letters', 'list', '--url', server.url, '--key', 'rl_secret')

    expect(ended).toMatchObject({ code: 1, stderr: expect.stringContaining('unauthenticated') })
    expect(ended.stderr).not.toContain('rl_secret')
  })
})

describe('a data directory that a server owns', () => {
  const on = () => ['--data', server.config.dataDir]

  const runAll = (commands: readonly string[]) =>
    Promise.all(commands.map((command) => runCommand([...command.split(' '), ...on()])))

  test('refuses who would write to it, with the owner’s pid and the way to go', async () => {
    const writing = ['detect', 'rebuild', 'keys create --name n --scope admin', 'dead-letters drop --all']

    for (const { code, stderr } of await runAll(writing)) {
      expect([code, stderr]).toEqual([1, expect.stringContaining(`process ${process.pid}`)])
      expect(stderr).toContain(`--url ${server.url}`)
    }
  })

  test('can be read beside its server', async () => {
    const reading = ['rings', 'members', 'keys list', 'dead-letters list', 'doctor']

    for (const { code, stderr } of await runAll(reading)) expect([code, stderr]).toEqual([0, ''])
  })

  test('shows keys without what would let somebody in', async () => {
    const { rows } = await runJson('keys', 'list', ...on())
    const secret = server.key.split('_').at(-1) ?? ''

    expect(rows).toMatchObject([{ name: 'test', revokedAt: null }])
    expect(JSON.stringify(rows)).not.toContain(secret)
    expect(filesHolding(server.config.dataDir, secret)).toEqual([])
  })
})

describe('serve', () => {
  test('ends when it is asked to, and leaves the directory to others', async () => {
    const data = ['--data', join(dir.path, 'stopped')]
    await using running = startCommand(['serve', '--port', '0', '--json', ...data])
    const { url } = JSON.parse(await running.first) as { url: string }
    const live = await fetch(`${url}/livez`)

    const ended = await running.stop()
    const after = await runJson('keys', 'create', '--name', 'n', '--scope', 'admin', ...data)

    expect([live.status, ended.code, after.code]).toEqual([200, 0, 0])
  })

  test('where something else listens ends at once and leaves the directory to others', async () => {
    const data = ['--data', join(dir.path, 'busy')]
    const { port } = new URL(server.url)

    const ended = await runCommand(['serve', '--port', port, ...data])
    const after = await runJson('keys', 'create', '--name', 'n', '--scope', 'admin', ...data)

    expect(ended).toMatchObject({ code: 2, stderr: expect.stringContaining(`127.0.0.1:${port}`) })
    expect(after.code).toBe(0)
  })

  test('on a port that cannot be is wrong usage', async () => {
    const ended = await runCommand(['serve', '--port', '70000', '--data', join(dir.path, 'none')])

    expect(ended).toMatchObject({ code: 2, stderr: expect.stringContaining('65535') })
  })
})
