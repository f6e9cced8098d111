/**
 * What labels say of scores where most that is to be labelled is not: a share of what is sought is known, some labels are
 * wrong, and everybody else is unknown rather than innocent (Elkan & Noto 2008, "Learning classifiers from only positive
 * and unlabeled data"; wrong labels after Natarajan et al. 2013, "Learning with noisy labels"). The probability is taken to
 * be logistic in the score (Platt 1999).
 */

/** Log-odds here are `slope` times those of the score, plus `shift`. */
export interface Labelling {
  readonly slope: number
  readonly shift: number
  /** Of those that are sought, how many carry the label; of 1. */
  readonly known: number
  /** Of the others, how many carry it all the same: mistakes, and what no score can see. */
  readonly mistaken: number
}

/** A score in log-odds, how many accounts have it, and how many of those are labelled as sought, or as not. */
export interface ScoreCount {
  readonly score: number
  readonly accounts: number
  readonly sought: number
  readonly cleared: number
}

/** What is held of a deployment before its labels are read: models are right, a tenth is known, mistakes are rare. */
const before = { slope: 1, shift: 0, known: logitOf(0.1), mistaken: logitOf(0.003) }
/** How many log-odds (of the slope: units) each may well be away from that. */
const spread = { slope: 0.25, shift: 1, known: 0.6, mistaken: 1 }

const names = ['slope', 'shift', 'known', 'mistaken'] as const
type Point = Readonly<Record<(typeof names)[number], number>>

const stepsFirst: Point = { slope: 0.4, shift: 0.8, known: 0.4, mistaken: 0.6 }
/** Steps are halved until they are this much shorter. */
const halvings = 9

/** The likeliest labelling, by walking to ever closer neighbours that are likelier; the same counts give the same. */
export function fitLabelling(counts: readonly ScoreCount[]): Labelling {
  let point: Point = before
  let best = likelihood(counts, point)
  for (let halved = 0; halved < halvings; ) {
    let moved = false
    for (const name of names) {
      for (const way of [1, -1]) {
        const next = { ...point, [name]: point[name] + way * stepsFirst[name] * 2 ** -halved }
        const likely = likelihood(counts, next)
        if (likely <= best) continue
        ;[point, best, moved] = [next, likely, true]
      }
    }
    if (!moved) halved += 1
  }
  const { slope, shift, known, mistaken } = point
  return { slope, shift, known: logistic(known), mistaken: logistic(mistaken) }
}

/** Of the labels, as a log; with what is held before. */
function likelihood(counts: readonly ScoreCount[], point: Point): number {
  const [known, mistaken] = [logistic(point.known), logistic(point.mistaken)]
  let sum = 0
  for (const name of names) sum -= ((point[name] - before[name]) / spread[name]) ** 2 / 2
  for (const { score, accounts, sought, cleared } of counts) {
    const p = logistic(point.slope * score + point.shift)
    const labelled = known * p + mistaken * (1 - p)
    sum += sought * Math.log(labelled) + cleared * Math.log(Math.max(1 - p, 1e-12))
    sum += (accounts - sought - cleared) * Math.log1p(-labelled)
  }
  return sum
}

export type OwnLabel = 'sought' | 'cleared' | undefined

/** How likely an account is what is sought, given its label too. */
export function withLabel(p: number, label: OwnLabel, { known, mistaken }: Labelling): number {
  if (label === 'cleared') return 0
  if (label === 'sought') return (known * p) / (known * p + mistaken * (1 - p))
  return (p * (1 - known)) / (1 - known * p - mistaken * (1 - p))
}

/** Scores in steps of a twentieth of a log-odd: of any number of accounts, some hundreds. */
export function countScores(
  accounts: Iterable<{ readonly score: number; readonly label: OwnLabel }>,
): readonly ScoreCount[] {
  const counts = new Map<number, { accounts: number; sought: number; cleared: number }>()
  for (const { score, label } of accounts) {
    const step = Math.round(score * 20)
    const row = counts.get(step) ?? { accounts: 0, sought: 0, cleared: 0 }
    counts.set(step, row)
    row.accounts += 1
    if (label) row[label] += 1
  }
  return [...counts].toSorted(([a], [b]) => a - b).map(([step, row]) => ({ score: step / 20, ...row }))
}

/** How often, of 1, an account labelled as sought has a higher score than one that is not; .5 says nothing either way. */
export function agreementOf(counts: readonly ScoreCount[]): number {
  let [below, higher, pairs] = [0, 0, 0]
  for (const { accounts, sought } of counts) {
    const others = accounts - sought
    higher += sought * (below + others / 2)
    below += others
  }
  for (const { sought } of counts) pairs += sought * below
  return pairs > 0 ? higher / pairs : 0.5
}

function logitOf(p: number): number {
  return Math.log(p / (1 - p))
}

/** From log-odds to the probability. */
export function logistic(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds))
}
