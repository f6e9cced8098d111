/** Taking events in, joining them, and telling how far that is. */
import { expect, test } from '@jest/globals'
import { storedState } from '../support/core/compare-states.ts'
import { eventOf, labelOf, noon, seen } from '../support/core/events.ts'
import type { OpenStore } from './open-store.ts'

export function intakeContract(open: OpenStore): void {
  const login = eventOf({ id: 'e1', identifiers: [seen('device', 'd1')] })
  const contradiction = eventOf({ id: 'e1', at: noon + 1 })
  const other = eventOf({ id: 'e2', account: 'bob' })

  test('every event gets its receipt, in order', async () => {
    await using store = await open()

    const first = await store.accept([login, other, login, contradiction])
    const again = await store.accept([contradiction, eventOf({ id: 'e3' }), login])
    const nothing = await store.accept([])

    expect(first).toEqual(['accepted', 'accepted', 'duplicate', 'conflict'])
    expect(again).toEqual(['duplicate', 'accepted', 'duplicate'])
    expect(nothing).toEqual([])
  })

  test('a repeat looked up in newer tables is a duplicate, and yet its facts are joined', async () => {
    await using store = await open()
    const found = { ...login, tables: 2, identifiers: [seen('device', 'd1', { class: 'vpn', asn: 9 })] }
    await store.accept([login])
    while ((await store.foldSome()) > 0);

    const receipts = await store.accept([found])
    while ((await store.foldSome()) > 0);

    const [users] = await store.users([{ kind: 'device', ref: 'd1' }], { usesMax: 1 })
    expect(receipts).toEqual(['duplicate'])
    expect(users?.identifier).toMatchObject({ tables: 2, class: 'vpn', asn: 9 })
  })

  test('the same id with other content is joined like any other event', async () => {
    await using store = await open()

    await store.record([login, contradiction])

    const [ada] = await store.accounts(['ada'])
    expect(ada?.activities).toMatchObject([
      { type: 'login', lastAt: noon + 1, recent: [{ id: 'e1' }, { id: 'e1' }] },
    ])
  })

  test('accepted events wait until they are folded', async () => {
    await using store = await open()
    await store.accept([login, other])

    const before = { waiting: await store.waiting(), ada: await store.accounts(['ada']) }
    const folded = await store.foldSome()
    const after = { waiting: await store.waiting(), ada: await store.accounts(['ada']) }

    expect(before).toMatchObject({ waiting: 2, ada: [] })
    expect(folded).toBe(2)
    expect(after).toMatchObject({ waiting: 0, ada: [{ account: 'ada' }] })
    expect(await store.foldSome()).toBe(0)
  })

  test('folding in many steps loses nothing', async () => {
    await using store = await open()
    const events = Array.from({ length: 2_500 }, (_, i) => eventOf({ id: `e${i}`, account: `a${i % 1_300}` }))
    await store.accept(events)

    let folded = 0
    for (let some = await store.foldSome(); some > 0; some = await store.foldSome()) folded += some

    expect(folded).toBe(2_500)
    expect(await store.digest()).toMatchObject({ accounts: 1_300 })
  })

  test('recording a batch twice changes nothing', async () => {
    await using store = await open()
    const batch = [login, contradiction, other]
    await store.record(batch)
    const once = { state: await storedState(store), digest: await store.digest() }

    await store.record(batch)

    expect({ state: await storedState(store), digest: await store.digest() }).toEqual(once)
  })

  test('the number of changes grows with every change of the state', async () => {
    await using store = await open()
    const changes = async () => (await store.progress()).changes
    const seenChanges = [await changes()]
    const steps = [
      () => store.record([login]),
      () => store.label([labelOf()]),
      () =>
        store.assert({
          id: 'as_1',
          kind: 'same_actor',
          subjects: ['ada', 'bob'],
          author: 'eve',
          reason: '',
          at: 1,
        }),
      () => store.record([other]),
    ]

    for (const step of steps) {
      await step()
      seenChanges.push(await changes())
    }

    expect(seenChanges).toEqual([...new Set(seenChanges)].toSorted((a, b) => a - b))
  })

  test.each([
    ['today', noon],
    ['the first moment of 1970', 0],
    ['a day before 1970', -86_400_000],
  ])('the newest event may be of %s', async (_, at) => {
    await using store = await open()
    const empty = await store.progress()

    await store.record([at - 5, at, at - 7].map((time, i) => eventOf({ id: `e${i}`, at: time })))
    await store.record([eventOf({ id: 'late', at: at - 9 })])
    await store.label([labelOf({ at: noon + 999 })])

    expect(empty).toEqual({ changes: 0 })
    expect(await store.progress()).toMatchObject({ newestAt: at })
  })
}
