/** What people hold to be true, on the command line. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { runCommand, runJson } from '../support/processes/command.ts'
import { ndjson, ringOf, sentEvent } from '../support/processes/deliveries.ts'
import { tempDir } from '../support/temp-dir.ts'

const dir = tempDir()
const on = ['--data', join(dir.path, 'data')]
afterAll(() => dir[Symbol.dispose]())

beforeAll(async () => {
  const events = join(dir.path, 'events.ndjson')
  writeFileSync(events, ndjson([...ringOf('farm', 5), sentEvent('lone', { identifiers: { device: 'own' } })]))
  await runCommand(['ingest', events, ...on])
  await runCommand(['detect', ...on])
}, 60_000)

const why = ['--reason', 'one face on all papers']
const all = ['farm_0', 'farm_1', 'farm_2', 'farm_3', 'farm_4', 'lone']

test('what is asserted is listed, explained, obeyed by the next run, and taken back', async () => {
  const explained = async () => (await runJson('explain', 'farm_0', 'lone', ...on)).rows[0]?.['linked']
  const same = ['assert', 'same-actor', ...all, ...why, '--expires', '2031-01-01', ...on]

  const made = await runJson(...same)
  const again = await runJson(...same)
  const isLinked = await explained()
  const told = await runCommand(['explain', 'farm_0', 'lone', ...on])
  const listed = await runCommand(['assert', 'list', ...on])
  await runCommand(['detect', ...on])
  const members = (await runJson('members', ...on)).rows.map(({ account }) => account)
  const id = String(made.rows[0]?.['id'])
  const taken = await runCommand(['assert', 'retract', id, ...on])
  const twice = await runJson('assert', 'retract', id, ...on)

  expect([made.code, again.code, taken.code, twice.code]).toEqual([0, 0, 0, 2])
  expect([made, again].map(({ rows }) => [rows[0]?.['id'], rows[0]?.['isNew']])).toEqual([
    [id, true],
    [id, false],
  ])
  expect(isLinked).toBe(true)
  expect(told.stdout).toMatch(/one actor, says .+ \(one face on all papers\)/)
  expect(listed.stdout).toMatch(/same actor +farm_0, .+, lone +until 2031-01-01/)
  expect(members).toEqual(all)
  expect(taken.stdout).toContain('taken back')
  expect((await runJson('assert', 'list', ...on)).rows).toEqual([])
  expect((await runJson('assert', 'list', '--all', ...on)).rows).toMatchObject([
    { id, kind: 'same_actor', subjects: all, stands: false, retractedAt: expect.any(String) },
  ])
  expect(await explained()).toBe(false)
}, 120_000)

test.each([
  ['an account nobody named', ['household', 'farm_0', 'nobody', ...why]],
  ['a role without one', ['role', 'lone', ...why]],
  ['no reason', ['same-actor', 'farm_0', 'lone']],
  ['an expiry that is no day', ['same-actor', 'farm_0', 'lone', ...why, '--expires', 'soon']],
])('%s is wrong usage', async (_name, args) => {
  expect((await runCommand(['assert', ...args, ...on])).code).toBe(2)
})
