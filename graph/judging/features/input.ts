/** What is known of a population when its accounts are judged. */
import type { KindLookup } from '../../projection/entities.ts'
import type { LinkPairs } from '../../projection/link-pairs.ts'
import type { LinkTable } from '../../projection/link-table.ts'
import type { PublicnessFactors } from '../../projection/publicness.ts'
import { type Community, communitiesOf } from '../../rings/community.ts'
import type { Grouping } from '../../rings/group.ts'
import type { TakeoverCohort } from '../../takeover/cohorts.ts'
import { type Visitor, visitorsOf } from '../../takeover/visitors.ts'

export interface JudgingInput {
  readonly table: LinkTable
  readonly pairs: LinkPairs
  /** Of two accounts and more. */
  readonly communities: readonly Community[]
  /** Place in `communities` of each account's, -1 for none. */
  readonly communityOf: Int32Array
  /** Members that only visit their community, by account. */
  readonly visitors: ReadonlyMap<number, Visitor>
  readonly cohorts: readonly TakeoverCohort[]
  /** As the run measured it. */
  readonly publicness: PublicnessFactors
  readonly kindOf: KindLookup
  readonly asOf: number
}

export function judgingInput({
  table,
  pairs,
  grouping,
  publicness,
  kindOf,
  asOf,
}: Pick<JudgingInput, 'table' | 'pairs' | 'publicness' | 'kindOf' | 'asOf'> & {
  readonly grouping: Grouping
}): JudgingInput {
  const communities = communitiesOf(table, pairs, { ...grouping, kindOf, sizeMin: 2 })
  const communityOf = new Int32Array(table.facts.length).fill(-1)
  communities.forEach(({ members }, place) => {
    for (const account of members) communityOf[account] = place
  })
  return {
    table,
    pairs,
    communities,
    communityOf,
    visitors: new Map(communities.flatMap((one) => [...visitorsOf(table, one, { kindOf, asOf })])),
    cohorts: [...grouping.takeovers.values()],
    publicness,
    kindOf,
    asOf,
  }
}
