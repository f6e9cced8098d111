/** Rings through runs over a store: what ended is known again. */
import { expect, test } from '@jest/globals'
import type { Assertion } from '../../../graph/model.ts'
import { ringMemory } from '../../../src/engine/known-rings.ts'
import { makePublication } from '../../../src/engine/make-publication.ts'
import { seen } from '../../support/core/states.ts'
import { kindOf, names } from '../../support/core/tables.ts'
import { openTempStore } from '../../support/stores/embedded.ts'

const [gang, mob] = [names(5, 'gang'), names(3, 'mob')]
const world = [
  ...gang.map((account) => seen(account, ['device:farm'])),
  ...mob.map((account) => seen(account, ['device:shed'])),
]

test.each<[string, Pick<Assertion, 'kind' | 'subjects'>, string]>([
  ['was absorbed', { kind: 'same_actor', subjects: [...gang, ...mob] }, 'merged'],
  ['dissolved', { kind: 'shared_by_design', subjects: ['device:shed'] }, 'dissolved'],
])('a ring that %s has its id again when it comes back', async (_name, said, status) => {
  await using store = await openTempStore()
  await store.record(world)
  const publish = async () => {
    const publication = await makePublication(store, { kindOf, policy: 'test', clock: () => 1 })
    await store.publish(publication)
    return (
      publication.rings.find(({ members }) => members.some(({ account }) => account === mob[0]))?.id ?? ''
    )
  }
  const assertion = { id: 'as_1', author: 'eve', reason: 'seen', at: 1, ...said }

  const id = await publish()
  await store.assert(assertion)
  await publish()
  const ended = await store.ring(id)
  await store.assert({ ...assertion, retractedAt: 2 })

  expect(ended?.status).toBe(status)
  expect(await publish()).toBe(id)
  expect(await store.ring(id)).toMatchObject({ status: 'active', bornVersion: 1, version: 3 })
})

test('who remembers the rings it published reads them no more, and publishes the same', async () => {
  await using store = await openTempStore()
  await store.record(world)
  const memory = ringMemory()
  const reads: number[] = []
  const counting = {
    ...store,
    rings: (...filter: Parameters<typeof store.rings>) => {
      reads.push(1)
      return store.rings(...filter)
    },
  }
  const options = { kindOf, policy: 'test', clock: () => 1 }
  await store.publish(await makePublication(counting, { ...options, ringMemory: memory }))
  const readAtFirst = reads.length
  await store.record([seen('newcomer', ['device:farm'])])

  const remembering = await makePublication(counting, { ...options, ringMemory: memory })

  expect(reads).toHaveLength(readAtFirst)
  expect(remembering).toEqual(await makePublication(store, options))
})
