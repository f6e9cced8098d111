import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { writeWorld } from '../../range/write.ts'
import { ingestFile } from '../../src/cli/commands/ingest.ts'
import { localTarget } from '../../src/cli/ingesting/targets.ts'
import { detectOnce, openWriting } from '../../src/compose.ts'
import { readConfig } from '../../src/config.ts'
import { tempDir } from '../support/temp-dir.ts'

const root = join(import.meta.dirname, '../..')
const dir = tempDir()
afterAll(() => dir[Symbol.dispose]())
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => name !== 'NODE_OPTIONS'))
const run = (script: string, ...args: readonly string[]) =>
  spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', script, ...args], {
    encoding: 'utf8',
    env,
    cwd: root,
  })

describe('the demo', () => {
  const demo = (data: string, seed: number) =>
    run(
      join(root, 'src/main.ts'),
      'demo',
      '--once',
      '--accounts',
      '600',
      '--seed',
      String(seed),
      '--data',
      join(dir.path, data),
    )

  test('prints rings and its recall; another seed is another world', () => {
    const [one, again, other] = [demo('d', 1), demo('d', 1), demo('d', 2)]
    const table = (out: string) => out.slice(out.indexOf('RING'))

    expect([one.status, again.status, other.status]).toEqual([0, 0, 0])
    expect(one.stdout).toMatch(/Of \d+ planted rings \d+ were found \(recall [01]\.\d\d\)/)
    expect(table(again.stdout)).toBe(table(one.stdout))
    expect(table(other.stdout)).not.toBe(table(one.stdout))
  })

  test('never touches data it did not make', async () => {
    const mine = join(dir.path, 'mine')
    mkdirSync(mine)
    {
      await using _ = await openWriting(readConfig({ dataDir: mine }, {}))
    }

    const refused = demo('mine', 1)

    expect(refused.status).toBe(1)
    expect(refused.stderr).toContain('holds data of yours')
  })
})

test('the built package runs, its threads too', () => {
  expect(run(join(root, 'tools/build.mjs')).status).toBe(0)

  const built = run(
    join(root, 'dist/src/main.js'),
    'demo',
    '--once',
    '--accounts',
    '600',
    '--data',
    join(dir.path, 'built'),
  )

  expect(built.stderr).toBe('')
  expect(built.stdout).toContain('planted rings')
}, 60_000)

test('with the clock moved ten years the same events give the same state and the same rings', async () => {
  const world = join(dir.path, 'world')
  await writeWorld(world, { world: 'town', seed: 3, accounts: 600 })
  writeFileSync(join(world, 'key'), `${'ab'.repeat(32)}\n`)

  async function at(clock: number, name: string) {
    const config = readConfig({ dataDir: join(dir.path, name), keyFile: join(world, 'key') }, {})
    await using writing = await openWriting(config, () => clock)
    const counts = { read: 0, accepted: 0, duplicate: 0, conflict: 0, rejected: 0 }
    const target = localTarget('events', writing)
    await ingestFile(join(world, 'events.ndjson'), { mapping: undefined, target, counts })
    await target.settle()
    const { run: found, rings } = await detectOnce(config, writing.store, {})
    return { digest: await writing.store.digest(), asOf: found.asOf, rings }
  }

  const now = await at(Date.UTC(2026, 4, 1), 'now')
  const later = await at(Date.UTC(2036, 4, 1), 'later')

  expect(now.rings.length).toBeGreaterThan(3)
  expect(later).toEqual(now)
})
