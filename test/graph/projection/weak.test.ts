import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { kindRegistry } from '../../../graph/identifiers/registry.ts'
import type { StoredEvent } from '../../../graph/model.ts'
import { day, seen, start } from '../../support/core/states.ts'
import { evidenceIn, linksIn, names, tableOf } from '../../support/core/tables.ts'
import { bandsOf, device, did, hash, linked, showed, world } from '../../support/core/weak-events.ts'

const minute = 60_000
const half = 7.5 * minute

const pairOf = (a: string, b: string): string => [a, b].toSorted().join('-')

/** What evidence a pair has beside the device that links it. */
async function besideDevice(events: readonly StoredEvent[]): Promise<number> {
  return ((await evidenceIn([...linked('ada', 'bob'), ...events])).get('ada-bob') ?? 0) - device
}

describe('doing the same to one target', () => {
  test('within one half of a window counts once, though both grids see it', async () => {
    const found = await besideDevice([did('ada', start), did('bob', start + half - 1)])

    expect(found).toBeCloseTo(Math.log(1.3), 5)
  })

  test('across the end of a half counts half, because one grid sees it', async () => {
    const found = await besideDevice([did('ada', start + half - 1), did('bob', start + half)])

    expect(found).toBeCloseTo(Math.log(1.3) / 2, 5)
  })

  test('a quarter of an hour later counts for nothing', async () => {
    expect(await besideDevice([did('ada', start), did('bob', start + 2 * half)])).toBeCloseTo(0, 9)
  })

  test('counts by who did it in that window, however many did it at other times', async () => {
    const others = names(300, 'x').map((account, i) => did(account, start + (i + 3) * day))

    const found = await besideDevice([did('ada', start), did('bob', start), ...others])

    expect(found).toBeCloseTo(Math.log(1.3), 5)
  })

  test('counts by all types of event together, and not by those that make no evidence', async () => {
    const paid = await besideDevice([did('ada', start, { type: 'payment' }), did('bob', start)])
    const failed = await besideDevice([did('ada', start, { type: 'login_failed' }), did('bob', start)])
    const reported = await besideDevice([
      did('ada', start),
      did('ada', start + day),
      did('bob', start, { type: 'report' }),
      did('bob', start + 2 * day),
    ])

    expect(paid).toBeCloseTo(Math.log(1.3), 5)
    expect([failed, reported]).toEqual([expect.closeTo(0, 9), expect.closeTo(0, 9)])
  })

  test('with more than 80 accounts in the window adds nothing', async () => {
    const crowd = (size: number) => names(size - 2, 'x').map((account) => did(account, start))

    const most = await besideDevice([did('ada', start), did('bob', start), ...crowd(80)])
    const tooMany = await besideDevice([did('ada', start), did('bob', start), ...crowd(81)])

    expect(most).toBeCloseTo(Math.log(1 + 0.3 / 79), 5)
    expect(tooMany).toBeCloseTo(0, 9)
  })

  test('adds up to one nat over all targets', async () => {
    const targets = Array.from({ length: 9 }, (_, i) => `target:t${i}`)
    const found = await besideDevice(['ada', 'bob'].map((who) => seen(who, targets, { type: 'other' })))

    expect(found).toBeCloseTo(1, 5)
  })
})

const agreeingWords = (a: string, b: string): number =>
  [0, 4, 8, 12].filter((i) => a.slice(i, i + 4) === b.slice(i, i + 4)).length

describe('pictures whose bands agree', () => {
  test('count from three bands on, each by who else shows it', async () => {
    await fc.assert(
      fc.asyncProperty(hash, hash, async (a, b) => {
        const agreeing = agreeingWords(a, b)

        const found = await besideDevice([showed('ada', a), showed('bob', b)])

        expect(found).toBeCloseTo(agreeing >= 3 ? agreeing * Math.log(1.1) : 0, 5)
      }),
    )
  })

  test('do not count where bands agree but stand in other places', async () => {
    const found = await besideDevice([showed('ada', '0000111122223333'), showed('bob', '3333000011112222')])

    expect(found).toBeCloseTo(0, 9)
  })

  test('do not count where it takes several pictures to make three', async () => {
    const pictures = ['0000aaaaaaaaaaaa', 'bbbb1111bbbbbbbb', 'cccccccc2222cccc']
    const found = await besideDevice([
      ...pictures.map((picture, i) => showed('ada', picture, start + i * minute)),
      showed('bob', '000011112222dddd'),
    ])

    expect(found).toBeCloseTo(0, 9)
  })

  test('halve with every week between the two', async () => {
    const found = await besideDevice([
      showed('ada', '0000111122223333'),
      showed('bob', '000011112222ffff', start + 7 * day),
    ])

    expect(found).toBeCloseTo((3 * Math.log(1.1)) / 2, 5)
  })

  test('add up to half a nat, and those of texts to another', async () => {
    const hashes = ['0000111122223333', '4444555566667777', '8888999900001111']
    const events = ['ada', 'bob'].flatMap((who) =>
      hashes.map((one, i) => {
        const bands = [...bandsOf(one), ...bandsOf(one, 'text')]
        return seen(who, bands, { type: 'other', at: start + i * minute })
      }),
    )

    expect(await besideDevice(events)).toBeCloseTo(1, 5)
  })
})

describe('weak evidence', () => {
  test('makes no pair and takes nothing from one', async () => {
    await fc.assert(
      fc.asyncProperty(world, async (events) => {
        const before = await evidenceIn(events.strong)
        const after = await evidenceIn([...events.strong, ...events.weak])

        expect([...after.keys()]).toEqual([...before.keys()])
        for (const [pair, evidence] of before) expect(after.get(pair)).toBeGreaterThanOrEqual(evidence)
      }),
    )
  })

  test('is within the caps of its kinds: target 1, address 1, bands of pictures .5', async () => {
    await fc.assert(
      fc.asyncProperty(world, async (events) => {
        const before = await evidenceIn(events.strong)
        const after = await evidenceIn([...events.strong, ...events.weak])

        for (const [pair, evidence] of before)
          expect((after.get(pair) ?? 0) - evidence).toBeLessThanOrEqual(2.5)
      }),
    )
  })

  test('does not depend on the order of events', async () => {
    await fc.assert(
      fc.asyncProperty(
        world.chain((events) => {
          const all = [...events.strong, ...events.weak]
          return fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))
        }),
        async ([events, shuffled]) => {
          expect(await evidenceIn(shuffled)).toEqual(await evidenceIn(events))
        },
      ),
    )
  })

  test('is the same whichever of two accounts comes first', async () => {
    const mirrored = new Map([
      ['ada', 'eve'],
      ['bob', 'dora'],
      ['cem', 'cem'],
      ['dora', 'bob'],
      ['eve', 'ada'],
    ])
    const mirror = (name: string) => mirrored.get(name) ?? name
    await fc.assert(
      fc.asyncProperty(world, async (events) => {
        const all = [...events.strong, ...events.weak]
        const straight = await evidenceIn(all)
        const turned = await evidenceIn(all.map((event) => ({ ...event, account: mirror(event.account) })))

        expect(turned.size).toBe(straight.size)
        for (const [pair, evidence] of straight) {
          const [a = '', b = ''] = pair.split('-')
          expect(turned.get(pairOf(mirror(a), mirror(b)))).toBe(evidence)
        }
      }),
    )
  })
})

test('a policy that turns a kind off turns its weak evidence off', async () => {
  const registry = kindRegistry([{ name: 'target', links: 'never' }])
  const events = [...linked('ada', 'bob'), did('ada', start), did('bob', start)]

  const { evidence } = linksIn(await tableOf(events), (name) => registry.get(name))

  expect(evidence[0]).toBe(Math.round(device * 1e6))
})
