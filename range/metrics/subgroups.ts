/** Whom flags hurt: benign accounts by what they honestly share identifiers within. */
import type { PublishedMember } from '../score.ts'
import type { TruthLine } from '../truth.ts'

export interface SubgroupHarm {
  readonly benign: number
  readonly flagged: number
}

/** A group's kind is its name before the first dash. Accounts in no group are `alone`. */
export const subgroupOf = (group: string | null): string => group?.split('-')[0] ?? 'alone'

/** By kind of group, in order of name. */
export function harmBySubgroup(
  published: readonly PublishedMember[],
  truth: readonly TruthLine[],
): Readonly<Record<string, SubgroupHarm>> {
  const flagged = new Set(published.filter((row) => row.flagged).map(({ account }) => account))
  const benign = Map.groupBy(
    truth.filter(({ role }) => role === 'benign'),
    ({ group }) => subgroupOf(group),
  )
  return Object.fromEntries(
    [...benign]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([kind, lines]) => [
        kind,
        { benign: lines.length, flagged: lines.filter(({ account }) => flagged.has(account)).length },
      ]),
  )
}
