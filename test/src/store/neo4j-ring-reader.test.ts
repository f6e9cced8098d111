/** Reads of rings that publishes overtake. */
import { expect, test } from '@jest/globals'
import type { Run } from '../../../src/store/neo4j/bolt.ts'
import { ringReader } from '../../../src/store/neo4j/ring-reader.ts'

/** A reader of a Neo4j that answers these rows, one list a call, and the last for ever. */
function readerOf(...answers: readonly (readonly { state: string | null }[])[]) {
  let calls = 0
  const read = (async () => answers[Math.min(calls++, answers.length - 1)]) as unknown as Run
  return ringReader({ read })
}

const state = JSON.stringify({ id: 'ring_a' })

test('rings that two publishes have overtaken are read again', async () => {
  const overtaken = [{ state }, { state: null }]

  expect(await readerOf(overtaken, [{ state }]).rings({})).toEqual([{ id: 'ring_a' }])
  expect(await readerOf([{ state: null }], [{ state }]).ring('ring_a')).toEqual({ id: 'ring_a' })
})

test('a read that is overtaken again and again says so', async () => {
  await expect(readerOf([{ state: null }]).rings({})).rejects.toThrow('faster than they can be read')
})
