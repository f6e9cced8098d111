/** Who did what, on the command line. */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { runCommand, runJson } from '../support/processes/command.ts'
import { tempDir } from '../support/temp-dir.ts'

const dir = tempDir()
const data = ['--data', join(dir.path, 'data')]
afterAll(() => dir[Symbol.dispose]())

let head: string
beforeAll(async () => {
  for (const name of ['a', 'b', 'c'])
    await runJson('keys', 'create', '--name', name, '--scope', 'ingest', ...data)
  const { rows } = await runJson('audit', 'verify', ...data)
  head = String(rows[0]?.['head'])
}, 120_000)

function altered<T>(statement: string, undo: string, work: () => Promise<T>): Promise<T> {
  const run = (text: string): void => {
    using database = new DatabaseSync(join(dir.path, 'data', 'ringleader.db'))
    database.exec(text)
  }
  run(statement)
  return work().finally(() => run(undo))
}

test('lists what was done, and says that nothing was altered', async () => {
  const [listed, rest, whole] = [
    await runJson('audit', ...data),
    await runCommand(['audit', 'list', '--after', '2', ...data]),
    await runCommand(['audit', 'verify', '--head', head, ...data]),
  ]

  expect(listed.rows.map(({ seq, action }) => [seq, action])).toEqual(
    [1, 2, 3].map((seq) => [seq, 'key.made']),
  )
  expect(rest.stdout.match(/key\.made/g)).toHaveLength(1)
  expect([whole.code, whole.stdout]).toEqual([0, expect.stringContaining(head)])
}, 60_000)

test('names the row that was altered, and fails', async () => {
  const edit = (from: string, to: string) =>
    `UPDATE audit SET body = replace(body, '"action":"${from}"', '"action":"${to}"') WHERE seq = 2`
  const { code, stdout, stderr } = await altered(
    edit('key.made', 'key.revoked'),
    edit('key.revoked', 'key.made'),
    () => runCommand(['audit', 'verify', ...data]),
  )

  expect([code, stdout]).toEqual([1, ''])
  expect(stderr).toContain('Row 2 is broken: it was changed. The 1 rows before it are good')
}, 60_000)

test('tells by a head that was kept whether the end is another, and refuses what is no head', async () => {
  const other = `${head.slice(0, -1)}${head.endsWith('0') ? '1' : '0'}`
  const [told, wrong] = [
    await runJson('audit', 'verify', '--head', other, ...data),
    await runCommand(['audit', 'verify', '--head', 'latest', ...data]),
  ]

  expect([told.code, told.rows[0]]).toEqual([
    1,
    {
      isWhole: false,
      rows: 2,
      head: null,
      broken: { seq: 3, why: 'it is not the row of the head you kept' },
    },
  ])
  expect([wrong.code, wrong.stderr]).toEqual([
    2,
    expect.stringContaining('--head must be as audit verify printed it'),
  ])
}, 60_000)
