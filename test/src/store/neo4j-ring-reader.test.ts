/** Reads of rings that publishes overtake. */
import { expect, test } from '@jest/globals'
import type { Run } from '../../../src/store/neo4j/bolt.ts'
import { ringReader } from '../../../src/store/neo4j/ring-reader.ts'

interface Row {
  readonly state: string | null
  readonly owner: string | null
  readonly since: number | null
}

/** A reader of a Neo4j that answers these rows, one list a call, and the last for ever. */
function readerOf(...answers: readonly (readonly Row[])[]) {
  let calls = 0
  const read = (async () => answers[Math.min(calls++, answers.length - 1)]) as unknown as Run
  return ringReader({ read })
}

const known: Row = { state: JSON.stringify({ id: 'ring_a' }), owner: null, since: null }
const forgotten: Row = { ...known, state: null }

test('rings that two publishes have overtaken are read again', async () => {
  const overtaken = [known, forgotten]

  expect(await readerOf(overtaken, [known]).rings({})).toEqual([{ id: 'ring_a' }])
  expect(await readerOf([forgotten], [known]).ring('ring_a')).toEqual({ id: 'ring_a' })
})

test('a read that is overtaken again and again says so', async () => {
  await expect(readerOf([forgotten]).rings({})).rejects.toThrow('faster than they can be read')
})
