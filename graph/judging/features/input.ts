/** What is known of a population when its accounts are judged. */
import type { KindLookup } from '../../projection/entities.ts'
import type { PublicnessFactors } from '../../projection/publicness.ts'
import { communitiesOf } from '../../rings/community.ts'
import type { Grouping } from '../../rings/group.ts'
import { type Visitor, visitorsOf } from '../../takeover/visitors.ts'
import { allStale, type Stale, type StaleSearch, staleOf, type Together } from '../stale/looks.ts'

export interface JudgingInput extends Together {
  /** Members that only visit their community, by account. */
  readonly visitors: ReadonlyMap<number, Visitor>
  /** As the run measured it. */
  readonly publicness: PublicnessFactors
  readonly kindOf: KindLookup
  readonly asOf: number
  /** What has to be looked at: everything, where nothing like it was judged before. */
  readonly stale: Stale
}

export interface InputBefore extends Omit<StaleSearch, 'known'> {
  readonly input: JudgingInput
}

export type InputParts = Pick<JudgingInput, 'table' | 'pairs' | 'publicness' | 'kindOf' | 'asOf'> & {
  readonly grouping: Grouping
  /** What was judged before the state changed; its figures of everybody else will be carried over. */
  readonly before?: InputBefore
}

export function judgingInput({ grouping, before, ...found }: InputParts): JudgingInput {
  const { table, pairs, kindOf } = found
  const communities = communitiesOf(table, pairs, { ...grouping, kindOf, sizeMin: 2 })
  const communityOf = new Int32Array(table.facts.length).fill(-1)
  communities.forEach(({ members }, place) => {
    for (const account of members) communityOf[account] = place
  })
  const together = { table, pairs, communities, communityOf, cohorts: [...grouping.takeovers.values()] }
  const stale = before ? staleOf(together, { ...before, known: before.input }) : allStale(together)
  const visitors = new Map(before ? carriedVisitors(before, stale) : [])
  for (const place of stale.communities.list) {
    const community = communities[place]
    for (const [account, visitor] of community ? visitorsOf(table, community, found) : [])
      visitors.set(account, visitor)
  }
  return { ...found, ...together, visitors, stale }
}

/** Of members of communities that are as they were. */
const carriedVisitors = (
  { input, changed: { accountNow, identifierNow } }: InputBefore,
  { members }: Stale,
): readonly (readonly [number, Visitor])[] =>
  [...input.visitors].flatMap(([before, visitor]) => {
    const account = accountNow[before] ?? -1
    if (account < 0 || members.has(account)) return []
    return [[account, { ...visitor, account, pivot: identifierNow[visitor.pivot] ?? -1 }] as const]
  })
