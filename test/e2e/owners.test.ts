/** Who looks after a ring, on the command line. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { runCommand, runJson } from '../support/processes/command.ts'
import { ndjson, ringOf } from '../support/processes/deliveries.ts'
import { tempDir } from '../support/temp-dir.ts'

const dir = tempDir()
const on = ['--data', join(dir.path, 'data')]
afterAll(() => dir[Symbol.dispose]())

beforeAll(async () => {
  const events = join(dir.path, 'events.ndjson')
  writeFileSync(events, ndjson(ringOf('owned', 5)))
  await runCommand(['ingest', events, ...on])
  await runCommand(['detect', ...on])
}, 180_000)

test('a ring is given to somebody, found by that name, told, and given up', async () => {
  const ring = String((await runJson('rings', ...on)).rows[0]?.['ring'])

  const given = await runJson('assign', ring, 'J. Osei', ...on)
  const found = await runJson('rings', '--owner', 'J. Osei', ...on)
  const told = (await runJson('changes', '--ring', ring, ...on)).rows
  const both = await runJson('assign', ring, 'J. Osei', '--nobody', ...on)
  const left = await runJson('assign', ring, '--nobody', ...on)

  expect(given.rows).toMatchObject([{ ring, owner: { name: 'J. Osei' } }])
  expect(found.rows).toMatchObject([{ ring, owner: { name: 'J. Osei' } }])
  expect(told).toContainEqual(expect.objectContaining({ type: 'ring.assigned', owner: 'J. Osei' }))
  expect(both.code).toBe(2)
  expect(left.rows).toEqual([{ ring, owner: null }])
  expect((await runJson('rings', '--owner', 'J. Osei', ...on)).rows).toEqual([])
}, 120_000)
