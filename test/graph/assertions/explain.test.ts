import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { nothingAsserted } from '../../../graph/assertions/standing.ts'
import { detectRings } from '../../../graph/detect.ts'
import { readSurroundings } from '../../../graph/explain/counterfactual/grouping.ts'
import { defaultSurroundingsCaps } from '../../../graph/explain/counterfactual/surroundings.ts'
import { explainMember } from '../../../graph/explain/member.ts'
import { explainAccounts, linksOf } from '../../../graph/explain/path.ts'
import { pairEvidence } from '../../../graph/explain/picture/pair-evidence.ts'
import { explainRing } from '../../../graph/explain/ring.ts'
import type { Assertion } from '../../../graph/model.ts'
import type { StateStore } from '../../../graph/ports.ts'
import { nothingPublic, publicnessOf } from '../../../graph/projection/publicness.ts'
import type { Ring } from '../../../graph/ring.ts'
import { compareText } from '../../../graph/state/order.ts'
import { explanationView } from '../../../src/views/explanation.ts'
import { assertions, holds } from '../../support/core/assertions.ts'
import { history } from '../../support/core/histories.ts'
import { indexedState } from '../../support/core/indexed-state.ts'
import { seen, stateOf } from '../../support/core/states.ts'
import { kindOf } from '../../support/core/tables.ts'
import { found as ringOf } from '../rings/lineage/lives.ts'

async function found(state: Pick<StateStore, 'scanAccounts' | 'scanIdentifiers'>, all: readonly Assertion[]) {
  const inFull = { kindOf, method: 'cpm-leiden', onProgress: () => {} } as const
  const { table, pairs, publicness, frozen } = await detectRings(state, { ...inFull, assertions: all })
  return {
    table,
    pairs,
    options: { kindOf, publicness: publicnessOf(publicness), asserted: frozen.asserted },
  }
}

test('links are explained as they were found, whatever is asserted', async () => {
  await fc.assert(
    fc.asyncProperty(history, assertions, async ([step], all) => {
      const state = await indexedState(stateOf(step?.events ?? [], step?.labels ?? []))
      const { table, pairs, options } = await found(state, all)
      const evidence = new Map<string, number>()
      const nameAt = (account: number | undefined): string => table.facts.idAt(account ?? -1)
      pairs.a.forEach((a, place) => {
        evidence.set(`${nameAt(a)} ${nameAt(pairs.b[place])}`, (pairs.evidence[place] ?? 0) / 1e6)
      })

      const explained = new Map<string, number>()
      for (const { account } of table.facts)
        for (const { a, b, evidence: nats } of (await linksOf(state, account, options)).links)
          explained.set([a, b].toSorted(compareText).join(' '), nats)

      expect(explained).toEqual(evidence)
    }),
    { numRuns: 8 },
  )
})

describe('an explanation names who says so, why and when', () => {
  const told = stateOf([
    seen('ann', ['device:d', 'cookie:c']),
    seen('bob', ['device:d', 'cookie:c']),
    seen('zoe', ['device:z']),
  ])
  const explained = async (a: string, b: string, ...all: readonly Assertion[]) => {
    const state = await indexedState(told)
    const { options } = await found(state, all)
    const explanation = await explainAccounts(state, [a, b], options)
    if ('unknown' in explanation) throw new Error('Both are known')
    return explanationView(explanation)
  }
  const by = { author: 'eve', reason: 'seen on camera', at: '1970-01-01T00:00:00.007Z' }

  test('of two who share nothing', async () => {
    const { linked, direct } = await explained('ann', 'zoe', holds('same_actor', ['ann', 'zoe'], 7))

    expect(linked).toBe(true)
    expect(direct.said).toEqual({
      assertion: 'as_same_actor_7',
      kind: 'same_actor',
      ...by,
      evidence: 9,
      share: 1,
    })
    expect(direct.sentence).toBe('Linked at 99 %: one actor, says eve (seen on camera).')
  })

  test('of two who are not the same', async () => {
    const { linked, direct } = await explained('ann', 'bob', holds('not_the_same', ['ann', 'bob'], 7))

    expect(linked).toBe(false)
    expect(direct).toMatchObject({
      evidence: 0,
      said: { kind: 'not_the_same', ...by, evidence: 0, share: 0 },
    })
    expect(direct.shared.map(({ note, evidence }) => [note, evidence])).toEqual([
      ['not_the_same', 0],
      ['not_the_same', 0],
    ])
    expect(direct.sentence).toBe('Not linked: not the same, says eve (seen on camera).')
  })

  test('of two who are not the same, and linked through a third', async () => {
    const state = await indexedState(
      stateOf([seen('ann', ['device:d']), seen('bob', ['device:d', 'device:e']), seen('cat', ['device:e'])]),
    )
    const sentence = async (...all: readonly Assertion[]) => {
      const explanation = await explainAccounts(state, ['ann', 'cat'], (await found(state, all)).options)
      if ('unknown' in explanation) throw new Error('Both are known')
      return explanationView(explanation).sentence
    }

    expect(await sentence()).toMatch(/^Linked at \d+ % through 1 account in between\.$/)
    expect(await sentence(holds('not_the_same', ['ann', 'cat']))).toMatch(
      /in between\. They are not the same, says eve \(seen on camera\)\.$/,
    )
    expect(await sentence(holds('not_the_same', ['ann', 'bob', 'cat']))).toBe(
      'Not linked: not the same, says eve (seen on camera).',
    )
  })

  test('of an identifier that is shared by design', async () => {
    const { direct } = await explained('ann', 'bob', holds('shared_by_design', ['device:d'], 7))

    expect(direct.said).toBeUndefined()
    expect(direct.shared.map(({ kind, note, saidBy }) => [kind, note, saidBy])).toEqual([
      ['cookie', undefined, undefined],
      ['device', 'shared_by_design', { assertion: 'as_shared_by_design_7', kind: 'shared_by_design', ...by }],
    ])
  })
})

test('what was seen only through what is shared by design is weighed by itself', async () => {
  const state = await indexedState(
    stateOf([
      seen('ann', ['device:d', 'ip:i'], { session: 's1' }),
      seen('bob', ['device:d', 'ip:i'], { session: 's2' }),
      ...['ann', 'bob'].map((account) => seen(account, ['payment:p'])),
    ]),
  )
  const noteOf = async (...all: readonly Assertion[]) => {
    const { options } = await found(state, all)
    const explanation = await explainAccounts(state, ['ann', 'bob'], options)
    if ('unknown' in explanation) throw new Error('Both are known')
    const line = explanation.direct.shared.find(({ kind }) => kind === 'ip')
    return [line?.note, (line?.evidence ?? 0) > 0]
  }

  expect(await noteOf()).toEqual(['told_already', false])
  expect(await noteOf(holds('shared_by_design', ['device:d']))).toEqual([undefined, true])
})

describe('a ring that people make', () => {
  const ring: Ring = {
    ...ringOf(['ann', 'bob', 'zoe'], { roles: { bob: 'associate', zoe: 'associate' } }),
    id: 'ring_1_0',
    status: 'active',
    bornVersion: 1,
    version: 1,
  }
  const explained = async (...all: readonly Assertion[]) => {
    const state = await indexedState(
      stateOf([seen('ann', ['device:d']), seen('bob', ['device:d']), seen('zoe', ['device:z'])]),
    )
    const options = { ...(await found(state, all)).options, run: undefined }
    const told = await explainRing(state, ring, options)
    const { path } = (await explainMember(state, ring, { ...options, account: 'zoe' })) ?? {}
    return { ends: told.links.map(({ a, b }) => [a, b]), path: path?.map(({ said }) => said?.by.id) }
  }

  test('is told with the links that they say', async () => {
    expect(await explained(holds('same_actor', ['bob', 'zoe'], 7))).toEqual({
      ends: [
        ['bob', 'zoe'],
        ['ann', 'bob'],
      ],
      path: ['as_same_actor_7', undefined],
    })
  })

  test('is told without them where nobody says so', async () => {
    expect(await explained()).toEqual({ ends: [['ann', 'bob']], path: undefined })
  })
})

test('an identifier that is shared by design says nothing of any two of its users', () => {
  const row = { kind: 'device', ref: 'd', accounts: 2 }
  const shared = new Map([['device:d', holds('shared_by_design', ['device:d'])]])

  expect(pairEvidence(row, { kindOf, publicness: nothingPublic })).toBeGreaterThan(1)
  expect(
    pairEvidence(row, { kindOf, publicness: nothingPublic, asserted: { ...nothingAsserted, shared } }),
  ).toBe(0)
})

test('whoever is said to be of one actor is read with a ring', async () => {
  const state = await indexedState(stateOf([seen('ann', ['device:a']), seen('zoe', ['device:z'])]))
  const { options } = await found(state, [holds('same_actor', ['ann', 'zoe'])])

  const read = await readSurroundings(state, ['ann'], { ...options, asOf: 0, caps: defaultSurroundingsCaps })

  expect([...read.states.keys()]).toEqual(['ann', 'zoe'])
})
