import { expect, test } from '@jest/globals'
import { type Entry, entriesOf, entryWords } from '../../../graph/explain/entry.ts'
import type { VictimStory } from '../../../graph/explain/takeover.ts'
import type { StoredEvent } from '../../../graph/model.ts'
import { indexedState } from '../../support/core/indexed-state.ts'
import { day, seen, start, stateOf } from '../../support/core/states.ts'

const munich = '48.1,11.6'
const vilnius = '54.7,25.3'

const placed = (event: StoredEvent, place: string | undefined): StoredEvent => ({
  ...event,
  identifiers: event.identifiers.map((one) =>
    one.kind === 'ip' && place !== undefined ? { ...one, place } : one,
  ),
})
const atHome = (n: number, place: string | undefined = munich) =>
  placed(seen('ada', ['device:own', `ip:home${n % 2}`], { at: start - (n + 1) * day }), place)
const entered = (place?: string, more: Partial<Parameters<typeof seen>[2]> = {}) =>
  placed(seen('ada', ['device:thief', 'ip:away'], { at: start, ...more }), place)

const story: VictimStory = {
  account: 'ada',
  at: start,
  met: [{ kind: 'device', ref: 'thief', mask: '', firstAt: start, victims: 2 }],
  changed: [],
  paid: [],
  safe: [],
  risk: 0,
  compromise: 1,
  aftermath: { sessions: 0, emails: [], payouts: [], money: [] },
}

async function entryOf(events: readonly StoredEvent[]): Promise<Entry | undefined> {
  const state = await indexedState(stateOf(events))
  const states = new Map((await state.accounts(['ada'])).map((one) => [one.account, one]))
  return (await entriesOf(state, [story], states)).get('ada')
}

test('the address somebody came by is told with how far it is from where the owner mostly was', async () => {
  const elsewhere = placed(seen('ada', ['device:own', 'ip:trip'], { at: start - 9 * day }), vilnius)

  const entry = await entryOf([atHome(0), atHome(1), atHome(2), elsewhere, entered(vilnius)])

  expect(entry).toMatchObject({ kind: 'ip', ref: 'away', home: { days: 3 }, kmFromHome: 1200 })
  expect(entry && entryWords(entry)).toBe('Entered from away, some 1200 km from home')
})

test('what was done from there later moves no home, and one day makes none', async () => {
  const later = [1, 2, 3, 4].map((n) => entered(vilnius, { at: start + n * day }))

  expect(await entryOf([atHome(0), atHome(1), entered(vilnius), ...later])).toMatchObject({
    kmFromHome: 1200,
  })
  expect((await entryOf([atHome(0), entered(vilnius)]))?.home).toBeUndefined()
})

test('what no table places is not known, and is not guessed', async () => {
  const nowhere = await entryOf([atHome(0), atHome(1), entered()])
  const homeless = await entryOf([entered(vilnius)])
  const near = await entryOf([atHome(0), atHome(1), entered(munich)])
  const addressless = await entryOf([atHome(0), seen('ada', ['device:thief'], { at: start })])

  expect(nowhere?.kmFromHome).toBeUndefined()
  expect(nowhere && entryWords(nowhere)).toBe('Entered from away; where that is, is not known')
  expect(homeless && entryWords(homeless)).toBe('Entered from away; where it is at home is not known')
  expect(near && entryWords(near)).toBe('Entered from away, near home')
  expect(addressless).toBeUndefined()
})

test('an address is known by the session it shares with what was new', async () => {
  const known = placed(seen('ada', ['ip:away'], { at: start - day, session: 's' }), vilnius)
  const thief = seen('ada', ['device:thief'], { at: start, session: 's' })

  expect(await entryOf([atHome(1), atHome(2), known, thief])).toMatchObject({ ref: 'away', kmFromHome: 1200 })
})
