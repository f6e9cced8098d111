/**
 * What would become of a ring without an identifier: were it taken from every account, and everybody linked again. The
 * answer is that of linking the whole population, found in the ring's surroundings (grouping.ts); how its parts would be
 * judged is not foretold. It is given only where the same computation finds the ring as it was published while nothing is
 * taken away.
 */
import type { IdentifierKey } from '../../model.ts'
import { ringSizeMin } from '../../rings/community.ts'
import { type GroupingOptions, type Groups, groupsOf, type Linked, linkedWithout } from './grouping.ts'
import type { Reader } from './surroundings.ts'
import { takeoverRisk } from './takeover-risk.ts'

export type Outcome = 'stays' | 'loses' | 'splits' | 'dissolves'

export interface Counterfactual {
  readonly without: readonly IdentifierKey[]
  readonly outcome: Outcome
  /** Accounts of the ring in each ring that is left of it, most first. */
  readonly parts: readonly (readonly string[])[]
  /** Accounts of the ring that no ring holds any more. */
  readonly lost: readonly string[]
  /**
   * Whether linking everybody would find just this. Otherwise a takeover may be found there, which only the whole
   * population tells from chance, or not all that decides it was read.
   */
  readonly isCertain: boolean
}

export interface WhatIf {
  /** Whether links alone, as they were read, make this ring of exactly these accounts. */
  readonly isMadeByLinks: boolean
  without(keys: readonly IdentifierKey[]): Counterfactual
}

/** `members` ascending. */
export function whatIf(
  read: Reader,
  { members, found, ...options }: GroupingOptions & { members: readonly string[]; found: Linked },
): WhatIf {
  // A part of the links says nothing of what they make.
  const before = read.isSpent ? noGroups : groupsOf(found, options.kindOf)
  const isRisky = takeoverRisk(read, options)
  return {
    isMadeByLinks: isOneGroup(members, before),
    without(keys) {
      const without = keys.map(({ kind, ref }) => ({ kind, ref }))
      const groups = groupsOf(linkedWithout(found, without, options), options.kindOf)
      const isCertain =
        !read.truncated && !isRisky(together(members, before)) && !isRisky(together(members, groups))
      return { without, ...partsOf(members, groups), isCertain }
    },
  }
}

const noGroups: Groups = { groupOf: new Map(), sizes: new Map() }

function isOneGroup(members: readonly string[], { groupOf, sizes }: Groups): boolean {
  const group = groupOf.get(members[0] ?? '')
  return (
    group !== undefined &&
    sizes.get(group) === members.length &&
    members.every((account) => groupOf.get(account) === group)
  )
}

/** All accounts in a group with one of these. */
function together(members: readonly string[], { groupOf }: Groups): readonly string[] {
  const groups = new Set(members.map((account) => groupOf.get(account)))
  return [...groupOf].flatMap(([account, group]) => (groups.has(group) ? [account] : []))
}

function partsOf(members: readonly string[], { groupOf, sizes }: Groups) {
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
