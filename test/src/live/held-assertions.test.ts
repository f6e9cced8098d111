/** What people say counts for who comes between two runs too. */
import { expect, test } from '@jest/globals'
import type { Assertion, StoredEvent } from '../../../graph/model.ts'
import { heldAssertions } from '../../../src/live/held-assertions.ts'
import { liveLinks } from '../../../src/live/live-links.ts'
import { snapshotHolder } from '../../../src/snapshot/holder.ts'
import { farm, farmEvents, ring, snapshotOf } from '../../support/core/farm-snapshot.ts'
import { day, seen, start } from '../../support/core/states.ts'
import { kindOf } from '../../support/core/tables.ts'

const saidOf = (kind: Assertion['kind'], subjects: readonly string[]): Assertion => ({
  id: `as_${kind}`,
  kind,
  subjects,
  author: 'ada',
  reason: 'r',
  at: 1,
})

async function served(assertions: readonly Assertion[], events: readonly StoredEvent[] = farmEvents) {
  const snapshots = snapshotHolder()
  const store = { assertions: async () => assertions }
  const said = heldAssertions(store, snapshots)
  const live = liveLinks({ snapshots, kindOf, said })
  await snapshots.swap(await snapshotOf(events))
  return { live, said, store, snapshots }
}

const inNetwork = (event: StoredEvent): StoredEvent => ({
  ...event,
  identifiers: [...event.identifiers, { kind: 'ip24', ref: 'farm', mask: '' }],
})

const comes = seen('new', ['device:farm'], { at: start + day })

test('who is said not to be the same as a ring’s accounts is not answered as of it by what they share', async () => {
  const { live: without } = await served([])
  const { live } = await served([saidOf('not_the_same', ['new', ...farm])])

  await without.see([comes])
  await live.see([comes])

  expect(without.of('new')?.ring.id).toBe(ring.id)
  expect(live.of('new')).toBeUndefined()
})

test('nor who came with what is shared by design', async () => {
  const { live } = await served([saidOf('shared_by_design', ['device:farm'])])

  await live.see([comes])

  expect(live.of('new')).toBeUndefined()
})

test('nor is anybody likelier to be of a ring for a facet that is shared by design', async () => {
  const [events, comesBy] = [farmEvents.map(inNetwork), { ...comes, type: 'signup' as const, at: start }]
  const membershipOf = async (event: StoredEvent, ...assertions: readonly Assertion[]) => {
    const { live } = await served(assertions, events)
    await live.see([event])
    return live.of('new')?.membership
  }

  const bare = await membershipOf(comesBy)

  expect(await membershipOf(inNetwork(comesBy))).toBeGreaterThan(bare ?? 1)
  expect(await membershipOf(inNetwork(comesBy), saidOf('shared_by_design', ['ip24:farm']))).toBe(bare)
})

test('while the store is away what was read last is held to', async () => {
  const { said, store, snapshots } = await served([saidOf('shared_by_design', ['device:farm'])])
  store.assertions = () => Promise.reject(new Error('away'))

  await snapshots.swap(await snapshotOf())

  expect([...said.now().shared.keys()]).toEqual(['device:farm'])
})
