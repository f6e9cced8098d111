import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { assertedMicroNats, saidPairs } from '../../../graph/assertions/links.ts'
import { assertedBy, standingAssertions } from '../../../graph/assertions/standing.ts'
import { type Detection, detectAgain, detectRings } from '../../../graph/detect.ts'
import { clusterSuspects } from '../../../graph/judging/suspects/cluster.ts'
import type { Assertion, StoredEvent } from '../../../graph/model.ts'
import { changeTable } from '../../../graph/projection/change-table.ts'
import type { LinkPairs } from '../../../graph/projection/link-pairs.ts'
import { partsIn } from '../../../graph/rings/parts.ts'
import { assertions, holds, network, thing, withNetworks } from '../../support/core/assertions.ts'
import { differencesOf } from '../../support/core/detections.ts'
import { history, type Told, told } from '../../support/core/histories.ts'
import { seen, start, stateOf } from '../../support/core/states.ts'
import { kindOf, names } from '../../support/core/tables.ts'

const options = { kindOf, onProgress: () => {} }
const inFull = { ...options, method: 'cpm-leiden' } as const

const detect = (state: Told['state'], all: readonly Assertion[]): Promise<Detection> =>
  detectRings(state, { ...inFull, assertions: all })

const evidenceBetween = ({ a, b, evidence }: LinkPairs, one: number, other: number): number =>
  evidence.find((_, place) => a[place] === one && b[place] === other) ?? 0

describe('of any population and whatever is asserted of it', () => {
  test('neither the order of assertions matters nor those that are retracted or expired', async () => {
    await fc.assert(
      fc.asyncProperty(history, assertions, fc.nat(), async ([step], all, turn) => {
        const state = stateOf(step?.events ?? [], step?.labels ?? [])
        const [first, ...others] = [...all.slice(turn % all.length), ...all.slice(0, turn % all.length)]
        const shuffled = [...others.toReversed(), ...(first ? [first] : [])]

        const found = await detect(state, all)

        expect(differencesOf(await detect(state, shuffled), found)).toEqual([])
        const standing = standingAssertions(all, found.asOf)
        expect(differencesOf(await detect(state, standing), found)).toEqual([])
      }),
      { numRuns: 10 },
    )
  })

  test('what is all taken back leaves everything as it was, to the last bit', async () => {
    await fc.assert(
      fc.asyncProperty(history, assertions, async ([step], all) => {
        const state = stateOf(step?.events ?? [], step?.labels ?? [])

        const retracted = await detect(
          state,
          all.map((one) => ({ ...one, retractedAt: 99 })),
        )

        expect(differencesOf(retracted, await detectRings(state, inFull))).toEqual([])
      }),
      { numRuns: 10 },
    )
  })

  test('pairs of one actor are linked, and pairs that are not the same are not, in either pass', async () => {
    await fc.assert(
      fc.asyncProperty(history, assertions, async ([step], all) => {
        const { table, pairs, judged } = await detect(stateOf(step?.events ?? [], step?.labels ?? []), all)
        const { first, groups, risk, compromise } = judged.judgement

        for (const { a, b, isSame } of saidPairs(table)) {
          const found = evidenceBetween(pairs, a, b)
          expect(isSame ? found >= assertedMicroNats : found === 0).toBe(true)
          for (const [suspects, by] of [
            [first.groups, first],
            [groups, { risk, compromise }],
          ] as const) {
            const isSuspect = (one: number) => (by.risk[one] ?? 0) + (by.compromise[one] ?? 0) >= 0.1
            const among = evidenceBetween(suspects.pairs, a, b)
            expect(among >= assertedMicroNats).toBe(isSame && isSuspect(a) && isSuspect(b))
            if (!isSame) expect(among).toBe(0)
          }
        }
      }),
      { numRuns: 25 },
    )
  })

  test('an identifier that is shared by design counts as if nobody had ever used it', async () => {
    await fc.assert(
      fc.asyncProperty(
        history,
        fc.uniqueArray(fc.oneof(thing, network), { minLength: 1, maxLength: 3 }),
        async ([step], things) => {
          const { labels = [] } = step ?? {}
          const events = (step?.events ?? []).map(withNetworks)
          const without = events.map(
            (event): StoredEvent => ({
              ...event,
              identifiers: event.identifiers.filter(({ kind, ref }) => !things.includes(`${kind}:${ref}`)),
            }),
          )
          const shared = things.map((key, at) => holds('shared_by_design', [key], at))

          const found = await detect(stateOf(events, labels), shared)
          const unused = await detect(stateOf(without, labels), [])

          const asserted = assertedBy([])
          const bare = {
            ...found,
            table: { ...found.table, asserted },
            frozen: { ...found.frozen, asserted },
          }
          expect(differencesOf(bare, unused)).toEqual([])
        },
      ),
      { numRuns: 15 },
    )
  })

  test('detecting again after each change is detecting anew by the same assertions', async () => {
    await fc.assert(
      fc.asyncProperty(history, assertions, async (steps, all) => {
        let known: Detection | undefined
        for await (const { state, change } of told(steps)) {
          const anew: Detection = known
            ? await detectRings(state, { ...inFull, frozen: known.frozen })
            : await detect(state, all)
          known = known ? detectAgain(known, change, options).detection : anew
          expect(differencesOf(known, anew)).toEqual([])
        }
      }),
      { numRuns: 6 },
    )
  })
})

describe('where two contradict', () => {
  test('the later one counts, and of one time the one whose id comes last', () => {
    const [same, not] = [holds('same_actor', ['ann', 'bob'], 1), holds('not_the_same', ['bob', 'ann'], 2)]
    const kindOfPair = (...all: readonly Assertion[]) =>
      [...assertedBy(standingAssertions(all, 0)).pairs.values()].map(({ by }) => by.kind)

    expect(kindOfPair(not, same)).toEqual(['not_the_same'])
    expect(kindOfPair(same, { ...not, at: 1 })).toEqual(['same_actor'])
    expect(kindOfPair(same, { ...not, retractedAt: 3 })).toEqual(['same_actor'])
  })
})

test('an assertion stands until the end of the data is at the time at which it expires', () => {
  const until = { ...holds('same_actor', ['ann', 'bob']), expiresAt: start }

  expect(standingAssertions([until], start - 1)).toEqual([until])
  expect(standingAssertions([until], start)).toEqual([])
})

test('accounts of one actor that share nothing are one ring', async () => {
  const farm = (name: string) =>
    names(3, name).map((one) => seen(one, [`device:${name}`, `payment:${name}`], { type: 'signup' }))
  const state = stateOf([...farm('left'), ...farm('right')])

  const apart = await detect(state, [])
  const joined = await detect(state, [holds('same_actor', [...names(3, 'left'), ...names(3, 'right')])])

  expect(apart.rings.map(({ members }) => members.length)).toEqual([3, 3])
  expect(joined.rings.map(({ members }) => members.length)).toEqual([6])
})

const noLabels = { labels: [], erased: [] }

test('who comes later is linked to whom they were said to be, and by nothing that is shared by design', async () => {
  const all = [holds('same_actor', ['ann', 'zoe']), holds('shared_by_design', ['device:kiosk'])]
  const steps = [
    { ...noLabels, events: [seen('ann', ['device:ann']), seen('bob', ['device:bob'])] },
    { ...noLabels, events: [seen('zoe', ['device:kiosk']), seen('bob', ['device:kiosk'])] },
  ]
  const found: Detection[] = []
  for await (const { state, change } of told(steps)) {
    const [first] = found
    found.push(first ? detectAgain(first, change, options).detection : await detect(state, all))
  }

  expect(found.map(({ pairs }) => [...pairs.evidence])).toEqual([[], [assertedMicroNats]])
  expect(Array.from(found.at(-1)?.table.identifiers ?? [], ({ ref }) => ref)).toEqual(['ann', 'bob'])
})

test('of suspects, who is suspected later is linked to whom they were said to be', async () => {
  const state = stateOf(names(3, 'a').map((one) => seen(one, [`device:${one}`])))
  const { table } = await detect(state, [holds('same_actor', ['a000', 'a002'])])
  const among = (...risk: readonly number[]) => ({
    risk: Float64Array.from(risk),
    compromise: new Float64Array(3),
  })
  const changed = changeTable(table, { accounts: new Map(), identifiers: [] })
  const { groups } = clusterSuspects(table, among(0.9, 0.9, 0), { kindOf })

  const before = { suspicion: among(0.9, 0.9, 0), groups, changed }
  const again = clusterSuspects(table, among(0.9, 0.9, 0.9), { kindOf, before })

  expect(groups.pairs.a.length).toBe(0)
  expect([...again.groups.labels]).toEqual([0, 1, 0])
})

test('what is left of a group hangs together by one actor too', async () => {
  const state = stateOf(names(3, 'a').map((one) => seen(one, [`device:${one}`])))
  const all = [holds('same_actor', ['a000', 'a002']), holds('not_the_same', ['a000', 'a001'])]
  const { table } = await detect(state, all)

  expect(partsIn(table)([0, 1, 2])).toEqual([[0, 2], [1]])
})
