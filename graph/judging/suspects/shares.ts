/**
 * What suspicious accounts share among themselves. Only they count in full among an identifier's users: an honest
 * crowd at the same place no longer speaks against two who are suspicious already. And what is too weak to link
 * anybody else (an address on one day, a common target, a common counterparty) may link them.
 */

import { linkingAccountsMax } from '../../evidence/share.ts'
import { ipClassWeight, signupIpEvidence } from '../../identifiers/ip.ts'
import type { EvidencePolicy } from '../../identifiers/kind.ts'
import type { Relation } from '../../model.ts'
import type { KindLookup } from '../../projection/entities.ts'
import { signupIpKind } from '../../projection/entities.ts'
import type { LinkTable } from '../../projection/link-table.ts'
import { accountAt, daysAt, tieOf, usedBy, usersOf, usesAt } from '../../projection/uses/of.ts'
import { dayMs } from '../../time.ts'
import type { Rows } from '../rows.ts'

/** By what an account that nobody suspects counts among an identifier's users. */
const honestWeight = 0.1

/** An address on one day. */
const ipDayKind = 'ipDay'
const ipDayEvidence: EvidencePolicy = { kappa: 1, halfLifeDays: 1, capNats: 2, links: 'pairs', unit: 'day' }
/** A thing acted upon, an account paid, referred, messaged or reviewed. */
const aimKind = 'aim'
const aimEvidence: EvidencePolicy = { kappa: 1, halfLifeDays: 30, capNats: 2, links: 'pairs', unit: 'value' }

export interface Span {
  readonly firstAt: number
  readonly lastAt: number
}

/** Something that at least two suspects share. */
export interface SuspectShare {
  readonly kind: string
  readonly policy: EvidencePolicy
  /** Ascending. */
  readonly accounts: readonly number[]
  /** When each used it. */
  readonly spans: readonly Span[]
  /** Users that count: suspects whole, others a tenth. */
  readonly users: number
  readonly weight: number
}

export interface ShareSearch {
  readonly kindOf: KindLookup
  /** Accounts of which all shares are asked for; all when not given. */
  readonly rows?: Rows
}

export function sharesAmong(
  table: LinkTable,
  isSuspect: (account: number) => boolean,
  { kindOf, rows }: ShareSearch,
): readonly SuspectShare[] {
  const shares: SuspectShare[] = []
  const add = (share: Omit<SuspectShare, 'users'> & { all: number }): void => {
    const { all, ...rest } = share
    const users = rest.accounts.length + honestWeight * (all - rest.accounts.length)
    if (rest.accounts.length >= 2 && users <= linkingAccountsMax(rest.policy)) shares.push({ ...rest, users })
  }
  for (const identifier of rows ? identifiersOf(table, rows.list) : places(table.identifiers.length)) {
    const users = usersOf(table, identifier)
    if (!hasTwo(users, isSuspect)) continue
    const accounts = Array.from(users.filter(isSuspect))
    const name = table.identifiers.kindAt(identifier)
    const ties = accounts.map((account) => tieOf(table, account, identifier))
    const spans = ties.map((tie) => ({ firstAt: tie?.firstAt ?? 0, lastAt: tie?.lastAt ?? 0 }))
    const policy = kindOf(name)?.evidence
    if (policy?.links === 'pairs') add({ kind: name, policy, accounts, spans, all: users.length, weight: 1 })
    if (name === 'target')
      add({ kind: aimKind, policy: aimEvidence, accounts, spans, all: users.length, weight: 1 })
    if (name === 'ip')
      for (const share of daysOf(table, identifier, isSuspect))
        add({ ...share, weight: ipClassWeight(table.identifiers.classAt(identifier)) })
  }
  const asked =
    rows && new Set(Array.from(rows.list).flatMap((account) => [...aimsOf(table.facts.relationsAt(account))]))
  for (const share of counterparties(table, { isSuspect, asked })) add({ ...share, weight: 1 })
  return shares
}

function hasTwo(accounts: Int32Array, is: (account: number) => boolean): boolean {
  if (accounts.length < 2) return false
  let count = 0
  for (const account of accounts) if (is(account) && ++count === 2) return true
  return false
}

type Share = Omit<SuspectShare, 'users' | 'weight'> & { all: number }

/** Of one address: each day on it, and each day's sign-ups. */
function daysOf(
  { uses, birthDays }: LinkTable,
  identifier: number,
  isSuspect: (account: number) => boolean,
): readonly Share[] {
  const days = new Map<number, { all: number; suspects: number[]; bornAll: number; born: number[] }>()
  const ofSuspects = new Set<number>()
  for (const use of usesAt(uses, identifier))
    if (isSuspect(accountAt(uses, use))) for (const day of daysAt(uses, use)) ofSuspects.add(day)
  for (const use of usesAt(uses, identifier)) {
    const account = accountAt(uses, use)
    for (const day of daysAt(uses, use)) {
      if (!ofSuspects.has(day)) continue
      const known = days.get(day) ?? { all: 0, suspects: [], bornAll: 0, born: [] }
      days.set(day, known)
      const bornHere = birthDays[account] === day
      known.all += 1
      if (bornHere) known.bornAll += 1
      if (!isSuspect(account)) continue
      known.suspects.push(account)
      if (bornHere) known.born.push(account)
    }
  }
  return [...days].flatMap(([day, { all, suspects, bornAll, born }]) => {
    const spans = (accounts: readonly number[]) =>
      accounts.map(() => ({ firstAt: day * dayMs, lastAt: day * dayMs }))
    return [
      { kind: ipDayKind, policy: ipDayEvidence, accounts: suspects, spans: spans(suspects), all },
      { kind: signupIpKind, policy: signupIpEvidence, accounts: born, spans: spans(born), all: bornAll },
    ]
  })
}

/** Whom an account turned to, by id. */
export const aimsOf = (relations: readonly Relation[]): ReadonlySet<string> =>
  new Set(relations.filter(isAim).map(({ to }) => to))

const isAim = ({ relation }: Relation): boolean => relation !== 'reported_by'

/** By whom an account turned to, when it did. */
function spansTo(
  relations: readonly Relation[],
  asked: ReadonlySet<string> | undefined,
): ReadonlyMap<string, Span> {
  const spans = new Map<string, Span>()
  for (const one of relations) {
    if (!isAim(one) || asked?.has(one.to) === false) continue
    const { to, firstAt, lastAt } = one
    const known = spans.get(to)
    spans.set(to, {
      firstAt: Math.min(known?.firstAt ?? firstAt, firstAt),
      lastAt: Math.max(known?.lastAt ?? lastAt, lastAt),
    })
  }
  return spans
}

/** `asked`: ids that are asked for; all when not given. */
function counterparties(
  table: LinkTable,
  { isSuspect, asked }: { isSuspect: (account: number) => boolean; asked: ReadonlySet<string> | undefined },
): readonly Share[] {
  if (asked?.size === 0) return []
  const by = new Map<string, { all: number; accounts: number[]; spans: Span[] }>()
  for (let account = 0; account < table.facts.length; account++) {
    for (const [to, span] of spansTo(table.facts.relationsAt(account), asked)) {
      const known = by.get(to) ?? { all: 0, accounts: [], spans: [] }
      by.set(to, known)
      known.all += 1
      if (!isSuspect(account)) continue
      known.accounts.push(account)
      known.spans.push(span)
    }
  }
  return [...by.values()].map((row) => ({ kind: aimKind, policy: aimEvidence, ...row }))
}

/** Whatever any of the accounts uses, ascending. */
function identifiersOf(table: LinkTable, accounts: Iterable<number>): readonly number[] {
  const all = new Set<number>()
  for (const account of accounts) for (const one of usedBy(table, account).identifiers) all.add(one)
  return [...all].toSorted((a, b) => a - b)
}

function* places(count: number): Generator<number> {
  for (let place = 0; place < count; place++) yield place
}
