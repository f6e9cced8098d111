/**
 * What can tie accounts together, sliced so that recycled values do no harm: identifiers that may create a link,
 * (address, day) slices of sign-ups, and weak evidence that only strengthens a link.
 */

import { linkingAccountsMax } from '../evidence/share.ts'
import { ipClassWeight, signupIpEvidence } from '../identifiers/ip.ts'
import type { EvidencePolicy, IdentifierKind } from '../identifiers/kind.ts'
import { dayOf } from '../time.ts'
import { type LinkTable, tieOf } from './link-table.ts'
import { type Weak, weakOf } from './weak.ts'

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

export interface Entities {
  /** Those with two accounts or more and no hub. */
  readonly linking: readonly LinkingEntity[]
  readonly weak: Weak
}

export type KindLookup = (name: string) => IdentifierKind | undefined

export interface EntityScope {
  /** Only decides which kinds' identifiers have expired; evidence does not fade with age. */
  readonly asOf: number
  /** Identifiers to look at, ascending; all when not given. */
  readonly among?: readonly number[]
}

export function entitiesOf(table: LinkTable, kindOf: KindLookup, { asOf, among }: EntityScope): Entities {
  const scope = scopeOf(table, kindOf, among)
  return { linking: linkingIn(table, scope, asOf), weak: weakOf(table, scope) }
}

/** Those that may create links, alone. */
export const linkingEntities = (
  table: LinkTable,
  kindOf: KindLookup,
  { asOf, among }: EntityScope,
): readonly LinkingEntity[] => linkingIn(table, scopeOf(table, kindOf, among), asOf)

function linkingIn(table: LinkTable, scope: Scope, asOf: number): readonly LinkingEntity[] {
  const linking = [...identifierEntities(table, scope), ...signupEntities(table, scope)]
  return linking.filter((entity) =>
    isFresh(table, entity, { keepDays: scope.kinds[entity.identifier]?.keepDays, asOf }),
  )
}

function scopeOf(table: LinkTable, kindOf: KindLookup, among: readonly number[] | undefined): Scope {
  const kinds = table.identifiers.map(({ kind }) => kindOf(kind))
  return { kinds, among: among ?? [...kinds.keys()] }
}

interface Scope {
  readonly kinds: readonly (IdentifierKind | undefined)[]
  readonly among: readonly number[]
}

function identifierEntities(table: LinkTable, { kinds, among }: Scope): readonly LinkingEntity[] {
  return among.flatMap((identifier) => {
    const [kind, accounts = nobody] = [kinds[identifier], table.postings[identifier]]
    if (!kind || kind.evidence.links !== 'pairs') return []
    return linksAt(kind.evidence, accounts.length)
      ? [{ kind: kind.name, policy: kind.evidence, identifier, accounts, weight: 1, gapless: false }]
      : []
  })
}

const nobody = new Int32Array()

const linksAt = (policy: EvidencePolicy, accounts: number): boolean =>
  accounts >= 2 && accounts <= linkingAccountsMax(policy)

/** (address, day) with every account that was born and seen there on that day. */
function signupEntities(table: LinkTable, { kinds, among }: Scope): readonly LinkingEntity[] {
  return among.flatMap((identifier) => {
    const accounts = table.postings[identifier] ?? nobody
    const isShared = kinds[identifier]?.name === 'ip' && accounts.length > 1
    return isShared ? signupSlices(table, identifier, accounts) : []
  })
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
