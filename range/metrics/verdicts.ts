/** Whether groups are called what they are, and whether the queue begins with those worth a look. */
import { countingRoles } from '../score.ts'
import type { TruthLine } from '../truth.ts'
import { averagePrecision } from './average-precision.ts'
import { type Bin, binsOf, brierScore, calibrationError, type Said } from './bins.ts'

export interface PublishedGroup {
  readonly class: string
  readonly risk: number
  readonly members: readonly { readonly account: string; readonly role: string }[]
}

export interface VerdictFigures {
  readonly groups: number
  readonly averagePrecision: number
  readonly brier: number
  readonly calibrationError: number
  readonly bins: readonly Bin[]
  /** Of the first 50 entries of the queue, or as many as rings were planted: those that are rings, of 1. */
  readonly queuePrecision: number
  /** By class: published groups that are rings, and that are not. */
  readonly classes: Readonly<Record<string, { readonly rings: number; readonly others: number }>>
}

const queueRead = 50

/** `queue`: what an investigator is shown, first things first. */
export function verdictFigures(
  groups: readonly PublishedGroup[],
  queue: readonly PublishedGroup[],
  truth: readonly TruthLine[],
): VerdictFigures {
  const ringed = new Set(truth.filter(({ ring }) => ring !== null).map(({ account }) => account))
  const planted = new Set(truth.flatMap(({ ring }) => (ring === null ? [] : [ring])))
  const isRing = (group: PublishedGroup): boolean => isMostly(group, ringed)
  const rows = groups.map((group): Said => ({ probability: group.risk, isTrue: isRing(group) }))
  const first = queue.slice(0, Math.min(queueRead, planted.size))
  const bins = binsOf(rows)
  return {
    groups: groups.length,
    averagePrecision: averagePrecision({
      scores: rows.map(({ probability }) => probability),
      answers: rows.map(({ isTrue }) => Number(isTrue)),
    }),
    brier: brierScore(rows),
    calibrationError: calibrationError(bins),
    bins,
    queuePrecision: first.filter(isRing).length / Math.max(1, first.length),
    classes: Object.fromEntries(
      [...Map.groupBy(groups, (group) => group.class)]
        .toSorted(([one], [other]) => (one < other ? -1 : 1))
        .map(([name, own]) => {
          const rings = own.filter(isRing).length
          return [name, { rings, others: own.length - rings }]
        }),
    ),
  }
}

/** At least half of those whose role carries the group, or of all where none does, carry a planted ring. */
function isMostly({ members }: PublishedGroup, ringed: ReadonlySet<string>): boolean {
  const carriers = members.filter(({ role }) => countingRoles.has(role))
  const counted = carriers.length > 0 ? carriers : members
  return counted.filter(({ account }) => ringed.has(account)).length * 2 >= counted.length
}
