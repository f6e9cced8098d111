/** What the next run would publish were something said, against the run once it was. */
import { describe, expect, test } from '@jest/globals'
import { fateRings, type Saying } from '../../graph/foretold.ts'
import type { Ring } from '../../graph/ring.ts'
import { makePublication } from '../../src/engine/make-publication.ts'
import { residentDetection } from '../../src/engine/resident.ts'
import { day, seen, start } from '../support/core/states.ts'
import { kindOf, names } from '../support/core/tables.ts'
import type { OpenStore } from './open-store.ts'

const gang = names(5, 'gang')
const family = names(3, 'home')
const world = [
  ...(['signup', 'payment_failed', 'chargeback'] as const).flatMap((type) =>
    gang.map((account) => seen(account, ['device:farm', 'payment:card'], { type })),
  ),
  ...family.map((account) => seen(account, ['device:tablet', 'address:mill'], { type: 'signup' })),
  seen('stranger', ['device:own'], { at: start + day }),
]
const about = [...gang, ...family, 'stranger']

export function foretellContract(open: OpenStore): void {
  async function opened() {
    const store = await open()
    const resident = residentDetection()
    const publish = async () => {
      const publication = await makePublication(store, { kindOf, policy: 'test', clock: () => 1, resident })
      await store.publish(publication)
      return publication.run.version
    }
    await store.record(world)
    return { store, resident, publish, run: await publish() }
  }

  describe.each<[string, Saying]>([
    ['two are one actor', { kind: 'same_actor', subjects: ['gang000', 'stranger'] }],
    ['two are not the same', { kind: 'not_the_same', subjects: ['gang000', 'gang001'] }],
    ['some are a household', { kind: 'household', subjects: gang }],
    ['an identifier is anybody’s', { kind: 'shared_by_design', subjects: ['device:farm'] }],
    ['one is a victim', { kind: 'role', role: 'victim', subjects: ['gang000'] }],
  ])('that %s', (_name, saying) => {
    test('is published as it was foretold', async () => {
      const { store, resident, publish, run } = await opened()
      await using _ = store

      const found = await resident.foretell(store, { about, ifs: [[saying], []] })
      const before = await store.rings({ status: 'active' })
      await store.assert({ ...saying, id: 'as_1', author: 'eve', reason: 'seen', at: 1 })
      await publish()
      const after = await store.rings({ status: 'active' })

      const told = (rings: readonly Ring[]) => fateRings(rings, { about: new Set(about), published: run })
      expect(found).toMatchObject({
        run,
        before: told(before),
        after: [{ rings: told(after) }, { rings: told(before), others: 0 }],
      })
      expect(told(after)).not.toEqual(told(before))
    })
  })

  test('is told of nobody else, and counts them', async () => {
    const { store, resident } = await opened()
    await using _ = store

    const supposed: Saying = { kind: 'shared_by_design', subjects: ['device:farm'] }
    const all = await resident.foretell(store, { about: gang, ifs: [[supposed]] })
    const one = await resident.foretell(store, { about: ['stranger'], ifs: [[supposed]] })

    expect(all?.after[0]?.others).toBe(0)
    expect(one).toMatchObject({ before: [], after: [{ rings: [], others: 5 }] })
  })

  test('is told only by whoever found what is published, and obeys all that was said', async () => {
    const { store, resident, publish } = await opened()
    await using _ = store
    const order = { about: ['stranger'], ifs: [[]] }

    expect(await residentDetection().foretell(store, order)).toBeUndefined()
    await store.assert({
      id: 'as_1',
      kind: 'household',
      subjects: family,
      author: 'eve',
      reason: 'seen',
      at: 1,
    })
    expect(await resident.foretell(store, order)).toBeUndefined()
    await publish()
    expect(await resident.foretell(store, order)).toBeDefined()
    await store.publish(await makePublication(store, { kindOf, policy: 'test', clock: () => 1 }))
    expect(await resident.foretell(store, order)).toBeUndefined()
  })
}
