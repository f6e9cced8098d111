/** A community of accounts with what its members share: the material a ring is judged by. */

import { gapBetween, shareMicroNats } from '../evidence/share.ts'
import type { IdentifierKind } from '../identifiers/kind.ts'
import type { KindLookup } from '../projection/entities.ts'
import type { LinkPairs } from '../projection/link-pairs.ts'
import type { LinkTable } from '../projection/link-table.ts'
import { tieOf, usedBy, userCount } from '../projection/uses/of.ts'
import type { TakeoverCohort } from '../takeover/cohorts.ts'
import type { Grouping } from './group.ts'

/** Fewer accounts are a pair, not a ring. */
export const ringSizeMin = 3

export interface Link {
  readonly a: number
  readonly b: number
  /** Micro-nats. */
  readonly evidence: number
}

export interface SharedIdentifier {
  readonly identifier: number
  readonly kind: IdentifierKind
  /** Members that use it, ascending. */
  readonly members: readonly number[]
  /** Accounts that use it anywhere. */
  readonly accounts: number
  /** Micro-nats over all pairs of members. */
  readonly evidence: number
}

export interface Community {
  /** Account numbers, ascending. */
  readonly members: readonly number[]
  readonly links: readonly Link[]
  /** Identifiers of linking kinds that two members or more use; most evidence first. */
  readonly shared: readonly SharedIdentifier[]
  /** What makes it a takeover, where it is one. */
  readonly takeover?: TakeoverCohort
}

/** Communities come by their least account. */
export function communitiesOf(
  table: LinkTable,
  pairs: LinkPairs,
  { labels, takeovers, kindOf, sizeMin = ringSizeMin }: Grouping & { kindOf: KindLookup; sizeMin?: number },
): readonly Community[] {
  const members = groupBy(labels, labels.length)
  const links = linksByLabel(pairs, labels)
  return [...members.entries()]
    .filter(([, accounts]) => accounts.length >= sizeMin)
    .map(([label, members]) => {
      const shared = once(() => sharedBy(table, members, kindOf))
      return {
        members,
        links: links.get(label) ?? [],
        get shared() {
          return shared()
        },
        ...withTakeover(takeovers.get(label)),
      }
    })
}

/** Of most communities nobody asks after a change. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => (made ??= { value: make() }).value
}

const withTakeover = (takeover: TakeoverCohort | undefined) => takeover && { takeover }

function groupBy(labels: Int32Array, accounts: number): ReadonlyMap<number, number[]> {
  const groups = new Map<number, number[]>()
  for (let account = 0; account < accounts; account++) {
    const label = labels[account] ?? account
    const group = groups.get(label)
    if (group) group.push(account)
    else groups.set(label, [account])
  }
  return groups
}

function linksByLabel({ a, b, evidence }: LinkPairs, labels: Int32Array): ReadonlyMap<number, Link[]> {
  const links = new Map<number, Link[]>()
  for (let i = 0; i < a.length; i++) {
    const [from, to] = [a[i] ?? 0, b[i] ?? 0]
    const label = labels[from] ?? from
    if (label !== labels[to]) continue
    const link = { a: from, b: to, evidence: evidence[i] ?? 0 }
    const inside = links.get(label)
    if (inside) inside.push(link)
    else links.set(label, [link])
  }
  return links
}

function sharedBy(
  table: LinkTable,
  members: readonly number[],
  kindOf: KindLookup,
): readonly SharedIdentifier[] {
  return [...commonAmong(table, members)]
    .flatMap(([identifier, accounts]) => {
      const kind = kindOf(table.identifiers[identifier]?.kind ?? '')
      return kind?.evidence.links === 'pairs'
        ? [sharedIdentifier(table, { identifier, kind, members: accounts })]
        : []
    })
    .toSorted((a, b) => b.evidence - a.evidence || a.identifier - b.identifier)
}

/** Identifiers, of whatever kind, that two or more of the accounts use, with those who do in the order given. */
export function commonAmong(
  table: LinkTable,
  accounts: readonly number[],
): ReadonlyMap<number, readonly number[]> {
  const users = new Map<number, number[]>()
  for (const account of accounts) {
    for (const identifier of usedBy(table, account).identifiers) {
      const known = users.get(identifier)
      if (known) known.push(account)
      else users.set(identifier, [account])
    }
  }
  return new Map([...users].filter(([, own]) => own.length >= 2))
}

function sharedIdentifier(
  table: LinkTable,
  { identifier, kind, members }: Pick<SharedIdentifier, 'identifier' | 'kind' | 'members'>,
): SharedIdentifier {
  const accounts = userCount(table, identifier)
  const ties = members.map((account) => tieOf(table, account, identifier)).filter((tie) => tie !== undefined)
  let evidence = 0
  ties.forEach((mine, i) => {
    for (const theirs of ties.slice(i + 1)) {
      evidence += shareMicroNats(kind.evidence, { accounts, gapMs: gapBetween(mine, theirs) })
    }
  })
  return { identifier, kind, members, accounts, evidence }
}
