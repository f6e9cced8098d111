import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type PublishedMember, score } from '../../range/score.ts'
import { fraudRoles, type TruthLine, type TruthRole, truthRoles } from '../../range/truth.ts'
import { oracleScore } from './score-oracle.ts'

const inRing = (
  ring: string,
  names: string,
  more: Partial<PublishedMember> = {},
): readonly PublishedMember[] =>
  [...names].map((account) => ({ account, ring, role: 'core', flagged: false, ...more }))

const planted = (ring: string, names: string, role: TruthRole = 'member'): readonly TruthLine[] =>
  [...names].map((account) => ({ account, ring, attack: 'farm', role, group: null }))

const honest = (names: string, role: TruthRole = 'benign'): readonly TruthLine[] =>
  [...names].map((account) => ({ account, ring: null, attack: null, role, group: null }))

describe('rings', () => {
  test('are found from half of the union on, and well from four fifths on', () => {
    const truth = [...planted('p', 'abcd'), ...honest('wxyz')]
    const of = (names: string) => {
      const { recall50, recall80 } = score(inRing('r', names), truth).rings
      return [recall50, recall80]
    }

    expect(of('ab')).toEqual([1, 0])
    expect(of('a')).toEqual([0, 0])
    expect(of('abcdwxyz')).toEqual([1, 0])
    expect(of('abcdw')).toEqual([1, 1])
    expect(of('abcwx')).toEqual([1, 0])
    expect(of('abwxy')).toEqual([0, 0])
  })

  test('count their core, bridge, receiver and victim rows, in every class', () => {
    const truth = planted('p', 'abcd')
    const rows = ['core', 'bridge', 'receiver', 'victim'].flatMap((role, n) =>
      inRing('r', 'abcd'.charAt(n), { role }),
    )
    const shown = [...inRing('r', 'wx', { role: 'associate' }), ...inRing('r', 'yz', { role: 'bystander' })]

    expect(score([...rows, ...shown], truth).rings).toMatchObject({
      published: 1,
      recall80: 1,
      contamination: 0,
    })
    expect(score(shown, truth).rings).toMatchObject({ published: 0, recall50: 0 })
  })

  test('of victims count like any other', () => {
    const truth = [...planted('p', 'abc', 'victim'), ...planted('p', 'd', 'mule')]

    expect(score(inRing('r', 'abcd'), truth).rings.recall80).toBe(1)
  })

  test('tell by how many they are met, and how much of what meets them is strange', () => {
    const truth = [...planted('p', 'abcd'), ...planted('q', 'ef'), ...planted('o', 'gh'), ...honest('xyz')]
    const { rings } = score([...inRing('1', 'ab'), ...inRing('2', 'cex'), ...inRing('3', 'yz')], truth)

    // p lies in two rings, q in one, o in none; of the five accounts in rings 1 and 2 one is strange.
    expect(rings).toMatchObject({ truth: 3, published: 3, fragmentation: 1.5, contamination: 0.2 })
    expect(rings.precision).toBeCloseTo(2 / 3, 5)
  })

  test('are told by attack', () => {
    const mixed = [...planted('p', 'ab'), ...planted('q', 'cd').map((line) => ({ ...line, attack: 'mules' }))]

    expect(score(inRing('r', 'ab'), mixed).attacks).toEqual({
      farm: { rings: 1, recall50: 1, recall80: 1 },
      mules: { rings: 1, recall50: 0, recall80: 0 },
    })
  })
})

test('pairs and B-cubed by hand: abc planted, abx found', () => {
  const { pairs, bcubed } = score(inRing('r', 'abx'), [...planted('p', 'abc'), ...honest('x')])

  // Claimed ab, ax, bx; real ab, ac, bc.
  expect(pairs).toEqual({ precision: 0.333333, recall: 0.333333, f1: 0.333333 })
  // Of a and b two thirds of the ring are right, c is alone and right; two, two and one of three are there.
  expect(bcubed).toEqual({ precision: 0.777778, recall: 0.555556 })
})

test('a cluster of honest accounts claims no pair', () => {
  const { pairs } = score(
    [...inRing('r', 'ab'), ...inRing('s', 'xyz')],
    [...planted('p', 'ab'), ...honest('xyz')],
  )

  expect(pairs).toEqual({ precision: 1, recall: 1, f1: 1 })
})

test('flags by hand: victims stand apart, strangers to the truth are honest', () => {
  const truth = [
    ...planted('p', 'ab'),
    ...planted('p', 'c', 'operator'),
    ...planted('p', 'd', 'mule'),
    ...planted('p', 'vw', 'victim'),
    ...honest('xyz1'),
    ...honest('n', 'bystander'),
  ]
  const result = score([...inRing('r', 'acvxn?', { flagged: true }), ...inRing('r', 'bw')], truth)

  // a and c are right; x, n and the stranger are not.
  expect(result.accounts).toEqual({
    precision: 0.4,
    recall: 0.5,
    f1: 0.444444,
    harmedPer10k: 2_500,
    bystandersFlagged: 1,
  })
  expect(result.victims).toEqual({ truth: 2, flagged: 1, inARing: 2 })
})

describe('extremes', () => {
  const worlds = fc.array(fc.integer({ min: 2, max: 6 }), { minLength: 1, maxLength: 6 }).map((sizes) =>
    sizes.flatMap((size, ring) =>
      Array.from({ length: size }, (_, n) => ({
        account: `${ring}.${n}`,
        ring: String(ring),
        attack: ring % 2 ? 'odd' : 'even',
        role: 'member' as const,
        group: null,
      })),
    ),
  )
  const publish = (truth: readonly TruthLine[], ringOf: (line: TruthLine) => string) =>
    truth.map((line) => ({ account: line.account, ring: ringOf(line), role: 'core', flagged: true }))

  test('the truth itself is perfect', () => {
    fc.assert(
      fc.property(worlds, (truth) => {
        const result = score(
          publish(truth, ({ ring }) => `ring_${ring}`),
          [...truth, ...honest('xyz')],
        )

        expect(result.rings).toMatchObject({ recall50: 1, recall80: 1, fragmentation: 1, contamination: 0 })
        expect(result.pairs).toEqual({ precision: 1, recall: 1, f1: 1 })
        expect(result.bcubed).toEqual({ precision: 1, recall: 1 })
        expect(result.accounts).toMatchObject({ precision: 1, recall: 1, f1: 1, harmedPer10k: 0 })
      }),
    )
  })

  test('rings of one find nothing', () => {
    fc.assert(
      fc.property(worlds, (truth) => {
        const large = truth.filter(({ ring }) => truth.filter((other) => other.ring === ring).length > 2)
        const result = score(
          publish(large, ({ account }) => account),
          large,
        )

        expect(result.rings).toMatchObject({ recall50: 0, recall80: 0 })
        expect(result.pairs).toEqual({ precision: 0, recall: 0, f1: 0 })
      }),
    )
  })

  test('nothing published, nothing true, or neither, scores zeros', () => {
    const zeros = (value: unknown): boolean =>
      typeof value === 'number' ? value === 0 : Object.values(value as object).every(zeros)

    expect(zeros(score([], []))).toBe(true)
    expect(score([], planted('p', 'ab'))).toMatchObject({
      rings: { truth: 1, recall50: 0 },
      pairs: { recall: 0 },
    })
    expect(score(inRing('r', 'ab', { flagged: true }), [])).toMatchObject({
      rings: { truth: 0, published: 1, recall50: 0 },
      accounts: { precision: 0, recall: 0, harmedPer10k: 0 },
      attacks: {},
    })
  })
})

test('an account told of twice is refused, by row and not by name', () => {
  expect(() => score([...inRing('r', 'ab'), ...inRing('s', 'a')], [])).toThrow('Row 3 of the published rows')
  expect(() => score([], [...planted('p', 'ab'), ...honest('b')])).toThrow('Row 3 of the truth')
})

test('agrees with looking at every pair', () => {
  const names = Array.from({ length: 14 }, (_, n) => `acct_${n}`)
  const rows = fc.subarray(names).chain((accounts) =>
    fc.tuple(
      ...accounts.map((account) =>
        fc.record({
          account: fc.constant(account),
          ring: fc.constantFrom('r1', 'r2', 'r3', 'r4'),
          role: fc.constantFrom('core', 'core', 'bridge', 'receiver', 'victim', 'associate', 'bystander'),
          flagged: fc.boolean(),
        }),
      ),
    ),
  )
  const lines = fc.subarray(names).chain((accounts) =>
    fc.tuple(
      ...accounts.map((account) =>
        fc
          .tuple(fc.constantFrom(...truthRoles), fc.constantFrom('p', 'q', 'o'))
          .map(([role, ring]): TruthLine => {
            const carries = fraudRoles.has(role) || role === 'victim'
            const attack = ring === 'o' ? 'mules' : 'farm'
            return {
              account,
              ring: carries ? ring : null,
              attack: carries ? attack : null,
              role,
              group: null,
            }
          }),
      ),
    ),
  )

  fc.assert(
    fc.property(rows, lines, (published, truth) => {
      expect(score(published, truth)).toEqual(oracleScore(published, truth))
    }),
    { numRuns: 500 },
  )
})

test('a cluster of half the world is scored in no time', () => {
  const giant = Array.from({ length: 100_000 }, (_, n) => ({
    account: String(n),
    ring: 'giant',
    role: 'core',
    flagged: false,
  }))
  const truth = giant.map(({ account }, n): TruthLine => {
    const ring = n % 2 ? null : `p${n % 2_000}`
    return { account, ring, attack: ring && 'farm', role: ring ? 'member' : 'benign', group: null }
  })
  const startedAt = performance.now()

  expect(score(giant, truth).rings.recall50).toBe(0)
  expect(performance.now() - startedAt).toBeLessThan(3_000)
})
