import { describe, expect, test } from '@jest/globals'
import { openEmbeddedStore } from '../../../src/store/sqlite/store.ts'
import { eventOf, noon, seen } from '../../support/core/events.ts'
import { keyFingerprint, openRows, openTempStore } from '../../support/stores/embedded.ts'
import { tempDir } from '../../support/temp-dir.ts'

describe('joining all that waits, account by account', () => {
  test('notes who comes with a watched identifier in the order of the log', async () => {
    await using store = await openTempStore()
    await store.saveTripwire({
      id: 'trip_1',
      author: 'eve',
      reason: 'confirmed',
      at: 5,
      spared: [],
      identifiers: [{ kind: 'device', ref: 'd1', mask: '' }],
      unwired: [],
    })
    const came = ['cem', 'ada', 'bob']
    await store.accept(
      came.map((account, i) => eventOf({ id: `e${i}`, account, identifiers: [seen('device', 'd1')] })),
    )

    await store.foldAll()

    expect(await store.notes({ limit: 9 })).toMatchObject(came.map((account) => ({ account })))
  })

  const worlds = [1, 2].map((day) =>
    Array.from({ length: 2_600 }, (_, i) =>
      eventOf({
        id: `${day}.${i}`,
        at: noon + day * 86_400_000 + i,
        account: `a${i % (700 + day)}`,
        session: `s${i % 9}`,
        identifiers: [seen('device', `d${i % 811}`), seen('target', `t${i % 13}`)],
        relations: [{ account: `b${i % 5}`, relation: 'paid' }],
      }),
    ),
  )

  test('by a thread gives what joining one after the other gives, and so does rebuilding', async () => {
    using dir = tempDir()
    await using store = openEmbeddedStore({ dataDir: dir.path, keyFingerprint, foldThreadFrom: 1 })
    await using plainly = await openTempStore()

    for (const world of worlds) {
      await plainly.record(world)
      await store.accept(world)
      const told: [done: number, of: number][] = []
      await store.foldAll((...progress) => told.push(progress))
      expect(told.length).toBeGreaterThan(1)
      expect(told.at(-1)).toEqual([world.length, world.length])
      expect(told).toEqual(told.toSorted(([a], [b]) => a - b))
    }

    const { digest } = await plainly.digest()
    expect(await store.digest()).toMatchObject({ digest })
    await store.rebuild()
    expect(await store.digest()).toMatchObject({ digest })
    expect(await store.progress()).toMatchObject({ newestAt: (await plainly.progress()).newestAt })
  })

  test.each([1, 9_999])('joins all or nothing (a thread from %i events)', async (foldThreadFrom) => {
    using dir = tempDir()
    await using store = openEmbeddedStore({ dataDir: dir.path, keyFingerprint, foldThreadFrom })
    await store.accept(worlds.flat())
    const before = await store.digest()
    {
      using rows = openRows(dir.path)
      rows.exec(`UPDATE event SET body = json_remove(body, '$.identifiers') WHERE seq = 5000`)
    }

    await expect(store.foldAll()).rejects.toThrow('identifiers')

    expect(await store.digest()).toEqual(before)
    expect(await store.waiting()).toBe(5_200)
    await store.accept([eventOf({ id: 'later' })])
    expect(await store.waiting()).toBe(5_201)
  })

  test('is a change of which nobody is told what it joined', async () => {
    await using store = await openTempStore()
    await store.record([eventOf({ id: 'e1' })])
    const { changes } = await store.progress()
    await store.accept([eventOf({ id: 'e2', account: 'bob' })])

    await store.foldAll()
    await store.foldAll()

    expect(await store.waiting()).toBe(0)
    expect((await store.progress()).changes).toBe(changes + 1)
    expect(await store.changedSince(changes)).toBeUndefined()
  })
})
