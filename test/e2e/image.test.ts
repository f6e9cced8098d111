/** What runs in the containers, run here: Redis with its settings, and the image's files as the Dockerfile lays them. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { findProgram } from '../../src/servers/find.ts'
import { claimPort } from '../../src/servers/ports.ts'
import { describeOn } from '../support/stores/servers.ts'
import { tempDir } from '../support/temp-dir.ts'

const root = join(import.meta.dirname, '../..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const dir = tempDir()
afterAll(() => dir[Symbol.dispose]())

const { NODE_OPTIONS: _, ...environment } = process.env
const node = (args: readonly string[]) =>
  spawnSync(process.execPath, args, { env: environment, encoding: 'utf8' })

describeOn(['redis-local'], 'redis.conf', () => {
  const password = 'a'.repeat(48)
  const settings = join(dir.path, 'redis.conf')

  const servers: ChildProcess[] = []
  afterAll(() => {
    for (const server of servers) server.kill('SIGKILL')
  })
  const ask = (port: number, ...args: readonly string[]): string =>
    spawnSync(
      findProgram('redis-cli', { env: process.env, debian: 'redis-tools' }),
      ['-p', String(port), ...args],
      {
        env: { ...environment, REDISCLI_AUTH: password },
        encoding: 'utf8',
      },
    ).stdout.trim()

  async function started(): Promise<{ port: number; stop: () => Promise<unknown> }> {
    // A data directory of its own; everything else as it is.
    writeFileSync(settings, read('deploy/redis.conf').replace(/^dir .*$/m, `dir ${dir.path}`))
    writeFileSync(join(dir.path, 'password'), `${password}\n`)
    const port = await claimPort()
    const files = [settings, join(dir.path, 'password'), join(dir.path, 'made.conf')]
    const more = ['--port', String(port), '--bind', '127.0.0.1']
    const server = spawn('sh', [join(root, 'deploy/redis-start.sh'), ...files, ...more])
    servers.push(server)
    await eventually(async () => expect(ask(port, 'ping')).toBe('PONG'))
    return {
      port,
      stop() {
        server.kill('SIGTERM')
        return once(server, 'exit')
      },
    }
  }

  test('keeps what it acknowledged, evicts nothing, and wants the password', async () => {
    const first = await started()
    const settingsNow = ['appendonly', 'appendfsync', 'maxmemory', 'maxmemory-policy', 'save']
    expect(settingsNow.map((name) => ask(first.port, 'config', 'get', name).split('\n')[1] ?? '')).toEqual([
      'yes',
      'always',
      '1073741824',
      'noeviction',
      '',
    ])
    expect(ask(first.port, '--no-auth-warning', '-a', 'wrong', 'ping')).toContain('NOAUTH')
    expect(ask(first.port, 'set', 'kept', 'yes')).toBe('OK')
    expect(await first.stop()).toEqual([0, null])

    const second = await started()
    expect(ask(second.port, 'get', 'kept')).toBe('yes')
    await second.stop()
  })

  test('leaves half of the container to the copy that rewriting makes', () => {
    const { services } = parse(read('docker-compose.yml')) as {
      services: Record<string, { mem_limit: string }>
    }
    const [, gigabytes] = /^maxmemory (\d+)gb$/m.exec(read('deploy/redis.conf')) ?? []

    expect(services['redis']?.mem_limit).toBe(`${Number(gigabytes) * 2}g`)
  })
})

describe('in the image', () => {
  test('the Dockerfile’s context is enough to build and start the program', () => {
    const allowed = read('.dockerignore')
      .split('\n')
      .flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []))
    const copied = [...read('Dockerfile').matchAll(/^COPY (?!--from)(.+) \S+$/gm)]
      .flatMap(([, sources = '']) => sources.split(' '))
      .filter((source) => source !== '.')
    const build = join(dir.path, 'build')
    for (const path of allowed) cpSync(join(root, path), join(build, path), { recursive: true })
    symlinkSync(join(root, 'node_modules'), join(build, 'node_modules'))
    const app = join(dir.path, 'app')

    expect(allowed).toEqual(expect.arrayContaining(copied))
    expect(node([join(build, 'tools/build.mjs')])).toMatchObject({ status: 0, stdout: 'built dist/\n' })
    for (const path of ['package.json', 'dist'])
      cpSync(join(build, path), join(app, path), { recursive: true })
    symlinkSync(join(root, 'node_modules'), join(app, 'node_modules'))
    const [, command = ''] = /^ENTRYPOINT (.+)$/m.exec(read('Dockerfile')) ?? []
    const [program, ...args] = JSON.parse(command) as string[]
    const answered = node([...args.map((arg) => arg.replace(/^\/app/, app)), '--version'])

    expect(program).toBe('node')
    const { version } = JSON.parse(read('package.json')) as { version: string }
    expect(answered).toMatchObject({ status: 0, stdout: `${version}\n`, stderr: '' })
    expect(read('docker-compose.yml')).toContain(`image: ringleader:${version}`)
  }, 60_000)

  test.each([
    [200, 0],
    [503, 1],
  ])('the health check takes %i for exit code %i', async (status, code) => {
    const server = createServer((request, response) => {
      response.writeHead(request.url === '/readyz' ? status : 404).end()
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')

    const child = background('healthcheck.mjs', portOf(server))

    expect(await once(child, 'exit')).toEqual([code, null])
    server.close()
  })

  test('the health check fails where nobody listens', async () => {
    const { status, stdout } = node([join(root, 'deploy/healthcheck.mjs'), String(await claimPort())])

    expect({ status, stdout }).toEqual({ status: 1, stdout: 'ECONNREFUSED\n' })
  })

  test('connections are passed on whole, both ways', async () => {
    const far = createServer((request, response) => void request.pipe(response)).listen(0, '127.0.0.1')
    await once(far, 'listening')
    const near = await claimPort()
    const child = background('forward.mjs', '127.0.0.1', `${near}:${portOf(far)}`)
    const body = 'x'.repeat(1_000_000)

    const answered = await eventually(() => fetch(`http://127.0.0.1:${near}/`, { method: 'POST', body }))

    expect(await answered.text()).toBe(body)
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
    far.closeAllConnections()
    far.close()
  })
})

const background = (script: string, ...args: readonly string[]) =>
  spawn(process.execPath, [join(root, 'deploy', script), ...args], { env: environment })

/** What it resolves to, once it does; its failure, if that lasts. */
async function eventually<T>(attempt: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + 10_000
  for (;;) {
    try {
      return await attempt()
    } catch (error) {
      if (performance.now() > deadline) throw error
      await setTimeout(50)
    }
  }
}

function portOf(server: ReturnType<typeof createServer>): string {
  const address = server.address()
  return String(typeof address === 'object' && address ? address.port : 0)
}
