import { expect, test } from '@jest/globals'
import { touchedUp } from '../../../range/attacks/content/wares.ts'
import { Random } from '../../../range/random.ts'
import { crowdest, largestComponent, many, middle, ringed, share, signups } from './planned.ts'

const groupsOf = (hash: string): readonly string[] => [0, 4, 8, 12].map((from) => hash.slice(from, from + 4))

test('a picture touched up differs by two bits, in one of its four groups', () => {
  const random = new Random(3, 'picture')
  for (let count = 0; count < 500; count += 1) {
    const picture = 'e0f1fabce123f00d'
    const changed = touchedUp(picture, random)
    const bits = (BigInt(`0x${picture}`) ^ BigInt(`0x${changed}`)).toString(2).replaceAll('0', '')

    expect(changed).toMatch(/^([ef][0-9a-f]{3}){4}$/)
    expect(bits).toHaveLength(2)
    expect(groupsOf(changed).filter((group, n) => group !== groupsOf(picture)[n])).toHaveLength(1)
  }
})

test('sellers of forgeries show the same wares, and come back after they are reported', () => {
  const rings = many('counterfeit')
  const rebuilt: boolean[] = []
  const novelty: number[] = []

  for (const ring of rings) {
    const listed = ring.events.filter(({ action }) => action === 'list')
    const groups = listed.flatMap(({ identifiers }) => groupsOf(identifiers?.image ?? ''))
    const lives = [...Map.groupBy(ring.events, ({ account }) => account).values()]
    // A report comes when it comes, the seller gone or not.
    const gone = lives.map((events) =>
      Math.max(...events.filter(({ session }) => session).map(({ at }) => at)),
    )
    expect(new Set(listed.map(({ account }) => account)).size).toBe(ringed(ring).length)
    expect(new Set(groups).size).toBeLessThan(groups.length)
    novelty.push(new Set(groups).size / groups.length)
    rebuilt.push(...signups(ring).map(({ at }) => gone.some((leftAt) => leftAt < at)))
    expect(largestComponent(ring.events, ringed(ring), ['image', 'text', 'url', 'payout'])).toBeGreaterThan(1)
  }
  expect(middle(novelty)).toBeLessThan(0.4)
  expect(share(rebuilt, Boolean)).toBeGreaterThan(0.5)
  expect(share(rings, ({ events }) => events.some(({ type }) => type === 'report'))).toBeGreaterThan(0.9)
})

test('bought praise goes to few clients from many accounts', () => {
  const rings = many('fake_engagement')
  const actions = new Set<string>()

  for (const ring of rings) {
    const done = ring.events.filter(({ action }) => action !== undefined)
    const praised = Map.groupBy(done, ({ action, target }) => `${action}/${target}`)
    const crowds = [...praised.values()].map((events) => new Set(events.map(({ account }) => account)).size)
    for (const { action = '' } of done) actions.add(action)

    expect(new Set(done.map(({ account }) => account)).size).toBe(ringed(ring).length)
    expect(Math.max(...crowds)).toBeGreaterThanOrEqual(ringed(ring).length / 5)
  }
  expect(actions).toEqual(new Set(['review', 'follow', 'message']))
  expect(share(rings, ({ events }) => crowdest(events, 'text') > 2)).toBeGreaterThan(0.4)
})
