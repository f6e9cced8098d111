/** Who did what, and what a verdict was taken on: told, and checked, on the command line. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { runCommand, runJson } from '../support/processes/command.ts'
import { ndjson, ringOf } from '../support/processes/deliveries.ts'
import { tempDir } from '../support/temp-dir.ts'

describe('the audit', () => {
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
})

describe('receipts', () => {
  const dir = tempDir()
  const data = ['--data', join(dir.path, 'data')]
  const file = join(dir.path, 'receipt.json')
  afterAll(() => dir[Symbol.dispose]())

  let decision: string
  let hash: string
  beforeAll(async () => {
    const events = join(dir.path, 'events.ndjson')
    writeFileSync(events, ndjson(ringOf('kept', 5)))
    await runCommand(['ingest', events, ...data])
    await runCommand(['detect', ...data])
    const [ring] = (await runJson('rings', ...data)).rows
    const made = await runJson('decide', String(ring?.['ring']), 'confirm', '--reason', 'one face', ...data)
    decision = String(made.rows[0]?.['id'])
    hash = String(made.rows[0]?.['receipt'])
  }, 180_000)

  const verify = (...more: readonly string[]) => runJson('receipt', 'verify', ...more, ...data)

  test('a receipt is written to a file that holds by itself, and to the store', async () => {
    const written = await runCommand(['receipt', 'export', decision, '--out', file, ...data])
    const alone = await runCommand(['receipt', 'verify', file, '--hash', hash])
    const [held, stored] = [await verify(file, '--stored'), await verify(decision)]

    expect([written.code, written.stdout]).toEqual([0, expect.stringContaining(hash)])
    expect([alone.code, alone.stdout]).toEqual([0, expect.stringContaining(`${hash} is as it was sealed`)])
    for (const { code, rows } of [held, stored])
      expect([code, rows[0]]).toMatchObject([
        0,
        { hash, isWhole: true, differs: [], row: { seq: expect.any(Number) } },
      ])
  }, 120_000)

  test('one that was altered fails, and says where', async () => {
    const forged = join(dir.path, 'forged.json')
    writeFileSync(forged, readFileSync(file, 'utf8').replace('"risk":0', '"risk":1'))
    const [alone, held] = [await runCommand(['receipt', 'verify', forged]), await verify(forged, '--stored')]
    const other = await verify(decision, '--hash', 'ab'.repeat(32))

    expect([alone.code, alone.stdout, alone.stderr]).toEqual([
      1,
      '',
      expect.stringMatching(/\/parts\/\w+: it was altered/),
    ])
    expect([held.code, held.rows[0]]).toMatchObject([
      1,
      {
        differs: expect.arrayContaining([
          { pointer: expect.stringMatching(/risk$/), why: 'it is not what the store has' },
        ]),
      },
    ])
    expect([other.code, other.rows[0]]).toMatchObject([1, { differs: [{ pointer: '/hash' }] }])
  }, 120_000)

  test('what is no receipt, no decision or no hash is refused', async () => {
    const [text, nothing, short] = [
      await runCommand(['receipt', 'verify', join(dir.path, 'events.ndjson')]),
      await runCommand(['receipt', 'verify', 'dec_nope', ...data]),
      await runCommand(['receipt', 'verify', file, '--hash', 'ab']),
    ]

    expect([text.code, text.stderr]).toEqual([2, expect.stringContaining('This is no receipt')])
    expect([nothing.code, nothing.stderr]).toEqual([
      2,
      expect.stringContaining('neither a file nor a decision'),
    ])
    expect([short.code, short.stderr]).toEqual([2, expect.stringContaining('--hash must be 64')])
  }, 120_000)
})
