import { isDeepStrictEqual } from 'node:util'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { type Detection, detectRings } from '../../graph/detect.ts'
import type { Frozen } from '../../graph/frozen.ts'
import type { FoundRing } from '../../graph/ring.ts'
import { differencesOf } from '../support/core/detections.ts'
import { seen, stateOf } from '../support/core/states.ts'
import { kindOf, names } from '../support/core/tables.ts'
import { elsewhere, type ToldWorld, toldWorld } from '../support/core/town.ts'

const detectIn = ({ events, labels }: Omit<ToldWorld, 'truth'>, frozen?: Frozen): Promise<Detection> =>
  detectRings(stateOf(events, labels), {
    kindOf,
    method: 'cpm-leiden',
    onProgress: () => {},
    ...(frozen && { frozen }),
  })

const byAccount = (rings: readonly FoundRing[]): readonly FoundRing[] =>
  rings.toSorted((a, b) => ((a.members[0]?.account ?? '') < (b.members[0]?.account ?? '') ? -1 : 1))

/** Two towns, each with gangs of its own. */
let [here, there]: readonly [ToldWorld, ToldWorld] = [
  { events: [], labels: [], truth: [] },
  { events: [], labels: [], truth: [] },
]
/** A hub, to be of a reputation. */
function withPlaza(town: ToldWorld): ToldWorld {
  const users = [...new Set(town.events.map(({ account }) => account))].slice(0, 250)
  const at = town.events.at(-1)?.at ?? 0
  return { ...town, events: [...town.events, ...users.map((user) => seen(user, ['ip:plaza'], { at }))] }
}

beforeAll(async () => {
  here = withPlaza(await toldWorld({ world: 'town', seed: 3, accounts: 600 }))
  there = elsewhere(await toldWorld({ world: 'town', seed: 4, accounts: 600 }), '~')
})

describe('under frozen statistics', () => {
  test('a run finds what the run that measured them found', async () => {
    const measuring = await detectIn(here)

    const again = await detectIn(here, measuring.frozen)

    expect(measuring.rings.length).toBeGreaterThan(10)
    expect(differencesOf(again, measuring)).toEqual([])
  })

  test('nothing is measured anew, whoever comes to a hub', async () => {
    const { frozen } = await detectIn(here)
    const at = here.events.at(-1)?.at ?? 0
    const comers = names(20, 'comer').map((account) => seen(account, ['ip:plaza', 'device:theirs'], { at }))

    const later = await detectIn({ ...here, events: [...here.events, ...comers] }, frozen)

    const measuredAnew = Object.entries(later.frozen).filter(
      ([name, value]) => !isDeepStrictEqual(value, new Map(Object.entries(frozen)).get(name)),
    )
    expect(measuredAnew.map(([name]) => name)).toEqual([])
    expect(frozen.by.hubs.size).toBeGreaterThan(0)
    expect(frozen.honest.references.length).toBeGreaterThan(0)
  })

  test('populations that share nothing are judged as if each were alone', async () => {
    const { frozen } = await detectIn(here)

    const [one, other] = [await detectIn(here, frozen), await detectIn(there, frozen)]
    const both = await detectIn(
      { events: [...there.events, ...here.events], labels: [...here.labels, ...there.labels] },
      frozen,
    )

    expect(other.rings.length).toBeGreaterThan(10)
    expect(byAccount(both.rings)).toEqual(byAccount([...one.rings, ...other.rings]))
  })
})
