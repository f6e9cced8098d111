import { isDeepStrictEqual } from 'node:util'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { standingAssertions } from '../../graph/assertions/standing.ts'
import { type Detection, detectRings } from '../../graph/detect.ts'
import type { Saying } from '../../graph/foretold.ts'
import type { AccountState, Assertion } from '../../graph/model.ts'
import type { FoundRing } from '../../graph/ring.ts'
import { concernedBy, detectSupposing, supposedBy } from '../../graph/suppose.ts'
import { assertions, thing } from '../support/core/assertions.ts'
import { history, type Told, told, townHistory } from '../support/core/histories.ts'
import { stateOf } from '../support/core/states.ts'
import { kindOf, names } from '../support/core/tables.ts'
import { toldWorld } from '../support/core/town.ts'

const options = { kindOf, onProgress: () => {} }
const inFull = { ...options, method: 'cpm-leiden' } as const
type Scans = Told['state']

const account = fc.constantFrom(...names(32, 'a'))
const saying: fc.Arbitrary<Saying> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('same_actor' as const, 'not_the_same' as const),
    subjects: fc.uniqueArray(account, { minLength: 2, maxLength: 3 }),
  }),
  thing.map((key): Saying => ({ kind: 'shared_by_design', subjects: [key] })),
)

async function concernedIn(state: Scans, sayings: readonly Saying[]): Promise<readonly AccountState[]> {
  const { accounts, identifiers } = concernedBy(sayings)
  const keys = new Set(identifiers.map(({ kind, ref }) => `${kind}:${ref}`))
  const found: AccountState[] = []
  for await (const batch of state.scanAccounts()) {
    for (const one of batch) {
      const isUser = one.uses.some(({ kind, ref }) => keys.has(`${kind}:${ref}`))
      if (isUser || accounts.includes(one.account)) found.push(one)
    }
  }
  return found
}

/** Rings of a detection that supposes, and of one in full by the same statistics once it was said. */
async function bothWays(
  state: Scans,
  known: Detection,
  { all, sayings }: { readonly all: readonly Assertion[]; readonly sayings: readonly Saying[] },
): Promise<readonly [supposed: readonly FoundRing[], said: readonly FoundRing[]]> {
  const asserted = supposedBy(standingAssertions(all, known.asOf), sayings)
  const concerned = await concernedIn(state, sayings)
  const said = await detectRings(state, { ...inFull, frozen: { ...known.frozen, asserted } })
  return [detectSupposing(known, { asserted, concerned }, options).rings, said.rings]
}

describe('what would be found were something said', () => {
  test('is what is found once it is said, by the same statistics', async () => {
    await fc.assert(
      fc.asyncProperty(
        history,
        assertions,
        fc.array(saying, { minLength: 1, maxLength: 2 }),
        async ([step], all, sayings) => {
          const state = stateOf(step?.events ?? [], step?.labels ?? [])
          const known = await detectRings(state, { ...inFull, assertions: all })

          const [supposed, said] = await bothWays(state, known, { all, sayings })

          expect(supposed).toEqual(said)
        },
      ),
      { numRuns: 60 },
    )
  })

  test('is that in a town with gangs too, where it moves rings, and leaves what is known as it was', async () => {
    const [first] = townHistory(await toldWorld({ world: 'town', seed: 5, accounts: 500 }), 1)
    if (!first) throw new Error('A history has steps')
    for await (const { state } of told([first])) {
      const known = await detectRings(state, inFull)
      const before = structuredClone(known.rings)
      const gangs = known.rings.toSorted((a, b) => b.head.risk - a.head.risk).slice(0, 3)
      let moved = 0
      for (const [place, { head, members }] of gangs.entries()) {
        const stranger = known.table.facts.idAt(place * 40)
        const anchor = head.anchors?.[0]
        const cases: readonly (readonly Saying[])[] = [
          [{ kind: 'same_actor', subjects: [stranger, members[0]?.account ?? ''] }],
          [{ kind: 'not_the_same', subjects: members.slice(0, 2).map((one) => one.account) }],
          ...(anchor === undefined ? [] : [[{ kind: 'shared_by_design', subjects: [anchor] } as const]]),
        ]
        for (const sayings of cases) {
          const [supposed, said] = await bothWays(state, known, { all: [], sayings })

          expect(supposed).toEqual(said)
          if (!isDeepStrictEqual(supposed, before)) moved += 1
        }
      }
      expect(moved).toBeGreaterThanOrEqual(6)
      expect(known.rings).toEqual(before)
    }
  })
})
