import { describe, expect, test } from '@jest/globals'
import { defaultPathCaps, explainAccounts, type LinkExplanation } from '../../../graph/explain/path.ts'
import { shippedKinds } from '../../../graph/identifiers/registry.ts'
import type { StoredEvent } from '../../../graph/model.ts'
import { nothingPublic } from '../../../graph/projection/publicness.ts'
import { indexedState } from '../../support/core/indexed-state.ts'
import { seen, stateOf } from '../../support/core/states.ts'

const options = { kindOf: (kind: string) => shippedKinds.get(kind), publicness: nothingPublic }

async function explain(
  events: readonly StoredEvent[],
  a: string,
  b: string,
  caps = defaultPathCaps,
): Promise<LinkExplanation> {
  const found = await explainAccounts(await indexedState(stateOf(events)), [a, b], { ...options, caps })
  if ('unknown' in found) throw new Error(`${found.unknown} is unknown`)
  return found
}

/** ada - bob by a device, bob - cem by a card, cem - dora by a payout account. */
const chain = [
  seen('ada', ['device:d1']),
  seen('bob', ['device:d1', 'payment:p1']),
  seen('cem', ['payment:p1', 'payout:o1']),
  seen('dora', ['payout:o1']),
]

describe('two accounts that share nothing directly', () => {
  test('are explained along the path between them', async () => {
    const found = await explain(chain, 'ada', 'dora')

    expect(found.linked).toBe(true)
    expect(found.path.map(({ a, b }) => [a, b].toSorted())).toEqual([
      ['ada', 'bob'],
      ['bob', 'cem'],
      ['cem', 'dora'],
    ])
    expect(found.path.map(({ shared }) => shared[0]?.kind)).toEqual(['device', 'payment', 'payout'])
    expect(found.probability).toBeCloseTo((4 / 5) * (3 / 4) * (6 / 7), 5)
    expect(found.direct.shared).toEqual([])
  })

  test('are linked by the most probable of several paths', async () => {
    const weakShortcut = Array.from({ length: 30 }, (_, i) =>
      seen(i === 0 ? 'ada' : i === 1 ? 'dora' : `x${i}`, ['device:crowded']),
    )

    const found = await explain([...chain, ...weakShortcut], 'ada', 'dora')

    expect(found.path).toHaveLength(3)
  })

  test('and that no path joins are not linked', async () => {
    const found = await explain([...chain, seen('zoe', ['device:other'])], 'ada', 'zoe')

    expect(found).toMatchObject({ linked: false, probability: 0, path: [], truncated: false })
  })
})

test('a hub is shown and counts for nothing', async () => {
  const crowd = Array.from({ length: 200 }, (_, i) => seen(`a${i}`, ['device:kiosk']))

  const found = await explain(crowd, 'a0', 'a1')

  expect(found.linked).toBe(false)
  expect(found.direct.shared).toMatchObject([{ kind: 'device', accounts: 200, evidence: 0, note: 'hub' }])
})

test('a path longer than the limit is not found, and the answer says that a limit was met', async () => {
  const found = await explain(chain, 'ada', 'dora', { ...defaultPathCaps, hopsMax: 2 })

  expect(found).toMatchObject({ linked: false, truncated: true })
})

test('an unknown account is named', async () => {
  const state = await indexedState(stateOf(chain))

  expect(await explainAccounts(state, ['ada', 'nobody'], options)).toEqual({ unknown: 'nobody' })
})
