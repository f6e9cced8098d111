/** A community of accounts with what its members share: the material a ring is judged by. */

import { gapBetween, shareMicroNats } from '../evidence/share.ts'
import type { IdentifierKind } from '../identifiers/kind.ts'
import { rowsByKey, startsOf } from '../projection/columns.ts'
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
  const groups = rowsByLabel(labels)
  const inside = rowsByLabel(
    pairs.a.map((a, i) => (labels[a] === labels[pairs.b[i] ?? a] ? (labels[a] ?? a) : apart)),
  )
  const communities: Community[] = []
  labels.forEach((label, account) => {
    if (groups.firstOf(label) !== account || groups.sizeOf(label) < sizeMin) return
    const members = Array.from(groups.rowsOf(label))
    const links = once(() => Array.from(inside.rowsOf(label), (row) => linkAt(pairs, row)))
    const shared = once(() => sharedBy(table, members, kindOf))
    communities.push({
      members,
      get links() {
        return links()
      },
      get shared() {
        return shared()
      },
      ...withTakeover(takeovers.get(label)),
    })
  })
  return communities
}

/** Of most communities nobody asks after a change. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => (made ??= { value: make() }).value
}

const withTakeover = (takeover: TakeoverCohort | undefined) => takeover && { takeover }

/** In place of a label where there is none. */
const apart = -1

/** Rows of each label, ascending. */
function rowsByLabel(labels: Int32Array) {
  const keys = labels.map((label) => label - apart)
  const starts = startsOf(keys, 1 + keys.reduce((most, key) => Math.max(most, key), 0))
  const rows = rowsByKey(keys, starts)
  const from = (label: number): number => starts[label - apart] ?? rows.length
  return {
    firstOf: (label: number) => rows[from(label)],
    sizeOf: (label: number) => from(label + 1) - from(label),
    rowsOf: (label: number) => rows.subarray(from(label), from(label + 1)),
  }
}

const linkAt = ({ a, b, evidence }: LinkPairs, row: number): Link => ({
  a: a[row] ?? 0,
  b: b[row] ?? 0,
  evidence: evidence[row] ?? 0,
})

function sharedBy(
  table: LinkTable,
  members: readonly number[],
  kindOf: KindLookup,
): readonly SharedIdentifier[] {
  return [...commonAmong(table, members)]
    .flatMap(([identifier, accounts]) => {
      const kind = kindOf(table.identifiers.kindAt(identifier))
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
