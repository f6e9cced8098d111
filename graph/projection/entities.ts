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
import { type Linkable, noDay } from './link-table.ts'
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

/** `asOf` only decides which kinds' identifiers have expired; evidence does not fade with age. */
export function entitiesOf(
  table: Linkable,
  kindOf: KindLookup,
  { asOf }: { readonly asOf: number },
): Entities {
  const kinds = kindsAmong(table, kindOf)
  return { linking: linkingOf(table, kinds, asOf), weak: weakOf(table, kinds) }
}

/** A kind whose identifiers may link, or addresses by their sign-ups. */
export interface LinkingKind<Of> {
  readonly ground: Ground
  readonly of: Of
  /** The most accounts of an entity. */
  readonly accountsMax: number
  /** The first day on which an entity may have been used last. */
  readonly oldestDay: number
}

/** In the order of their grounds. */
export const linkingKinds = <Of extends { readonly kind: IdentifierKind }>(
  kinds: readonly Of[],
  asOf: number,
): readonly LinkingKind<Of>[] => [
  ...kinds.flatMap((of) => (of.kind.evidence.links === 'pairs' ? [byValue(of, asOf)] : [])),
  ...kinds.flatMap((of) => (of.kind.name === 'ip' ? [bySignups(of, asOf)] : [])),
]

const byValue = <Of extends { readonly kind: IdentifierKind }>(of: Of, asOf: number): LinkingKind<Of> => {
  const { name, family, evidence: policy } = of.kind
  const ground = { kind: name, policy, family, gapless: false }
  return { ground, of, accountsMax: linkingAccountsMax(policy), oldestDay: oldestDayOf(of.kind, asOf) }
}

const bySignups = <Of extends { readonly kind: IdentifierKind }>(of: Of, asOf: number): LinkingKind<Of> => ({
  ground: { kind: signupIpKind, policy: signupIpEvidence, family: of.kind.family, gapless: true },
  of,
  accountsMax: linkingAccountsMax(signupIpEvidence),
  oldestDay: oldestDayOf(of.kind, asOf),
})

const oldestDayOf = ({ keepDays = Infinity }: IdentifierKind, asOf: number): number => dayOf(asOf) - keepDays

function linkingOf(table: Linkable, kinds: readonly OfKind[], asOf: number): Linking {
  const out = linkingWriter(table)
  for (const { ground, of, accountsMax, oldestDay } of linkingKinds(kinds, asOf)) {
    out.open(ground, oldestDay)
    const add = ground.gapless ? addSignups : addIdentifier
    for (let i = 0; i < of.identifiers.length; i++)
      add(out, table, { identifier: of.identifiers[i] ?? 0, accountsMax })
  }
  return out.linking()
}

interface ToAdd {
  readonly identifier: number
  readonly accountsMax: number
}

function addIdentifier(
  out: LinkingWriter,
  { uses: { starts } }: Linkable,
  { identifier, accountsMax }: ToAdd,
): void {
  const from = starts[identifier] ?? 0
  const end = starts[identifier + 1] ?? 0
  if (end - from < 2 || end - from > accountsMax) return
  for (let use = from; use < end; use++) out.push(use)
  out.close(identifier)
}

/** (address, day) with every account that was born and seen there on that day. */
function addSignups(out: LinkingWriter, table: Linkable, { identifier, accountsMax }: ToAdd): void {
  const { uses, birthDays } = table
  const from = uses.starts[identifier] ?? 0
  const end = uses.starts[identifier + 1] ?? 0
  if (end - from < 2) return
  const born: number[] = []
  for (let use = from; use < end; use++) if (isBirthplace(table, use)) born.push(use)
  if (born.length < 2) return
  const byDay = Map.groupBy(born, (use) => birthDays[uses.accounts[use] ?? -1] ?? noDay)
  for (const together of byDay.values()) {
    if (together.length < 2 || together.length > accountsMax) continue
    for (const use of together) out.push(use)
    out.close(identifier)
  }
}

/** Whether the account was seen there on the day it was born. */
function isBirthplace({ uses, birthDays }: Linkable, use: number): boolean {
  const bornOn = birthDays[uses.accounts[use] ?? -1] ?? noDay
  if (bornOn === noDay) return false
  const end = uses.dayStarts[use + 1] ?? 0
  for (let day = uses.dayStarts[use] ?? 0; day < end; day++) if (uses.days[day] === bornOn) return true
  return false
}

interface LinkingWriter {
  /** Entities to come are of this ground, and left out where none of their uses is of this day or later. */
  open(ground: Ground, oldest: number): void
  push(use: number): void
  /** Those pushed are the next entity. */
  close(identifier: number): void
  linking(): Linking
}

function linkingWriter({ uses: { accounts, lastAt } }: Linkable): LinkingWriter {
  const grounds: Ground[] = []
  const [groundOf, identifiers, starts] = [new Int32Column(), new Int32Column(), new Int32Column()]
  const members = new Int32Column()
  let oldestDay = -Infinity
  let [first, isFresh] = [0, false]
  starts.push(0)
  return {
    open(ground, oldest) {
      grounds.push(ground)
      oldestDay = oldest
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
