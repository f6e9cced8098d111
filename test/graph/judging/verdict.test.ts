import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Trust } from '../../../graph/judging/thresholds.ts'
import type { LinkPairs } from '../../../graph/projection/link-pairs.ts'
import type { Grouping } from '../../../graph/rings/group.ts'
import type { PartsOf } from '../../../graph/rings/parts.ts'
import { verdictsOn } from '../../../graph/rings/verdict.ts'

const row = fc.record({
  community: fc.nat(2),
  suspect: fc.nat(2),
  risk: fc.constantFrom(0, 0, 0, 0, 0.2, 0.4, 0.6, 0.9),
  compromise: fc.constantFrom(0, 0, 0, 0.3, 0.8),
})
const population = fc.array(row, { minLength: 1, maxLength: 40 })

type Pair = readonly [number, number]

const everybody = (accounts: number): readonly Pair[] =>
  Array.from({ length: accounts }, (_, b) => Array.from({ length: b }, (__, a) => [a, b] as const)).flat()

const linkPairs = (linked: readonly Pair[]): LinkPairs => {
  const ones = Int32Array.from(linked, () => 1)
  return {
    a: Int32Array.from(linked, ([a]) => a),
    b: Int32Array.from(linked, ([, b]) => b),
    evidence: ones,
    weight: ones,
  }
}

interface VerdictsOptions {
  readonly hostile?: number
  readonly trust?: Trust
  readonly partsOf?: PartsOf
  readonly linked?: readonly Pair[]
  readonly takeovers?: Grouping['takeovers']
}

function verdicts(
  rows: readonly (typeof row extends fc.Arbitrary<infer T> ? T : never)[],
  {
    hostile = 0.5,
    trust = 'local',
    partsOf = (accounts) => [accounts],
    linked = everybody(rows.length),
    takeovers = new Map(),
  }: VerdictsOptions = {},
) {
  const named = (key: 'community' | 'suspect') =>
    Int32Array.from(rows, (one) => rows.findIndex((other) => other[key] === one[key]))
  const grouping = { labels: named('community'), takeovers }
  const suspects = named('suspect')
  const risk = Float64Array.from(rows, (one) => one.risk)
  const compromise = Float64Array.from(rows, (one) => one.compromise)
  const found = verdictsOn({
    grouping,
    suspects: { labels: suspects, pairs: linkPairs(linked) },
    trust,
    hostileAt: () => hostile,
    isStrange: () => false,
    partsOf,
    risk,
    compromise,
  })
  return { ...found, grouping, suspects, suspicion: rows.map((one) => one.risk + one.compromise) }
}

const accusing = new Set(['fraud_ring', 'takeover_cluster'])

test('whoever is accused is a suspect or is in company with a third of its community', () => {
  fc.assert(
    fc.property(population, (rows) => {
      const { labels, classOf, suspicion, grouping } = verdicts(rows)
      labels.forEach((label, account) => {
        if (!accusing.has(classOf.get(label) ?? '') || (suspicion[account] ?? 0) >= 0.35) return
        const own = [...grouping.labels.keys()].filter(
          (other) => grouping.labels[other] === grouping.labels[account],
        )
        const taken = own.filter((other) => labels[other] === label && (suspicion[other] ?? 0) >= 0.35)
        expect(taken.length * 3).toBeGreaterThanOrEqual(own.length)
      })
    }),
  )
})

/** Shown with the three others, with whom no suspects' link ties it. */
const aSuspectApart = [
  { community: 0, suspect: 0, risk: 0.6, compromise: 0 },
  { community: 0, suspect: 1, risk: 0.4, compromise: 0 },
  { community: 0, suspect: 0, risk: 0.6, compromise: 0 },
  { community: 0, suspect: 0, risk: 0.6, compromise: 0.3 },
]

test('a ring has three suspects who cluster, about two thirds as suspicious as can be on average', () => {
  fc.assert(
    fc.property(population, (rows) => {
      const { labels, classOf, suspects, suspicion } = verdicts(rows)
      for (const [label, ringClass] of classOf) {
        if (!accusing.has(ringClass)) continue
        const own = [...suspicion.keys()].filter(
          (account) => labels[account] === label && (suspicion[account] ?? 0) >= 0.35,
        )
        const makesIt = [...Map.groupBy(own, (account) => suspects[account]).values()].some(
          (together) =>
            together.length >= 3 &&
            together.reduce((sum, account) => sum + (suspicion[account] ?? 0), 0) >=
              together.length * 0.65 - 1e-9,
        )
        expect(makesIt).toBe(true)
      }
    }),
    { examples: [[aSuspectApart]] },
  )
})

/** Who reaches whom along these pairs, one account at a time. */
const partsAlong =
  (pairs: readonly Pair[]): PartsOf =>
  (accounts) => {
    const left = new Set(accounts)
    return accounts.flatMap((start) => {
      if (!left.delete(start)) return []
      const part = [start]
      for (const reached of part) {
        const next = pairs.flatMap(([a, b]) => (a === reached ? [b] : b === reached ? [a] : []))
        part.push(...next.filter((other) => left.delete(other)))
      }
      return [part.toSorted((a, b) => a - b)]
    })
  }

const pairsOfAccounts = fc.array(fc.tuple(fc.nat(39), fc.nat(39)), { maxLength: 40 })

test('everybody else stays with whom links put them, as far as they hang together', () => {
  fc.assert(
    fc.property(population, pairsOfAccounts, (rows, pairs) => {
      const partsOf = partsAlong(pairs)
      const { labels, classOf, grouping, suspicion } = verdicts(rows, { partsOf })
      const groups = Map.groupBy(labels.keys(), (account) => labels[account] ?? 0)
      for (const [label, group] of groups) {
        expect(classOf.has(label)).toBe(true)
        const communities = new Set(group.map((account) => grouping.labels[account]))
        if (label >= labels.length) continue
        expect(communities.size).toBe(1)
        const community = [...labels.keys()].filter((account) => communities.has(grouping.labels[account]))
        const isWhole = group.length === community.length
        if (!isWhole) expect(partsOf(group)).toHaveLength(1)
        const suspects = community.filter((account) => (suspicion[account] ?? 0) >= 0.35)
        if (suspects.length === 0) expect(isWhole).toBe(true)
      }
    }),
  )
})

test('whoever is shown with a ring hangs together with its suspects and has a third of its community there', () => {
  fc.assert(
    fc.property(population, pairsOfAccounts, (rows, pairs) => {
      const partsOf = partsAlong(pairs)
      const { labels, grouping, suspicion } = verdicts(rows, { partsOf })
      const groups = Map.groupBy(labels.keys(), (account) => labels[account] ?? 0)
      for (const [label, ring] of groups) {
        if (label < labels.length) continue
        const isSuspect = (account: number): boolean => (suspicion[account] ?? 0) >= 0.35
        for (const part of partsOf(ring)) expect(part.some(isSuspect)).toBe(true)
        for (const account of ring.filter((one) => !isSuspect(one))) {
          const own = [...labels.keys()].filter(
            (other) => grouping.labels[other] === grouping.labels[account],
          )
          const there = own.filter((other) => labels[other] === label && isSuspect(other))
          expect(there.length * 3).toBeGreaterThanOrEqual(own.length)
        }
      }
    }),
  )
})

/** The third hangs by the fourth, who is hardly suspicious. */
const heldByOneHardlySuspicious = [0.9, 0.9, 0.9, 0.2].map((risk) => ({
  community: 0,
  suspect: 0,
  risk,
  compromise: 0,
}))

test('suspects of a ring hang together by links among themselves, not by somebody hardly suspicious', () => {
  fc.assert(
    fc.property(population, pairsOfAccounts, (rows, pairs) => {
      const linked = pairs.filter(([a, b]) => a < rows.length && b < rows.length)
      const { labels, suspects, suspicion } = verdicts(rows, { linked })
      const isSuspect = (account: number): boolean => (suspicion[account] ?? 0) >= 0.35
      const within = linked.filter(([a, b]) => suspects[a] === suspects[b])
      const groups = Map.groupBy(labels.keys().filter(isSuspect), (account) => labels[account] ?? 0)
      const rings = [...groups].filter(([label]) => label >= labels.length).map(([, ring]) => ring)
      const clusterings = rings.map((ring) => partsAlong(within)(ring))
      // A suspect whom no link of suspects tied to the ring is shown with it as one of its community.
      for (const parts of clusterings) expect(parts.some((part) => part.length >= 3)).toBe(true)
    }),
    {
      examples: [
        [
          heldByOneHardlySuspicious,
          [
            [0, 1],
            [1, 3],
            [2, 3],
          ],
        ],
      ],
    },
  )
})

test('more compromise than risk makes a takeover, and so does a quarter of it', () => {
  const honest = { community: 0, suspect: 0, risk: 0, compromise: 0 } as const
  const thief = { ...honest, risk: 0.9 } as const
  const victim = { ...honest, compromise: 0.8 } as const
  const classesOf = (rows: Parameters<typeof verdicts>[0]) => [...new Set(verdicts(rows).classOf.values())]

  expect(classesOf([thief, victim, victim])).toEqual(['takeover_cluster'])
  expect(classesOf([thief, thief, thief, victim, victim])).toEqual(['takeover_cluster'])
  expect(classesOf([thief, thief, thief, victim])).toEqual(['fraud_ring'])
  expect(classesOf([thief, thief, thief, honest])).toEqual(['fraud_ring'])
})

test('nobody is taken over by nobody, unless they arrived as chance does not explain', () => {
  const victim = { community: 0, suspect: 0, risk: 0, compromise: 0.8 } as const
  const visit = { account: 1, at: 0, met: 0, changed: true, paid: [] }
  const cohort = { pivots: [], victims: new Map([[1, visit]]), receivers: [], others: [] }
  const takeovers = new Map([[0, cohort]])
  const classesOf = (...given: Parameters<typeof verdicts>) => [
    ...new Set(verdicts(...given).classOf.values()),
  ]

  expect(classesOf([victim, victim, victim])).toEqual(['uncertain'])
  expect(classesOf([victim, victim, victim], { takeovers })).toEqual(['takeover_cluster'])
  expect(classesOf([victim, victim, victim, { ...victim, risk: 0.4 }])).toEqual(['takeover_cluster'])
})

test('models that nothing here confirmed call only the surest a ring', () => {
  const suspect = { community: 0, suspect: 0, risk: 0.6, compromise: 0 } as const
  const sure = { ...suspect, risk: 0.9 } as const
  const classesOf = (rows: Parameters<typeof verdicts>[0]) => [
    ...new Set(verdicts(rows, { trust: 'shipped' }).classOf.values()),
  ]

  expect(classesOf([suspect, suspect, suspect])).toEqual(['uncertain'])
  expect(classesOf([sure, sure, sure, suspect])).toEqual(['fraud_ring'])
})

test('communities are shared by honest people where hostility is unlikely and nothing is strange', () => {
  const labels = Int32Array.from([0, 0, 0])
  const nobody = new Float64Array(3)
  const classAt = (hostile: number, isStrange = false) =>
    verdictsOn({
      grouping: { labels, takeovers: new Map() },
      suspects: { labels: Int32Array.from([0, 1, 2]), pairs: linkPairs([]) },
      trust: 'local',
      hostileAt: () => hostile,
      isStrange: () => isStrange,
      partsOf: (accounts) => [accounts],
      risk: nobody,
      compromise: nobody,
    }).classOf.get(0)

  expect(classAt(0.1)).toBe('benign_shared')
  expect(classAt(0.3)).toBe('uncertain')
  expect(classAt(0.1, true)).toBe('uncertain')
})

test('nobody is suspected in a community that honest people share', () => {
  fc.assert(
    fc.property(population, (rows) => {
      const { labels, classOf, suspicion } = verdicts(rows, { hostile: 0.1 })
      labels.forEach((label, account) => {
        if (classOf.get(label) === 'benign_shared') expect(suspicion[account]).toBeLessThan(0.35)
      })
    }),
  )
})
