import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { writeWorld } from '../../range/write.ts'
import { tempDir } from '../support/temp-dir.ts'
import { makeWorld } from './made-world.ts'

const order = { world: 'quiet', seed: 4, accounts: 4_100 }

test('the files hold what was generated, line by line, and replace those of another world', async () => {
  using dir = tempDir()
  const into = join(dir.path, 'new', 'world')
  await writeWorld(into, { ...order, accounts: 6_000 })

  const counts = await writeWorld(into, order)

  const made = await makeWorld(order)
  const read = (name: string) => readFileSync(join(into, name), 'utf8')
  expect(readdirSync(into).toSorted()).toEqual(['events.ndjson', 'labels.ndjson', 'truth.ndjson'])
  expect(read('events.ndjson') === `${made.lines.events.join('\n')}\n`).toBe(true)
  expect(read('labels.ndjson')).toBe(`${made.lines.labels.join('\n')}\n`)
  expect(read('truth.ndjson') === `${made.lines.truth.join('\n')}\n`).toBe(true)
  expect(counts).toEqual(made.counts)
})

test('a file that cannot be written is an error the caller gets', async () => {
  using dir = tempDir()
  mkdirSync(join(dir.path, 'labels.ndjson'))

  await expect(writeWorld(dir.path, order)).rejects.toThrow('EISDIR')
})
