/**
 * What can tie accounts together, sliced so that recycled values do no harm: identifiers that may create a link,
 * (address, day) slices of sign-ups, and weak (identifier, day) tokens that only strengthen a link.
 */

import { linkingAccountsMax, shareMicroNats } from '../evidence/share.ts'
import { ipClassWeight, signupIpEvidence } from '../identifiers/ip.ts'
import type { EvidencePolicy, IdentifierKind } from '../identifiers/kind.ts'
import { dayOf } from '../time.ts'
import type { LinkTable } from './link-table.ts'

/** Name under which sign-up slices count: their cap is their own. */
export const signupIpKind = 'signupIp'

/** Something whose sharing may create a link. */
export interface LinkingEntity {
  readonly kind: string
  readonly policy: EvidencePolicy
  readonly identifier: number
  /** Accounts on it, ascending. */
  readonly accounts: Int32Array
  readonly weight: number
  /** Sign-ups of one day lie together; other shares fade with the gap between two uses. */
  readonly gapless: boolean
}

/** Weak tokens of one account, ascending by token. */
export interface WeakTokens {
  /** identifier * 2^16 + day, exact below 2^53. */
  readonly tokens: Float64Array
  readonly evidence: Int32Array
  readonly kinds: Uint8Array
}

export interface Entities {
  /** Those with two accounts or more and no hub. */
  readonly linking: readonly LinkingEntity[]
  readonly weak: readonly WeakTokens[]
  /** Kinds by the number in `WeakTokens.kinds`. */
  readonly weakKinds: readonly IdentifierKind[]
}

export type KindLookup = (name: string) => IdentifierKind | undefined

export function entitiesOf(table: LinkTable, kindOf: KindLookup, asOf: number): Entities {
  const kinds = table.identifiers.map(({ kind }) => kindOf(kind))
  const linking = [...identifierEntities(table, kinds), ...signupEntities(table, kinds)]
  const weakKinds = [
    ...new Set(kinds.filter((kind) => kind !== undefined && isWeakDaily(kind))),
  ] as IdentifierKind[]
  return {
    linking: linking.filter((entity) =>
      isFresh(table, entity, { keepDays: kinds[entity.identifier]?.keepDays, asOf }),
    ),
    weak: weakTokens(table, kinds, weakKinds),
    weakKinds,
  }
}

const isWeakDaily = ({ evidence }: IdentifierKind): boolean => evidence.links === 'weak' && evidence.daily

function identifierEntities(
  table: LinkTable,
  kinds: readonly (IdentifierKind | undefined)[],
): readonly LinkingEntity[] {
  return table.postings.flatMap((accounts, identifier) => {
    const kind = kinds[identifier]
    if (!kind || kind.evidence.links !== 'pairs') return []
    return linksAt(kind.evidence, accounts.length)
      ? [{ kind: kind.name, policy: kind.evidence, identifier, accounts, weight: 1, gapless: false }]
      : []
  })
}

const linksAt = (policy: EvidencePolicy, accounts: number): boolean =>
  accounts >= 2 && accounts <= linkingAccountsMax(policy)

/** (address, day) with every account that was born and seen there on that day. */
function signupEntities(
  table: LinkTable,
  kinds: readonly (IdentifierKind | undefined)[],
): readonly LinkingEntity[] {
  return table.postings.flatMap((accounts, identifier) =>
    kinds[identifier]?.name === 'ip' ? signupSlices(table, identifier, accounts) : [],
  )
}

function signupSlices(table: LinkTable, identifier: number, accounts: Int32Array): readonly LinkingEntity[] {
  const byDay = new Map<number, number[]>()
  for (const account of accounts) {
    const bornAt = table.facts[account]?.bornAt
    if (bornAt === undefined || !tieOf(table, account, identifier)?.days.includes(dayOf(bornAt))) continue
    const day = byDay.get(dayOf(bornAt))
    if (day) day.push(account)
    else byDay.set(dayOf(bornAt), [account])
  }
  const weight = ipClassWeight(table.identifiers[identifier]?.class)
  return [...byDay.values()]
    .filter((born) => linksAt(signupIpEvidence, born.length))
    .map((born) => ({
      kind: signupIpKind,
      policy: signupIpEvidence,
      identifier,
      accounts: Int32Array.from(born),
      weight,
      gapless: true,
    }))
}

/** Whether an entity was used lately enough for a kind that keeps its identifiers only so long. */
function isFresh(
  table: LinkTable,
  { identifier, accounts }: LinkingEntity,
  { keepDays, asOf }: { keepDays: number | undefined; asOf: number },
): boolean {
  if (keepDays === undefined) return true
  const oldestDay = dayOf(asOf) - keepDays
  return accounts.some((account) => dayOf(tieOf(table, account, identifier)?.lastAt ?? 0) >= oldestDay)
}

export function tieOf(table: LinkTable, account: number, identifier: number) {
  const own = table.ties[account]
  if (!own) return undefined
  const place = lowerBound(own.identifiers, identifier)
  return own.identifiers[place] === identifier ? own.ties[place] : undefined
}

function lowerBound(values: Int32Array, wanted: number): number {
  let from = 0
  let to = values.length
  while (from < to) {
    const middle = (from + to) >>> 1
    if ((values[middle] ?? 0) < wanted) from = middle + 1
    else to = middle
  }
  return from
}

const dayRange = 65_536

function weakTokens(
  table: LinkTable,
  kinds: readonly (IdentifierKind | undefined)[],
  weakKinds: readonly IdentifierKind[],
): readonly WeakTokens[] {
  const accountsOn = tokenCounts(table, kinds)
  return table.ties.map(({ identifiers, ties }) => {
    const rows: { token: number; evidence: number; kind: number }[] = []
    identifiers.forEach((identifier, i) => {
      const kind = kinds[identifier]
      if (!kind || !isWeakDaily(kind)) return
      const weight = ipClassWeight(table.identifiers[identifier]?.class)
      for (const day of ties[i]?.days ?? []) {
        const token = tokenOf(identifier, day)
        const accounts = accountsOn.get(token) ?? 0
        if (accounts < 2) continue
        const evidence = shareMicroNats(kind.evidence, { accounts, gapMs: 0, weight })
        rows.push({ token, evidence, kind: weakKinds.indexOf(kind) })
      }
    })
    return {
      tokens: Float64Array.from(rows, ({ token }) => token),
      evidence: Int32Array.from(rows, ({ evidence }) => evidence),
      kinds: Uint8Array.from(rows, ({ kind }) => kind),
    }
  })
}

/** Days before 1970 count down from the top of their range. */
const tokenOf = (identifier: number, day: number): number =>
  identifier * dayRange + (((day % dayRange) + dayRange) % dayRange)

function tokenCounts(
  table: LinkTable,
  kinds: readonly (IdentifierKind | undefined)[],
): ReadonlyMap<number, number> {
  const counts = new Map<number, number>()
  for (const { identifiers, ties } of table.ties) {
    identifiers.forEach((identifier, i) => {
      const kind = kinds[identifier]
      if (!kind || !isWeakDaily(kind)) return
      for (const day of ties[i]?.days ?? []) {
        const token = tokenOf(identifier, day)
        counts.set(token, (counts.get(token) ?? 0) + 1)
      }
    })
  }
  return counts
}
