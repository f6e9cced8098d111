/** What is known of an account once everybody was judged a first time: the suspicion of those it is tied to. */
import { microNats } from '../../evidence/share.ts'
import type { LinkPairs } from '../../projection/link-pairs.ts'
import type { LinkTable } from '../../projection/link-table.ts'
import type { SuspectGroups, Suspicion } from '../suspects/cluster.ts'
import { type ColumnWriter, writeRow } from './columns.ts'

/** Counts as so many honest users besides, so that one bad account does not damn an identifier. */
const priorUsers = 2

/** More users are a hub: what is said of it is measured once, and no user of it makes others' judgement new. */
const hubUsersMin = 200

interface Reputation {
  readonly users: number
  /** Suspicion of all of them. */
  readonly sum: number
}

/** Of hubs, by `kind:ref`. */
export type HubReputations = ReadonlyMap<string, Reputation>

export function measureReputations(table: LinkTable, suspicion: Suspicion): HubReputations {
  const hubs = new Map<string, Reputation>()
  table.postings.forEach((users, identifier) => {
    const { kind, ref } = table.identifiers[identifier] ?? {}
    if (users.length > hubUsersMin) hubs.set(`${kind}:${ref}`, reputationOf(users, suspicion))
  })
  return hubs
}

export function writeSuspicionFeatures(
  { table, pairs }: { readonly table: LinkTable; readonly pairs: LinkPairs },
  writer: ColumnWriter,
  {
    suspicion,
    groups,
    hubs,
  }: { readonly suspicion: Suspicion; readonly groups: SuspectGroups; readonly hubs: HubReputations },
): void {
  writer.column('risk1').set(suspicion.risk)
  writer.column('compromise1').set(suspicion.compromise)
  writeNeighbours(writer, { pairs, suspicion, name: 'linked' })
  const among = writeNeighbours(writer, { pairs: groups.pairs, suspicion, name: 'amongSuspects' })
  writer.column('amongSuspects:sum').set(among)
  writeGroups(writer, groups, suspicion)
  writeReputation(table, writer, { suspicion, hubs })
}

/** Returns the summed probability of each account's links. */
function writeNeighbours(
  writer: ColumnWriter,
  { pairs, suspicion, name }: { pairs: LinkPairs; suspicion: Suspicion; name: string },
): Float64Array {
  const { accounts } = writer
  const [risk, compromise, weight, most] = [0, 0, 0, 0].map(() => new Float64Array(accounts))
  const meet = (from: number, to: number, p: number): void => {
    risk![from]! += p * (suspicion.risk[to] ?? 0)
    compromise![from]! += p * (suspicion.compromise[to] ?? 0)
    weight![from]! += p
    most![from] = Math.max(most![from] ?? 0, p * (suspicion.risk[to] ?? 0))
  }
  for (let i = 0; i < pairs.a.length; i++) {
    const [a, b, p] = [pairs.a[i] ?? 0, pairs.b[i] ?? 0, (pairs.weight[i] ?? 0) / microNats]
    meet(a, b, p)
    meet(b, a, p)
  }
  const mean = (sum: Float64Array): Float64Array =>
    sum.map((value, at) => ((weight![at] ?? 0) > 0 ? value / (weight![at] ?? 1) : Number.NaN))
  writer.column(`${name}:risk`).set(mean(risk!))
  writer.column(`${name}:compromise`).set(mean(compromise!))
  writer.column(`${name}:riskMost`).set(most!)
  return weight!
}

function writeGroups(writer: ColumnWriter, { labels }: SuspectGroups, { risk, compromise }: Suspicion): void {
  const groups = Map.groupBy(labels.keys(), (account) => labels[account] ?? account)
  for (const members of groups.values()) {
    if (members.length < 2) continue
    const others = members.length - 1
    const sum = (column: Float64Array): number => members.reduce((all, one) => all + (column[one] ?? 0), 0)
    const [allRisk, allCompromise] = [sum(risk), sum(compromise)]
    for (const account of members) {
      writeRow(writer, account, {
        'suspects:size': members.length,
        'suspects:risk': (allRisk - (risk[account] ?? 0)) / others,
        'suspects:compromise': (allCompromise - (compromise[account] ?? 0)) / others,
      })
    }
  }
}

const suspicionOf = ({ risk, compromise }: Suspicion, account: number): number =>
  Math.min(1, (risk[account] ?? 0) + (compromise[account] ?? 0))

const reputationOf = (users: Int32Array, suspicion: Suspicion): Reputation => ({
  users: users.length,
  sum: users.reduce((sum, account) => sum + suspicionOf(suspicion, account), 0),
})

/** Mean suspicion of the other users of what the account uses, hubs included. */
function writeReputation(
  table: LinkTable,
  writer: ColumnWriter,
  { suspicion, hubs }: { suspicion: Suspicion; hubs: HubReputations },
): void {
  const known = table.postings.map((users, identifier) => {
    const { kind, ref } = table.identifiers[identifier] ?? {}
    return hubs.get(`${kind}:${ref}`) ?? reputationOf(users, suspicion)
  })
  table.ties.forEach(({ identifiers }, account) => {
    const own = suspicionOf(suspicion, account)
    const said = { address: [] as number[], other: [] as number[] }
    for (const identifier of identifiers) {
      const { users = 0, sum = 0 } = known[identifier] ?? {}
      const { kind } = table.identifiers[identifier] ?? {}
      if (users < 2 || kind === 'target' || kind === 'emailDomain' || kind === 'asn') continue
      // An account that came to a hub after it was measured is not in its sum.
      const reputation = Math.max(0, sum - own) / (users - 1 + priorUsers)
      said[kind === 'ip' || kind === 'ip24' ? 'address' : 'other'].push(reputation)
    }
    writeRow(writer, account, {
      reputationMost: Math.max(0, ...said.other),
      reputation: mean(said.other),
      addressReputation: mean(said.address),
    })
  })
}

const mean = (values: readonly number[]): number | undefined =>
  values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : undefined
