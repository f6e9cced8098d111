/** What people look a ring or an account up with at a terminal. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { runCommand, runJson } from '../support/processes/command.ts'
import { ndjson, ringOf } from '../support/processes/deliveries.ts'
import { tempDir } from '../support/temp-dir.ts'

const dir = tempDir()
afterAll(() => dir[Symbol.dispose]())

const on = ['--data', join(dir.path, 'data')]

describe('at a terminal', () => {
  beforeAll(async () => {
    const file = join(dir.path, 'events.ndjson')
    writeFileSync(file, `${ndjson(ringOf('farm', 6))}\n`)
    await runJson('ingest', file, ...on)
    await runJson('detect', ...on)
  }, 60_000)

  test('a brief answers six questions, and says which ring is not there', async () => {
    const ring = String((await runJson('rings', ...on)).rows[0]?.['ring'])

    const told = await runCommand(['brief', ring, ...on])

    expect(told.stdout.match(/^.*\?$/gm)?.slice(0, 6)).toEqual([
      'What is it?',
      'How sure are we?',
      'What ties it together?',
      'Who is at risk?',
      'What should we do?',
      'What would change our mind?',
    ])
    expect((await runJson('brief', ring, ...on)).rows).toMatchObject([{ ring, howSure: { interval: {} } }])
    expect(await runJson('brief', 'ring_9_nope', ...on)).toMatchObject({ code: 2 })
  })

  test('a graph is written as GraphML, CSV or JSON', async () => {
    const ring = String((await runJson('rings', ...on)).rows[0]?.['ring'])

    const [xml, csv, json] = await Promise.all(
      ['graphml', 'csv', 'json'].map((format) => runCommand(['graph', ring, '--format', format, ...on])),
    )

    const { uses } = JSON.parse(json?.stdout ?? '') as { uses: readonly unknown[] }
    expect(xml?.stdout.match(/<edge /g)).toHaveLength(uses.length)
    expect(csv?.stdout.trim().split('\r\n')).toHaveLength(uses.length + 1)
  })

  test('an account shows what it uses', async () => {
    const told = await runCommand(['account', 'farm_0', ...on])
    const { rows } = await runJson('account', 'farm_0', ...on)

    expect(told.stdout).toMatch(/^farm_0 {2}risk /)
    expect(told.stdout).toMatch(/device \S+ +6 /)
    expect(rows).toMatchObject([{ account: 'farm_0', risk: { known: true } }])
    expect(await runJson('account', 'nobody', ...on)).toMatchObject({ code: 2 })
  })
})
