/** How an account stands in its community, and what the community is like, told of the account. */
import type { LinkTable } from '../../projection/link-table.ts'
import { dayMs } from '../../time.ts'
import { type ColumnWriter, type FeatureColumns, writeRow } from './columns.ts'
import type { JudgingInput } from './input.ts'

const togetherMs = 7 * dayMs

/** `ofCommunity` is a row each community, as community.ts and the ring model make them. */
export function writeMemberFeatures(
  input: JudgingInput,
  writer: ColumnWriter,
  ofCommunity: FeatureColumns,
): void {
  writeAttachment(input, writer)
  for (const [name, values] of ofCommunity.columns) {
    const column = writer.column(`ring:${name}`)
    input.communityOf.forEach((place, account) => {
      if (place >= 0) column[account] = values[place] ?? Number.NaN
    })
  }
}

function writeAttachment({ table, communities }: JudgingInput, writer: ColumnWriter): void {
  for (const { members, shared } of communities) {
    const kinds = new Map(members.map((account) => [account, new Set<string>()]))
    for (const { kind, members: users } of shared) for (const user of users) kinds.get(user)?.add(kind.name)
    for (const account of members) {
      writeRow(writer, account, {
        attachedKinds: kinds.get(account)?.size,
        bornWithOthers: bornWith(table, account, members),
      })
    }
  }
}

/** Of the other members, those born within a week of the account; `undefined` where its birth is not known. */
function bornWith(table: LinkTable, account: number, members: readonly number[]): number | undefined {
  const own = table.facts[account]?.bornAt
  if (own === undefined) return undefined
  const isNear = (other: number): boolean =>
    Math.abs((table.facts[other]?.bornAt ?? Infinity) - own) <= togetherMs
  return members.filter((other) => other !== account && isNear(other)).length / (members.length - 1)
}
