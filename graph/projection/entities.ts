/**
 * What can tie accounts together, sliced so that recycled values do no harm: identifiers that may create a link,
 * (address, day) slices of sign-ups, and weak evidence that only strengthens a link.
 */

import { linkingAccountsMax } from '../evidence/share.ts'
import { signupIpEvidence } from '../identifiers/ip.ts'
import type { EvidencePolicy, Family, IdentifierKind } from '../identifiers/kind.ts'
import { dayOf } from '../time.ts'
import { Int32Column, valuesAt } from './columns.ts'
import { kindsAmong, type OfKind } from './kinds-among.ts'
import { type LinkTable, noDay } from './link-table.ts'
import { type Weak, weakOf } from './weak/weak.ts'

/** Name under which sign-up slices count: their cap is their own. */
export const signupIpKind = 'signupIp'

/** Why sharing something may create a link. */
export interface Ground {
  readonly kind: string
  readonly policy: EvidencePolicy
  readonly family: Family
  /** Sign-ups of one day lie together; other shares fade with the gap between two uses. */
  readonly gapless: boolean
}

/** Whatever may create links, has two accounts or more and is no hub, as columns. */
export interface Linking {
  readonly grounds: readonly Ground[]
  /** By entity: the place of its ground. */
  readonly groundOf: Int32Array
  readonly identifiers: Int32Array
  /** The accounts on an entity lie from `starts[entity]` to `starts[entity + 1]`, ascending, each with its use. */
  readonly starts: Int32Array
  readonly accounts: Int32Array
  readonly uses: Int32Array
}

export interface Entities {
  readonly linking: Linking
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
  const kinds = kindsAmong(table, kindOf, among)
  return { linking: linkingOf(table, kinds, asOf), weak: weakOf(table, kinds) }
}

/** Those that may create links, alone. */
export const linkingEntities = (
  table: LinkTable,
  kindOf: KindLookup,
  { asOf, among }: EntityScope,
): Linking => linkingOf(table, kindsAmong(table, kindOf, among), asOf)

function linkingOf(table: LinkTable, kinds: readonly OfKind[], asOf: number): Linking {
  const out = linkingWriter(table, asOf)
  for (const { kind, identifiers } of kinds) {
    const { name, family, evidence: policy } = kind
    if (policy.links !== 'pairs') continue
    const accountsMax = linkingAccountsMax(policy)
    out.open({ kind: name, policy, family, gapless: false }, kind)
    for (let i = 0; i < identifiers.length; i++)
      addIdentifier(out, table, { identifier: identifiers[i] ?? 0, accountsMax })
  }
  for (const { kind, identifiers } of kinds) {
    if (kind.name !== 'ip') continue
    out.open({ kind: signupIpKind, policy: signupIpEvidence, family: kind.family, gapless: true }, kind)
    for (let i = 0; i < identifiers.length; i++) addSignups(out, table, identifiers[i] ?? 0)
  }
  return out.linking()
}

function addIdentifier(
  out: LinkingWriter,
  { uses: { starts } }: LinkTable,
  { identifier, accountsMax }: { identifier: number; accountsMax: number },
): void {
  const from = starts[identifier] ?? 0
  const end = starts[identifier + 1] ?? 0
  if (end - from < 2 || end - from > accountsMax) return
  for (let use = from; use < end; use++) out.push(use)
  out.close(identifier)
}

const signupAccountsMax = linkingAccountsMax(signupIpEvidence)

/** (address, day) with every account that was born and seen there on that day. */
function addSignups(out: LinkingWriter, table: LinkTable, identifier: number): void {
  const { uses, birthDays } = table
  const from = uses.starts[identifier] ?? 0
  const end = uses.starts[identifier + 1] ?? 0
  if (end - from < 2) return
  const born: number[] = []
  for (let use = from; use < end; use++) if (isBirthplace(table, use)) born.push(use)
  if (born.length < 2) return
  const byDay = Map.groupBy(born, (use) => birthDays[uses.accounts[use] ?? -1] ?? noDay)
  for (const together of byDay.values()) {
    if (together.length < 2 || together.length > signupAccountsMax) continue
    for (const use of together) out.push(use)
    out.close(identifier)
  }
}

/** Whether the account was seen there on the day it was born. */
function isBirthplace({ uses, birthDays }: LinkTable, use: number): boolean {
  const bornOn = birthDays[uses.accounts[use] ?? -1] ?? noDay
  if (bornOn === noDay) return false
  const end = uses.dayStarts[use + 1] ?? 0
  for (let day = uses.dayStarts[use] ?? 0; day < end; day++) if (uses.days[day] === bornOn) return true
  return false
}

interface LinkingWriter {
  /** Entities to come are of this ground, of identifiers of this kind. */
  open(ground: Ground, kind: Pick<IdentifierKind, 'keepDays'>): void
  push(use: number): void
  /** Those pushed are the next entity. Left out where its kind keeps identifiers only so long and none was used lately. */
  close(identifier: number): void
  linking(): Linking
}

function linkingWriter({ uses: { accounts, lastAt } }: LinkTable, asOf: number): LinkingWriter {
  const grounds: Ground[] = []
  const [groundOf, identifiers, starts] = [new Int32Column(), new Int32Column(), new Int32Column()]
  const members = new Int32Column()
  let oldestDay = -Infinity
  let [first, isFresh] = [0, false]
  starts.push(0)
  return {
    open(ground, { keepDays = Infinity }) {
      grounds.push(ground)
      oldestDay = dayOf(asOf) - keepDays
    },
    push(use) {
      members.push(use)
      isFresh ||= dayOf(lastAt[use] ?? 0) >= oldestDay
    },
    close(identifier) {
      if (!isFresh) members.length = first
      else {
        groundOf.push(grounds.length - 1)
        identifiers.push(identifier)
        starts.push(members.length)
      }
      first = members.length
      isFresh = false
    },
    linking() {
      const uses = members.values()
      return {
        grounds,
        groundOf: groundOf.values(),
        identifiers: identifiers.values(),
        starts: starts.values(),
        accounts: valuesAt(accounts, uses),
        uses,
      }
    },
  }
}
