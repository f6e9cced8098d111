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

/** `asOf` only decides which kinds' identifiers have expired; evidence does not fade with age. */
export function entitiesOf(table: LinkTable, kindOf: KindLookup, asOf: number): Entities {
  const kinds = table.identifiers.map(({ kind }) => kindOf(kind))
  const linking = [...identifierEntities(table, kinds), ...signupEntities(table, kinds)]
  return {
    linking: linking.filter((entity) =>
      isFresh(table, entity, { keepDays: kinds[entity.identifier]?.keepDays, asOf }),
    ),
    weak: weakOf(table, kinds),
  }
}

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
    kinds[identifier]?.name === 'ip' && accounts.length > 1 ? signupSlices(table, identifier, accounts) : [],
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
