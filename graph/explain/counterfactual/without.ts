/**
 * What would become of a ring without an identifier: were it taken from every account, and rings found again. The
 * answer is that of a whole detection, found in the ring's surroundings (grouping.ts). It is given only where the same
 * computation finds the ring as it was published while nothing is taken away.
 */
import type { IdentifierKey } from '../../model.ts'
import { ringSizeMin } from '../../rings/community.ts'
import { type GroupingOptions, type Groups, groupsOf, type Linked, linked } from './grouping.ts'
import type { Reader } from './surroundings.ts'

export type Outcome = 'stays' | 'loses' | 'splits' | 'dissolves'

export interface Counterfactual {
  readonly without: readonly IdentifierKey[]
  readonly outcome: Outcome
  /** Accounts of the ring in each ring that is left of it, most first. */
  readonly parts: readonly (readonly string[])[]
  /** Accounts of the ring that no ring holds any more. */
  readonly lost: readonly string[]
}

/** `members` ascending. */
export async function ringWithout(
  read: Reader,
  members: readonly string[],
  { without, ...options }: GroupingOptions & { without: readonly IdentifierKey[] },
): Promise<Counterfactual> {
  const groups = groupsOf(await linked(read, { ...options, without }), options.kindOf)
  return { without, ...partsOf(members, groups) }
}

/** Whether links alone, as they were read, make this ring of exactly these accounts. */
export function isMadeByLinks(
  found: Linked,
  members: readonly string[],
  { kindOf }: Pick<GroupingOptions, 'kindOf'>,
): boolean {
  const groups = groupsOf(found, kindOf)
  const group = groups.groupOf.get(members[0] ?? '')
  return (
    group !== undefined &&
    groups.sizes.get(group) === members.length &&
    members.every((account) => groups.groupOf.get(account) === group)
  )
}

function partsOf(members: readonly string[], { groupOf, sizes }: Groups): Omit<Counterfactual, 'without'> {
  const isRing = (group: number | undefined): boolean =>
    group !== undefined && (sizes.get(group) ?? 0) >= ringSizeMin
  const lost = members.filter((account) => !isRing(groupOf.get(account)))
  const kept = members.filter((account) => isRing(groupOf.get(account)))
  const parts = [...Map.groupBy(kept, (account) => groupOf.get(account)).values()].toSorted(
    (a, b) => b.length - a.length,
  )
  return { outcome: outcomeOf(parts.length, lost.length), parts, lost }
}

function outcomeOf(parts: number, lost: number): Outcome {
  if (parts === 0) return 'dissolves'
  if (parts > 1) return 'splits'
  return lost > 0 ? 'loses' : 'stays'
}
