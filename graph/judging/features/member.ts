/** How an account stands in its community, and what the community is like, told of the account. */
import type { LinkTable } from '../../projection/link-table.ts'
import type { Community } from '../../rings/community.ts'
import { dayMs } from '../../time.ts'
import type { Rows } from '../rows.ts'
import { type ColumnWriter, type FeatureColumns, writeRow } from './columns.ts'
import type { JudgingInput } from './input.ts'

const togetherMs = 7 * dayMs

/** `ofCommunity` is a row each community, as community.ts and the ring model make them. */
export function writeMemberFeatures(
  input: JudgingInput,
  writer: ColumnWriter,
  { ofCommunity, rows }: { readonly ofCommunity: FeatureColumns; readonly rows: Rows },
): void {
  writeAttachment(input, writer, rows)
  for (const [name, values] of ofCommunity.columns) {
    const column = writer.column(`ring:${name}`)
    for (const account of rows.list) column[account] = values[input.communityOf[account] ?? -1] ?? Number.NaN
  }
}

const noCommunity: Pick<Community, 'members' | 'shared'> = { members: [], shared: [] }

function writeAttachment(
  { table, communities, communityOf }: JudgingInput,
  writer: ColumnWriter,
  rows: Rows,
): void {
  const together = Map.groupBy(rows.list, (account) => communityOf[account] ?? -1)
  for (const [place, accounts] of together) {
    const { members, shared } = communities[place] ?? noCommunity
    const kinds = new Map(members.map((account) => [account, new Set<string>()]))
    for (const { kind, members: users } of shared) for (const user of users) kinds.get(user)?.add(kind.name)
    for (const account of accounts) {
      writeRow(writer, account, {
        attachedKinds: kinds.get(account)?.size,
        bornWithOthers: bornWith(table, account, members),
      })
    }
  }
}

/** Of the other members, those born within a week of the account; `undefined` where its birth is not known or there are none. */
function bornWith(table: LinkTable, account: number, members: readonly number[]): number | undefined {
  const own = table.facts.bornAt(account)
  if (own === undefined || members.length < 2) return undefined
  const isNear = (other: number): boolean =>
    Math.abs((table.facts.bornAt(other) ?? Infinity) - own) <= togetherMs
  return members.filter((other) => other !== account && isNear(other)).length / (members.length - 1)
}
