/**
 * What each planted ring adds to the figures of range/score.ts, so that rings can be drawn again for intervals: a
 * ring is what an attacker did once, while its accounts are no more independent than its size is.
 */
import { countingRoles, type PublishedMember } from '../score.ts'
import type { TruthLine } from '../truth.ts'

export interface RingTally {
  readonly attack: string
  readonly size: number
  /** Best Jaccard index that a published ring reaches with it. */
  readonly overlap: number
  /** Pairs inside it that one published ring holds, */
  readonly both: number
  /** pairs of published rings that touch it, those that touch two planted rings half to each, */
  readonly claimed: number
  /** and pairs there are inside it. */
  readonly real: number
  /** Sums of B-cubed precision and recall over its accounts. */
  readonly precisionSum: number
  readonly recallSum: number
  /** Published rings that hold any of it. */
  readonly parts: number
}

/** By ring, in order of name. */
export function ringTallies(
  published: readonly PublishedMember[],
  truth: readonly TruthLine[],
): readonly RingTally[] {
  const found = foundRings(published, truth)
  const planted = Map.groupBy(
    truth.filter(({ ring }) => ring !== null),
    ({ ring }) => ring ?? '',
  )
  return [...planted].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, lines]) => tallyOf(lines, found))
}

interface FoundRing {
  size: number
  /** Accounts in it that carry any planted ring. */
  ringed: number
}

interface FoundRings {
  readonly ringOf: ReadonlyMap<string, string>
  readonly rings: ReadonlyMap<string, FoundRing>
}

function foundRings(published: readonly PublishedMember[], truth: readonly TruthLine[]): FoundRings {
  const isRinged = new Set(truth.flatMap(({ account, ring }) => (ring === null ? [] : [account])))
  const counting = published.filter(({ role }) => countingRoles.has(role))
  const rings = new Map<string, FoundRing>()
  for (const { account, ring } of counting) {
    const known = rings.get(ring) ?? { size: 0, ringed: 0 }
    known.size += 1
    known.ringed += Number(isRinged.has(account))
    rings.set(ring, known)
  }
  return { ringOf: new Map(counting.map(({ account, ring }) => [account, ring])), rings }
}

const pairsOf = (count: number): number => (count * (count - 1)) / 2

function tallyOf(lines: readonly TruthLine[], { ringOf, rings }: FoundRings): RingTally {
  const shared = Map.groupBy(
    lines.filter(({ account }) => ringOf.has(account)),
    ({ account }) => ringOf.get(account) ?? '',
  )
  const size = lines.length
  const alone = size - [...shared.values()].reduce((sum, { length }) => sum + length, 0)
  const tally = { overlap: 0, both: 0, claimed: 0, precisionSum: alone, recallSum: alone / size }
  for (const [name, { length: count }] of shared) {
    const ring = rings.get(name) ?? { size: count, ringed: count }
    const ofOthers = ring.ringed - count
    tally.overlap = Math.max(tally.overlap, count / (size + ring.size - count))
    tally.both += pairsOf(count)
    tally.claimed += pairsOf(count) + count * (ring.size - ring.ringed) + (count * ofOthers) / 2
    tally.precisionSum += count ** 2 / ring.size
    tally.recallSum += count ** 2 / size
  }
  return { attack: lines[0]?.attack ?? 'unknown', size, real: pairsOf(size), parts: shared.size, ...tally }
}

export interface RingFigures {
  readonly recall50: number
  readonly recall80: number
  readonly pairPrecision: number
  readonly pairRecall: number
  readonly pairF1: number
  readonly bcubedPrecision: number
  readonly bcubedRecall: number
  readonly bcubedF1: number
  readonly fragmentation: number
}

/** The figures of these rings together; 0 where there is nothing to count. */
export function ringFigures(tallies: readonly RingTally[]): RingFigures {
  const sum = {
    at50: 0,
    at80: 0,
    both: 0,
    claimed: 0,
    real: 0,
    precision: 0,
    recall: 0,
    size: 0,
    parts: 0,
    met: 0,
  }
  for (const tally of tallies) {
    sum.at50 += Number(tally.overlap >= 0.5)
    sum.at80 += Number(tally.overlap >= 0.8)
    sum.both += tally.both
    sum.claimed += tally.claimed
    sum.real += tally.real
    sum.precision += tally.precisionSum
    sum.recall += tally.recallSum
    sum.size += tally.size
    sum.parts += tally.parts
    sum.met += Number(tally.parts > 0)
  }
  const [bcubedPrecision, bcubedRecall] = [ratio(sum.precision, sum.size), ratio(sum.recall, sum.size)]
  return {
    recall50: ratio(sum.at50, tallies.length),
    recall80: ratio(sum.at80, tallies.length),
    pairPrecision: ratio(sum.both, sum.claimed),
    pairRecall: ratio(sum.both, sum.real),
    pairF1: ratio(2 * sum.both, sum.claimed + sum.real),
    bcubedPrecision,
    bcubedRecall,
    bcubedF1: ratio(2 * bcubedPrecision * bcubedRecall, bcubedPrecision + bcubedRecall),
    fragmentation: ratio(sum.parts, sum.met),
  }
}

const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole)
