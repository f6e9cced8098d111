import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { RetrainReport } from '../../graph/retrain.ts'
import { runCommand, runJson } from '../support/processes/command.ts'
import { ndjson, ringOf } from '../support/processes/deliveries.ts'
import { tempDir } from '../support/temp-dir.ts'

const dir = tempDir()
afterAll(() => dir[Symbol.dispose]())
const here = ['--data', join(dir.path, 'data')]

const written = (name: string, rows: readonly unknown[]): string => {
  const file = join(dir.path, name)
  writeFileSync(file, ndjson(rows))
  return file
}

beforeAll(async () => {
  await runCommand(['ingest', written('events.ndjson', ringOf('ring', 40)), ...here])
}, 60_000)

const label = (at: number) => ({
  account: `ring_${at}`,
  label: 'fraud',
  source: 'review',
  at: '2026-05-03T00:00:00Z',
})

test('without labels there are no models, and it is said how many are missing', async () => {
  const { code, stderr } = await runCommand(['retrain', ...here])

  expect(code).toBe(1)
  expect(stderr).toContain('from 30 accounts on that are labelled as fraud; there are 0')
}, 60_000)

test('with labels they are made, told of, chosen, left, and never changed', async () => {
  await runCommand([
    'label',
    written(
      'labels.ndjson',
      Array.from({ length: 32 }, (_, at) => label(at)),
    ),
    ...here,
  ])

  const made = await runCommand(['retrain', ...here])
  const [id = ''] = /models_[0-9a-f]{12}/.exec(made.stdout) ?? []
  const again = await runJson('retrain', ...here)
  const used = await runCommand(['models', 'use', id, ...here])
  const listed = await runJson('models', 'list', ...here)
  const shown = await runCommand(['models', 'show', id, ...here])

  expect(made.stdout).toContain('from 32 labels of fraud, 0 of victims, 0 of honest accounts')
  expect(made.stdout).toContain(`ringleader models use ${id}`)
  expect(again.rows).toMatchObject([{ id, report: { labels: { fraud: 32 } } }])
  expect(used.stdout).toContain(`${id} judges`)
  expect(listed.rows).toMatchObject([{ id, inForce: true }])
  expect(shown.stdout).toContain('WHAT WOULD CHANGE')

  await runCommand(['models', 'use', 'shipped', ...here])
  expect((await runJson('models', 'list', ...here)).rows).toMatchObject([{ id, inForce: false }])
  const unknown = await runCommand(['models', 'use', 'models_nobody', ...here])
  expect(unknown).toMatchObject({ code: 2, stderr: expect.stringContaining('ringleader models list') })
}, 120_000)

test('a verdict on a ring is known of its accounts, until it is taken back', async () => {
  await runCommand(['detect', ...here])
  const [ring] = (await runJson('rings', ...here)).rows as { ring: string }[]
  const reportOf = async () => (await runJson('retrain', ...here)).rows[0] as { report: RetrainReport }

  await runCommand(['decide', ring?.ring ?? '', 'benign', '--reason', 'one family', ...here])

  // Labels speak before verdicts: 32 of the 40 had one.
  expect((await reportOf()).report.labels).toMatchObject({ fraud: 32, legit: 8 })
  await runCommand(['decide', ring?.ring ?? '', 'retract', ...here])
  expect((await reportOf()).report.labels).toMatchObject({ fraud: 32, legit: 0 })
}, 120_000)
