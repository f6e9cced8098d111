/** What baselines are given of a world: our table in plain rows, kinds that events name alone, and our links. */

import { givesTo } from '../../../graph/evidence/account-facts.ts'
import { microNats } from '../../../graph/evidence/share.ts'
import type { LabelValue } from '../../../graph/model.ts'
import type { LinkPairs } from '../../../graph/projection/link-pairs.ts'
import type { LinkTable } from '../../../graph/projection/link-table.ts'
import { usedBy } from '../../../graph/projection/uses/of.ts'
import type { BaselineInput } from '../../../range/baselines/baseline.ts'
import { baselineTable, type ToldUse } from '../../../range/baselines/table.ts'

export function baselineInput(table: LinkTable, links: LinkPairs, kinds: ReadonlySet<string>): BaselineInput {
  return {
    table: baselineTable({
      accounts: [...table.facts].map(({ account, bornAt, labels }) => {
        const known = newest(labels)
        return { account, ...(bornAt !== undefined && { bornAt }), ...(known !== undefined && { known }) }
      }),
      uses: usesOf(table, kinds),
      payments: [...table.facts].flatMap(({ account, relations }) =>
        relations.filter(({ relation }) => relation === 'paid').map(({ to }) => ({ from: account, to })),
      ),
      dealings: [...table.facts].flatMap(({ account, relations }) =>
        relations
          .filter(({ relation }) => relation !== 'reported_by')
          .map((one) => ({ from: account, to: one.to, gives: givesTo(one) })),
      ),
    }),
    // Both number accounts in order of id.
    links: { a: links.a, b: links.b, weight: Float64Array.from(links.weight, (micro) => micro / microNats) },
  }
}

function* usesOf(table: LinkTable, kinds: ReadonlySet<string>): Generator<ToldUse> {
  for (const [number, account] of table.facts.ids.entries()) {
    for (const { kind, ref, firstAt, lastAt, days } of usedBy(table, number).ties)
      if (kinds.has(kind)) yield { account, kind, ref, firstAt, lastAt, days }
  }
}

const newest = (labels: readonly { label: LabelValue; at: number }[]): LabelValue | undefined =>
  labels.toSorted((a, b) => b.at - a.at)[0]?.label
