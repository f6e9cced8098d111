/** How much of a population one change may make a detection look at, counted slowly and from what was found alone. */
import { disjointSets } from '../../../graph/communities/disjoint-sets.ts'
import { gammaMicro } from '../../../graph/communities/gamma.ts'
import type { Detection } from '../../../graph/detect.ts'
import { suspectsGammaMicro } from '../../../graph/judging/suspects/cluster.ts'
import type { LinkPairs } from '../../../graph/projection/link-pairs.ts'
import { weekOf } from '../../../graph/rings/stitch.ts'
import type { DetectionWork } from '../../../graph/run-work.ts'

export type Limits = Pick<DetectionWork, 'accountsSolved' | 'weeksCounted' | 'suspectsSolved'>

/** `before` and `after` number accounts alike; `touched` is who changed. */
export function limitsOf(before: Detection, after: Detection, touched: number): Limits {
  const rounds = [
    ({ judged }: Detection) => ({ said: judged.judgement.first, pairs: judged.judgement.first.groups.pairs }),
    ({ judged }: Detection) => ({ said: judged.judgement, pairs: judged.judgement.groups.pairs }),
  ]
  const suspectsIn = rounds.map((round) => {
    const [had, has] = [round(before), round(after)]
    const others = [...has.said.risk.keys()].filter(
      (account) =>
        account === touched ||
        had.said.risk[account] !== has.said.risk[account] ||
        had.said.compromise[account] !== has.said.compromise[account],
    )
    return inComponentsOf(others, [had.pairs, has.pairs], suspectsGammaMicro)
  })
  const renamed = [...after.communities.keys()].filter(
    (account) => before.communities[account] !== after.communities[account],
  )
  return {
    accountsSolved: inComponentsOf([touched], [before.pairs, after.pairs], gammaMicro),
    weeksCounted: weeksOf(after, [touched, ...renamed]),
    suspectsSolved: suspectsIn.reduce((sum, one) => sum + one, 0),
  }
}

/** Accounts that hang together with some of these over links above gamma, of before or after. */
function inComponentsOf(accounts: readonly number[], links: readonly LinkPairs[], gamma: number): number {
  const size =
    Math.max(...accounts, ...links.map(({ b }) => b.reduce((most, one) => Math.max(most, one), 0))) + 1
  const sets = disjointSets(size)
  for (const { a, b, weight } of links)
    a.forEach((from, at) => {
      if ((weight[at] ?? 0) > gamma) sets.unite(from, b[at] ?? from)
    })
  const roots = new Set(accounts.map((account) => sets.rootOf(account)))
  return Array.from({ length: size }, (_, account) => account).filter((account) =>
    roots.has(sets.rootOf(account)),
  ).length
}

/** Weeks on an address, of any of the accounts. */
const weeksOf = ({ table }: Detection, accounts: readonly number[]): number =>
  new Set(
    accounts.flatMap((account) =>
      (table.ties[account]?.ties ?? [])
        .filter(({ kind }) => kind === 'ip')
        .flatMap(({ ref, days }) => days.map((day) => `${ref} ${weekOf(day)}`)),
    ),
  ).size
