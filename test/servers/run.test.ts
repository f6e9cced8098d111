import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, test } from '@jest/globals'
import { answersRedis } from '../../src/servers/ports.ts'
import { pathWith } from '../support/path-with.ts'
import { describeOn } from '../support/stores/servers.ts'
import { tempDir } from '../support/temp-dir.ts'
import { lock } from './lock.ts'

const root = join(import.meta.dirname, '../..')

/** A run of jest over one suite that needs a Redis, with few programs on its PATH. */
function startJest(dir: string, { ci = '', programs, body = '' }: JestOptions) {
  const support = JSON.stringify(join(root, 'test/support/stores/servers.ts'))
  const suite = `import { renameSync, writeFileSync } from 'node:fs'
import { describeOn, testRedis } from ${support}
describeOn(['redis'], 'the queue', () => { test('works', async () => { ${body} }, 60_000) })`
  const config = `import base from ${JSON.stringify(join(root, 'jest.config.mjs'))}
export default { ...base, rootDir: ${JSON.stringify(root)}, roots: [${JSON.stringify(dir)}], testMatch: ['**/a.test.ts'] }`
  writeFileSync(join(dir, 'a.test.ts'), suite)
  writeFileSync(join(dir, 'jest.config.mjs'), config)
  mkdirSync(join(dir, 'tmp'))
  const jest = [join(root, 'node_modules/jest/bin/jest.js'), '--config', join(dir, 'jest.config.mjs')]
  return spawn(process.execPath, ['--experimental-vm-modules', ...jest, '--runInBand'], {
    cwd: dir,
    env: { PATH: pathWith(dir, programs), CI: ci, TMPDIR: join(dir, 'tmp'), HOME: dir },
  })
}

interface JestOptions {
  readonly ci?: string
  readonly programs?: readonly string[]
  readonly body?: string
}

async function ended(child: ChildProcess): Promise<{ code: number | null; text: string }> {
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (text += String(chunk)))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, text }
}

/** Directories of runs that were not tidied up. */
const leftIn = (dir: string): readonly string[] =>
  readdirSync(join(dir, 'tmp')).filter((name) => name.startsWith('ringleader-servers'))

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let i = 0; i < 300 && !(await isSo()); i++) await setTimeout(50)
}

describe('a run without a server that a suite needs', () => {
  test('says at its very end what it did not run, and why', async () => {
    using dir = tempDir()

    const { code, text } = await ended(startJest(dir.path, {}))

    expect(code).toBe(0)
    expect(text.slice(text.indexOf('Ran all test suites'))).toMatch(
      /NOT RUN: 1 [^]*a\.test\.ts > the queue[^]*redis-server is not on PATH[^]*TEST_REDIS_URL/,
    )
    expect(leftIn(dir.path)).toEqual([])
  }, 60_000)

  test('fails in CI', async () => {
    using dir = tempDir()

    const { code, text } = await ended(startJest(dir.path, { ci: 'true' }))

    expect(code).toBe(1)
    expect(text).toContain('redis: redis-server is not on PATH')
    expect(text).toContain('1 failed')
    expect(leftIn(dir.path)).toEqual([])
  }, 60_000)
})

describeOn(['redis-local'], 'a run with servers', () => {
  const programs = ['sh', 'cat', 'rm', 'sleep', 'redis-server']
  const body = `writeFileSync('url.part', (await testRedis()).url); renameSync('url.part', 'url');`
  const answers = (dir: string) => answersRedis(Number(new URL(readFileSync(join(dir, 'url'), 'utf8')).port))

  test.each([
    ['passed', 0, ''],
    ['failed', 1, `throw new Error('no')`],
  ])(
    'stops them when it %s',
    async (_, expected, then) => {
      using dir = tempDir()

      const { code } = await ended(startJest(dir.path, { programs, body: body + then }))

      expect([code, await answers(dir.path)]).toEqual([expected, false])
      expect(leftIn(dir.path)).toEqual([])
    },
    60_000,
  )

  test('stops them when it was killed', async () => {
    using dir = tempDir()
    const hang = 'await new Promise((resolve) => setTimeout(resolve, 60_000))'
    const child = startJest(dir.path, { programs, body: body + hang })
    const end = ended(child)
    await until(() => existsSync(join(dir.path, 'url')))
    const answered = await answers(dir.path)

    child.kill('SIGKILL')
    await end
    await until(() => leftIn(dir.path).length === 0)

    expect([answered, await answers(dir.path)]).toEqual([true, false])
    expect(leftIn(dir.path)).toEqual([])
  }, 60_000)
})

describe('a turn', () => {
  test('is had by one suite at a time', async () => {
    using dir = tempDir()
    const file = join(dir.path, 'redis.turn')
    const first = await lock(file, 1_000)
    const order: string[] = []
    const second = lock(file, 5_000).then((turn) => {
      order.push('second')
      turn[Symbol.dispose]()
    })

    await expect(lock(file, 100)).rejects.toThrow('was not free')
    order.push('first is done')
    first[Symbol.dispose]()
    await second

    expect(order).toEqual(['first is done', 'second'])
  })
})
