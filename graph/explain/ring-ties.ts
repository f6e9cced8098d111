/** What ties a ring together: the evidence of all links among its accounts, by identifier and by kind. */

import type { Asserted } from '../assertions/standing.ts'
import type { IdentifierKey } from '../model.ts'
import type { KindLookup } from '../projection/entities.ts'
import type { Publicness } from '../projection/publicness.ts'
import { compareKeys } from '../state/order.ts'
import type { Linked } from './counterfactual/grouping.ts'
import { keyOf, linkingKeys, type Reader } from './counterfactual/surroundings.ts'
import { crowdOf as asCrowd } from './crowd.ts'
import { type DirectLink, explainLink } from './link.ts'
import { rememberTies } from './shared.ts'

/** Links looked into, strongest first. */
const linksMax = 5_000

export interface RingTie extends IdentifierKey {
  readonly mask: string
  /** What it counts as: the kind, or `signupIp` where accounts were born there. */
  readonly countsAs: string
  /** Accounts of the ring that use it, ascending, and how many use it anywhere. */
  readonly members: readonly string[]
  readonly accounts: number
  /** Nats over all links among the ring's accounts, and of 1. */
  readonly evidence: number
  readonly share: number
}

export interface KindShare {
  readonly kind: string
  readonly identifiers: number
  readonly share: number
}

export interface RingTies {
  readonly links: readonly DirectLink[]
  /** Most evidence first. */
  readonly ties: readonly RingTie[]
  readonly kinds: readonly KindShare[]
  readonly truncated: boolean
}

interface TieOptions {
  readonly accounts: readonly string[]
  readonly kindOf: KindLookup
  readonly publicness: Publicness
  readonly asserted?: Asserted
  /** An account whose links are looked into before all others. */
  readonly about?: string
}

/** Links among the accounts, strongest first. */
export function linksAmong(
  read: Reader,
  { table, pairs }: Linked,
  { accounts, about, ...weighing }: TieOptions,
): { readonly links: readonly DirectLink[]; readonly truncated: boolean } {
  const members = new Set(accounts)
  const isMember = table.facts.ids.map((account) => members.has(account))
  const asked = about === undefined ? -1 : table.facts.numberOf(about)
  const isAsked = (pair: number): boolean => pairs.a[pair] === asked || pairs.b[pair] === asked
  const inside = [...pairs.a.keys()]
    .filter((pair) => isMember[pairs.a[pair] ?? -1] && isMember[pairs.b[pair] ?? -1])
    .toSorted(
      (x, y) =>
        Number(isAsked(y)) - Number(isAsked(x)) ||
        (pairs.evidence[y] ?? 0) - (pairs.evidence[x] ?? 0) ||
        // Pairs come by account id.
        x - y,
    )
  const stateOf = (account: number | undefined) => read.states.get(table.facts.idAt(account ?? -1))
  const crowds = new Map([...read.crowds].map(([key, found]) => [key, asCrowd(found)]))
  const crowdOf = (key: IdentifierKey) => crowds.get(keyOf(key))
  const tiesIn = rememberTies()
  const links = inside.slice(0, linksMax).flatMap((pair) => {
    const [one, other] = [stateOf(pairs.a[pair]), stateOf(pairs.b[pair])]
    return one && other ? [explainLink(one, other, { crowdOf, tiesIn, ...weighing })] : []
  })
  return { links, truncated: inside.length > linksMax }
}

export function ringTies(read: Reader, linked: Linked, options: TieOptions): RingTies {
  const { links, truncated } = linksAmong(read, linked, options)
  const counted = tiesOfLinks(links)
  const known = new Set(counted.map(keyOf))
  const ties = [...counted, ...silentTies(read, options).filter((tie) => !known.has(keyOf(tie)))]
  return { links, ties, kinds: kindsOf(ties), truncated }
}

/** Evidence of some links by identifier, most first; what counts for nothing is left out. */
export function tiesOfLinks(links: readonly DirectLink[]): readonly RingTie[] {
  const sums = new Map<string, RingTie & { evidence: number; users: Set<string> }>()
  let total = 0
  for (const { a, b, shared } of links) {
    for (const { kind, ref, mask, countsAs, accounts, evidence } of shared) {
      if (evidence === 0) continue
      const key = `${countsAs}:${keyOf({ kind, ref })}`
      const sum = sums.get(key) ?? {
        kind,
        ref,
        mask,
        countsAs,
        accounts,
        members: [],
        share: 0,
        evidence: 0,
        users: new Set<string>(),
      }
      sums.set(key, sum)
      sum.evidence += evidence
      sum.users.add(a).add(b)
      total += evidence
    }
  }
  return [...sums.values()]
    .map(({ users, ...sum }) => ({
      ...sum,
      evidence: rounded(sum.evidence),
      share: rounded(sum.evidence / total),
      members: [...users].toSorted(),
    }))
    .toSorted((x, y) => y.evidence - x.evidence || compareKeys([x.kind, x.ref], [y.kind, y.ref]))
}

/** Identifiers of linking kinds that several of the accounts use, though no link comes of it: too many others do too. */
function silentTies(
  read: Reader,
  { accounts, kindOf }: Pick<TieOptions, 'accounts' | 'kindOf'>,
): readonly RingTie[] {
  const users = new Map<string, string[]>()
  for (const account of accounts) {
    const state = read.states.get(account)
    for (const key of state ? linkingKeys(state, kindOf) : []) {
      if (kindOf(key.kind)?.evidence.links !== 'pairs') continue
      users.set(keyOf(key), [...(users.get(keyOf(key)) ?? []), account])
    }
  }
  return [...users]
    .flatMap(([key, members]) => {
      const found = read.crowds.get(key)
      if (!found || members.length < 2) return []
      const { kind, ref, mask } = found.identifier
      return [
        {
          kind,
          ref,
          mask,
          countsAs: kind,
          members,
          accounts: asCrowd(found).accounts,
          evidence: 0,
          share: 0,
        },
      ]
    })
    .toSorted((x, y) => y.members.length - x.members.length || compareKeys([x.kind, x.ref], [y.kind, y.ref]))
}

/** By evidence: shares are rounded, and thousands of them would add up to more than all. */
function kindsOf(ties: readonly RingTie[]): readonly KindShare[] {
  const sumOf = (some: readonly RingTie[]): number => some.reduce((sum, { evidence }) => sum + evidence, 0)
  const total = sumOf(ties)
  return [...Map.groupBy(ties, ({ countsAs }) => countsAs)]
    .map(([kind, own]) => ({
      kind,
      identifiers: own.length,
      share: total > 0 ? rounded(sumOf(own) / total) : 0,
    }))
    .filter(({ share }) => share > 0)
    .toSorted((x, y) => y.share - x.share || compareKeys([x.kind], [y.kind]))
}

const rounded = (value: number): number => Math.round(value * 1e6) / 1e6
