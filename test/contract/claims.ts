/** Of several runs that are announced only the newest may publish. */
import { expect, test } from '@jest/globals'
import type { LinkStore } from '../../graph/ports.ts'
import { publicationsOf } from '../support/core/publications.ts'
import type { OpenStore } from './open-store.ts'

const [published] = publicationsOf([
  new Map([
    [
      'ring_a',
      {
        head: {
          class: 'uncertain' as const,
          risk: 0.5,
          firstSeen: 1,
          lastSeen: 2,
          topEvidence: [],
          reasons: [],
        },
        members: [],
      },
    ],
  ]),
])
if (!published) throw new Error('no publication')
const { publication } = published

const visible = async (store: LinkStore) => ({
  run: await store.published(),
  rings: await store.rings({}),
  changes: await store.changes({ limit: 10 }),
})
const nothing = { run: undefined, rings: [], changes: [] }
const all = { run: publication.run, rings: publication.rings, changes: publication.changes }

export function claimContract(open: OpenStore): void {
  test('of two runs the one that was announced last may publish, whichever ends first', async () => {
    await using store = await open()
    const given = await store.claim()
    const newest = await store.claim()

    await expect(store.publish(publication, given)).rejects.toMatchObject({ code: 'publish_conflict' })
    const before = await visible(store)
    await store.publish(publication, newest)

    expect(newest).toBeGreaterThan(given)
    expect(before).toEqual(nothing)
    expect(await visible(store)).toEqual(all)
  })

  test('publishing again under the same claim changes nothing, under another it is refused', async () => {
    await using store = await open()
    const claim = await store.claim()
    await store.publish(publication, claim)

    await store.publish(publication, claim)
    const refused = store.publish(publication, await store.claim())

    await expect(refused).rejects.toMatchObject({ code: 'publish_conflict' })
    expect(await visible(store)).toEqual(all)
  })
}
