import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { linked, readSurroundings } from '../../../graph/explain/counterfactual/grouping.ts'
import { defaultSurroundingsCaps } from '../../../graph/explain/counterfactual/surroundings.ts'
import { crowds } from '../../../graph/explain/crowd.ts'
import { explainLink } from '../../../graph/explain/link.ts'
import type { SharedEvidence } from '../../../graph/explain/shared.ts'
import { sharedWords } from '../../../graph/explain/words.ts'
import type { AccountState, StoredEvent } from '../../../graph/model.ts'
import { nothingPublic } from '../../../graph/projection/publicness.ts'
import { indexedState } from '../../support/core/indexed-state.ts'
import { day, start, stateOf } from '../../support/core/states.ts'
import { evidenceIn, evidenceOf, kindOf } from '../../support/core/tables.ts'
import { did, linked as onOneDevice, showed, world } from '../../support/core/weak-events.ts'

const minute = 60_000
const half = 7.5 * minute

test('weak evidence is explained to the last millionth, for every pair', async () => {
  await fc.assert(
    fc.asyncProperty(world, async (events) => {
      const all = [...events.strong, ...events.weak]
      const links = await evidenceIn(all)
      const state = await indexedState(stateOf(all))
      const crowd = crowds(state)
      for (const a of state.states) {
        for (const b of state.states.filter((other) => other.account > a.account)) {
          await crowd.load(a.uses)
          const explained = explainLink(a, b, { crowdOf: crowd.of, kindOf, publicness: nothingPublic })

          const found = links.get(`${a.account}-${b.account}`)
          if (found === undefined) expect(explained.probability).toBeLessThan(0.02)
          else expect(explained.evidence).toBeCloseTo(found, 9)
          const sum = explained.shared.reduce((total, { evidence }) => total + evidence, 0)
          expect(sum).toBeCloseTo(explained.evidence, 4)
          const { without, shared: rows } = explained
          // Bands of one picture, and what was seen with another thing, count otherwise once that is gone.
          if (!without || rows.some(({ note, agreeing }) => note === 'told_already' || agreeing)) continue
          const bare = (state: AccountState): AccountState => ({
            ...state,
            uses: state.uses.filter(({ kind, ref }) => kind !== without.kind || ref !== without.ref),
          })
          const left = explainLink(bare(a), bare(b), { crowdOf: crowd.of, kindOf, publicness: nothingPublic })
          expect(without.evidence).toBeCloseTo(left.evidence, 9)
        }
      }
    }),
    { numRuns: 200 },
  )
})

test('the surroundings of two accounts give them the evidence that the population gives them', async () => {
  const options = { kindOf, publicness: nothingPublic, asOf: start + 500 * day }
  await fc.assert(
    fc.asyncProperty(world, async (events) => {
      const all = [...events.strong, ...events.weak]
      const evidence = await evidenceIn(all)
      const state = await indexedState(stateOf(all))
      for (const pair of evidence.keys()) {
        const caps = defaultSurroundingsCaps
        const read = await readSurroundings(state, pair.split('-'), { ...options, caps })

        const { table, pairs } = await linked(read, options)

        expect(evidenceOf(table, pairs).get(pair)).toBe(evidence.get(pair))
      }
    }),
    { numRuns: 200 },
  )
})

describe('an explanation of weak evidence', () => {
  async function explained(events: readonly StoredEvent[]) {
    const state = await indexedState(stateOf(events))
    const [a, b] = state.states
    const crowd = crowds(state)
    await crowd.load(a?.uses ?? [])
    return a && b && explainLink(a, b, { crowdOf: crowd.of, kindOf, publicness: nothingPublic })
  }

  test('tells the windows and the accounts in each, out of which its nats can be made again', async () => {
    const found = await explained([
      ...onOneDevice('ada', 'bob'),
      did('ada', start),
      did('bob', start + minute),
      did('cem', start + 8 * minute),
      did('dora', start + day),
    ])

    const row = found?.shared.find(({ kind }) => kind === 'target')
    const again = row?.moments?.reduce((sum, { accounts }) => sum + Math.log(1 + 0.3 / (accounts - 1)) / 2, 0)
    expect(row?.accounts).toBe(4)
    expect(row?.moments).toEqual([
      { startAt: start - half, accounts: 2 },
      { startAt: start, accounts: 3 },
    ])
    expect(row?.evidence).toBeCloseTo(again ?? 0, 5)
  })

  test('tells how many bands agree, and is silent where they are too few', async () => {
    const alike = await explained([
      ...onOneDevice('ada', 'bob'),
      showed('ada', '0000111122223333'),
      showed('bob', '000011112222ffff'),
    ])
    const unlike = await explained([
      ...onOneDevice('ada', 'bob'),
      showed('ada', '0000111122223333'),
      showed('bob', '00001111eeeeffff'),
    ])

    expect(alike?.shared.map(({ kind, agreeing }) => [kind, agreeing])).toEqual([
      ['device', undefined],
      ...Array.from({ length: 3 }, () => ['imageBand', 3]),
    ])
    expect(unlike?.shared.map(({ kind }) => kind)).toEqual(['device'])
  })

  test('says that it only strengthens where nothing strong links the two', async () => {
    const found = await explained([did('ada', start), did('bob', start)])

    expect(found?.shared).toMatchObject([{ kind: 'target', evidence: 0, note: 'corroborates_only' }])
  })
})

const seenThen = { firstAt: start, lastAt: start, days: 1 }
const shared: SharedEvidence = {
  kind: 'device',
  ref: 'r',
  mask: '',
  family: 'hardware',
  countsAs: 'device',
  evidence: 0.8,
  faded: 0,
  share: 1,
  accounts: 3,
  a: seenThen,
  b: seenThen,
  gapDays: 0,
  daysTogether: 0,
}

test('sentences tell what a share of moments or bands is made of', () => {
  const moments = [5, 3].map((accounts, i) => ({ startAt: start + i * half, accounts }))

  expect(sharedWords({ ...shared, countsAs: 'target', moments })).toBe(
    'did the same within minutes: 2 shared windows of 15 minutes, 3 accounts in the quietest',
  )
  expect(sharedWords({ ...shared, countsAs: 'imageBand', agreeing: 3 })).toBe(
    'nearly the same picture: 3 of 4 parts agree',
  )
  expect(sharedWords({ ...shared, countsAs: 'textBand', agreeing: 8 })).toBe(
    'nearly the same texts: 8 parts agree',
  )
})

test('sentences tell who else uses what is shared, when both did, and why it counts for nothing', () => {
  expect(sharedWords({ ...shared, accounts: 2 })).toBe('nobody else uses it')
  expect(sharedWords({ ...shared, daysTogether: 9 })).toBe('3 accounts use it; both on 9 days')
  expect(sharedWords({ ...shared, gapDays: 12.4, faded: 0.12 })).toBe(
    '3 accounts use it; last used 12 days apart: fades from 0.92',
  )
  expect(sharedWords({ ...shared, accounts: 1_284, note: 'hub' })).toBe(
    '1284 accounts: a hub, counted as nothing',
  )
  expect(sharedWords({ ...shared, note: 'shared_by_design' })).toBe(
    '3 accounts; shared by design, counted as nothing',
  )
})
