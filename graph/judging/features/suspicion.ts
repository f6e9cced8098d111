/** What is known of an account once everybody was judged a first time: the suspicion of those it is tied to. */
import { microNats } from '../../evidence/share.ts'
import type { LinkPairs } from '../../projection/link-pairs.ts'
import { keyNamed, type LinkTable } from '../../projection/link-table.ts'
import { identifiersUsed, userCount, usersOf } from '../../projection/uses/of.ts'
import { type Rows, rowSet } from '../rows.ts'
import type { SuspectGroups } from '../suspects/cluster.ts'
import type { Suspicion } from '../suspicion.ts'
import { type ColumnWriter, writeRow } from './columns.ts'
import { pairsOf } from './links.ts'

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
  for (let identifier = 0; identifier < table.identifiers.length; identifier++) {
    if (userCount(table, identifier) > hubUsersMin)
      hubs.set(table.identifiers.nameAt(identifier), reputationOf(usersOf(table, identifier), suspicion))
  }
  return hubs
}

export function writeSuspicionFeatures(
  { table, pairs }: { readonly table: LinkTable; readonly pairs: LinkPairs },
  writer: ColumnWriter,
  {
    suspicion,
    groups,
    hubs,
    rows,
  }: Known & { readonly groups: SuspectGroups; readonly hubs: HubReputations },
): void {
  const [risk1, compromise1] = [writer.column('risk1'), writer.column('compromise1')]
  for (const account of rows.list) {
    risk1[account] = suspicion.risk[account] ?? 0
    compromise1[account] = suspicion.compromise[account] ?? 0
  }
  writeNeighbours(writer, { pairs, suspicion, rows, name: 'linked' })
  const among = writeNeighbours(writer, { pairs: groups.pairs, suspicion, rows, name: 'amongSuspects' })
  const sums = writer.column('amongSuspects:sum')
  for (const account of rows.list) sums[account] = among[account] ?? 0
  writeGroups(writer, groups, { suspicion, rows })
  writeReputation(table, writer, { suspicion, hubs, rows })
}

interface Known {
  readonly suspicion: Suspicion
  /** Accounts whose features are asked for. */
  readonly rows: Rows
}

/** Returns the summed probability of each account's links. */
function writeNeighbours(
  writer: ColumnWriter,
  { pairs, suspicion, rows, name }: Known & { pairs: LinkPairs; name: string },
): Float64Array {
  const { accounts } = writer
  const [risk, compromise, weight, most] = [0, 0, 0, 0].map(() => new Float64Array(accounts))
  const meet = (from: number, to: number, p: number): void => {
    risk![from]! += p * (suspicion.risk[to] ?? 0)
    compromise![from]! += p * (suspicion.compromise[to] ?? 0)
    weight![from]! += p
    most![from] = Math.max(most![from] ?? 0, p * (suspicion.risk[to] ?? 0))
  }
  for (const i of pairsOf(pairs, rows)) {
    const [a, b, p] = [pairs.a[i] ?? 0, pairs.b[i] ?? 0, (pairs.weight[i] ?? 0) / microNats]
    if (rows.has(a)) meet(a, b, p)
    if (rows.has(b)) meet(b, a, p)
  }
  const mean = (sum: number, whole: number): number => (whole > 0 ? sum / whole : Number.NaN)
  const out = {
    risk: writer.column(`${name}:risk`),
    compromise: writer.column(`${name}:compromise`),
    most: writer.column(`${name}:riskMost`),
  }
  for (const account of rows.list) {
    const whole = weight![account] ?? 0
    out.risk[account] = mean(risk![account] ?? 0, whole)
    out.compromise[account] = mean(compromise![account] ?? 0, whole)
    out.most[account] = most![account] ?? 0
  }
  return weight!
}

function writeGroups(
  writer: ColumnWriter,
  { labels }: SuspectGroups,
  { suspicion: { risk, compromise }, rows }: Known,
): void {
  const asked = rowSet(labels.length)
  for (const account of rows.list) asked.add(labels[account] ?? account)
  const groups = new Map<number, number[]>()
  labels.forEach((label, account) => {
    if (!asked.has(label)) return
    const known = groups.get(label)
    if (known) known.push(account)
    else groups.set(label, [account])
  })
  for (const members of groups.values()) {
    const others = members.length - 1
    const sum = (column: Float64Array): number => members.reduce((all, one) => all + (column[one] ?? 0), 0)
    const [allRisk, allCompromise] = [sum(risk), sum(compromise)]
    const of = (value: number): number | undefined => (others > 0 ? value : undefined)
    for (const account of members.filter((one) => rows.has(one))) {
      writeRow(writer, account, {
        'suspects:size': of(members.length),
        'suspects:risk': of((allRisk - (risk[account] ?? 0)) / others),
        'suspects:compromise': of((allCompromise - (compromise[account] ?? 0)) / others),
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

const ofNobody: Reputation = { users: 0, sum: 0 }

/** By number. */
function* hubsIn({ identifiers }: LinkTable, hubs: HubReputations): Generator<[number, Reputation]> {
  for (const [name, hub] of hubs) {
    const number = identifiers.numberOf(keyNamed(name))
    if (number >= 0) yield [number, hub]
  }
}

/** Mean suspicion of the other users of what the account uses, hubs included. */
function writeReputation(
  table: LinkTable,
  writer: ColumnWriter,
  { suspicion, hubs, rows }: Known & { hubs: HubReputations },
): void {
  const known = new Map(hubsIn(table, hubs))
  const reputationAt = (identifier: number): Reputation => {
    const found = known.get(identifier)
    if (found) return found
    const users = usersOf(table, identifier)
    // Most are one's own, and what is said of those is not asked for.
    if (users.length < 2) return ofNobody
    const made = reputationOf(users, suspicion)
    known.set(identifier, made)
    return made
  }
  for (const account of rows.list) {
    const own = suspicionOf(suspicion, account)
    const said = { address: [] as number[], other: [] as number[] }
    for (const identifier of identifiersUsed(table.uses, account)) {
      const kind = table.identifiers.kindAt(identifier)
      if (!hasReputation(kind)) continue
      const { users, sum } = reputationAt(identifier)
      if (users < 2) continue
      // An account that came to a hub after it was measured is not in its sum.
      const reputation = Math.max(0, sum - own) / (users - 1 + priorUsers)
      said[kind === 'ip' || kind === 'ip24' ? 'address' : 'other'].push(reputation)
    }
    writeRow(writer, account, {
      reputationMost: Math.max(0, ...said.other),
      reputation: mean(said.other),
      addressReputation: mean(said.address),
    })
  }
}

/** Whether it tells anything to share one of the kind with suspects. */
export const hasReputation = (kind: string): boolean =>
  kind !== 'target' && kind !== 'emailDomain' && kind !== 'asn'

const mean = (values: readonly number[]): number | undefined =>
  values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : undefined
