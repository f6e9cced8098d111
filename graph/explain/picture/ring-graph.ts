/**
 * A ring as a graph to draw: its accounts on one side, the identifiers that tie them on the other, never account to
 * account, so that it has as many edges as there are uses. What too many use is told beside it.
 */
import { tiesOf } from '../../evidence/account-facts.ts'
import { microNats } from '../../evidence/share.ts'
import type { Family } from '../../identifiers/kind.ts'
import type { AccountState, IdentifierKey } from '../../model.ts'
import type { Member, Ring } from '../../ring.ts'
import { compareKeys, compareText } from '../../state/order.ts'
import { keyOf, type SurroundingsStore } from '../counterfactual/surroundings.ts'
import type { DirectLink } from '../link.ts'
import { type RingOptions, type RingScene, ringScene } from '../ring.ts'
import { coverOf } from './cover-all.ts'
import { type Hub, hubsIn } from './hubs.ts'
import { isHub, pairEvidence } from './pair-evidence.ts'

export interface GraphAccount {
  readonly member: Member
  /** Nats of its links to accounts that carry risk. */
  readonly tie: number
}

/** What ties accounts, in one capacity: an address as that of sign-ups on one day is another node than the address. */
interface Capacity extends IdentifierKey {
  /** The kind, or `signupIp`. */
  readonly countsAs: string
}

export interface GraphIdentifier extends Capacity {
  readonly mask: string
  readonly family: Family
  /** Accounts of the ring that use it, and accounts that use it anywhere. */
  readonly members: number
  readonly accounts: number
  /** Nats over all links it makes in the ring, and what it says of one pair. */
  readonly evidence: number
  readonly perPair: number
  /** One of the few that hold every account in the ring. */
  readonly justifies: boolean
}

export interface GraphUse extends Capacity {
  readonly account: string
  /** Nats of the account's links by this identifier. */
  readonly evidence: number
  readonly firstAt: number
  readonly lastAt: number
}

export interface RingGraph {
  readonly ring: Ring
  readonly accounts: readonly GraphAccount[]
  readonly identifiers: readonly GraphIdentifier[]
  readonly uses: readonly GraphUse[]
  readonly hubs: readonly Hub[]
  readonly omitted: {
    readonly accounts: number
    readonly identifiers: number
    readonly uses: number
    readonly hubs: number
  }
  readonly truncated: boolean
}

/** Of the budget, what identifiers may take while accounts are left out. */
const identifiersShare = 1 / 3

/** `budget`: the most nodes, accounts and identifiers together. */
export async function ringGraph(
  store: SurroundingsStore,
  ring: Ring,
  { budget, ...options }: RingOptions & { readonly budget: number },
): Promise<RingGraph> {
  const scene = await ringScene(store, ring, options)
  const { hubs, hubsOmitted, ...whole } = await pictureOf(store, scene, options)
  const shown = withinBudget(whole, budget)
  const names = new Set(shown.accounts.map(({ member }) => member.account))
  const omitted = {
    accounts: ring.members.length - shown.accounts.length,
    identifiers: whole.identifiers.length - shown.identifiers.length,
    uses: whole.uses.length - shown.uses.length,
    hubs: hubsOmitted,
  }
  const isCut = Object.values(omitted).some((left) => left > 0)
  return {
    ring,
    ...shown,
    hubs: hubs.map((hub) => ({ ...hub, users: hub.users.filter(({ account }) => names.has(account)) })),
    omitted,
    truncated: scene.truncated || isCut,
  }
}

/** All of a ring that is drawn, whatever there is room for. */
export async function pictureOf(
  store: SurroundingsStore,
  scene: RingScene,
  options: RingOptions,
): Promise<Drawn & Pick<RingGraph, 'hubs'> & { readonly hubsOmitted: number }> {
  const whole = wholeGraph(scene, options)
  const drawn = new Set(
    whole.identifiers
      .filter(({ kind, countsAs }) => kind === countsAs)
      .map(({ kind, ref }) => `${kind}:${ref}`),
  )
  const ties = new Map(whole.accounts.map(({ member, tie }) => [member.account, tie]))
  return { ...whole, ...(await hubsIn(store, scene, { drawn, ties, kindOf: options.kindOf })) }
}

type Drawn = Pick<RingGraph, 'accounts' | 'identifiers' | 'uses'>

function wholeGraph({ ring, read, evidence }: RingScene, weighing: RingOptions): Drawn {
  const { kindOf } = weighing
  const rows = evidence.ties.filter(({ kind, countsAs, accounts }) => {
    return countsAs !== kind || !isHub({ kind, accounts }, kindOf)
  })
  const uses = usesOf(evidence.links, read.states, new Set(rows.map(capacityOf)))
  const justifying = coverOf(
    uses.map((use) => ({ account: use.account, key: capacityOf(use), evidence: use.evidence })),
  )
  const users = Map.groupBy(uses, capacityOf)
  const identifiers = rows.flatMap((row) => {
    const own = users.get(capacityOf(row))
    if (!own) return []
    const { kind, ref, countsAs, mask, accounts, evidence: nats } = row
    return [
      {
        kind,
        ref,
        countsAs,
        mask,
        family: kindOf(kind)?.family ?? 'network',
        members: own.length,
        accounts,
        evidence: nats,
        perPair: pairEvidence(row, weighing),
        justifies: justifying.has(capacityOf(row)),
      } as const,
    ]
  })
  return {
    accounts: accountsOf(ring.members, evidence.links),
    identifiers: identifiers.toSorted(
      (x, y) =>
        Number(y.justifies) - Number(x.justifies) ||
        y.evidence - x.evidence ||
        compareKeys([x.countsAs, x.ref], [y.countsAs, y.ref]),
    ),
    uses,
  }
}

export const capacityOf = ({ countsAs, kind, ref }: Capacity): string => `${countsAs}:${keyOf({ kind, ref })}`

/** Those that carry risk first, then by how they are tied to those. */
export const accountsInOrder = ({
  ring,
  evidence,
}: Pick<RingScene, 'ring' | 'evidence'>): readonly Member[] =>
  accountsOf(ring.members, evidence.links).map(({ member }) => member)

function accountsOf(members: readonly Member[], links: readonly DirectLink[]): readonly GraphAccount[] {
  const carriers = new Set(members.filter(carriesRisk).map(({ account }) => account))
  const ties = tiesTo(carriers, links)
  return members.map((member) => ({ member, tie: ties.get(member.account) ?? 0 })).toSorted(firstToSee)
}

export const carriesRisk = ({ role }: Pick<Member, 'role'>): boolean =>
  role === 'core' || role === 'bridge' || role === 'receiver'

/** Never acted on with the ring. */
export const isProtected = ({ role }: Pick<Member, 'role'>): boolean =>
  role === 'victim' || role === 'bystander'

function firstToSee(x: GraphAccount, y: GraphAccount): number {
  return (
    Number(carriesRisk(y.member)) - Number(carriesRisk(x.member)) ||
    y.tie - x.tie ||
    y.member.risk - x.member.risk ||
    compareText(x.member.account, y.member.account)
  )
}

function tiesTo(carriers: ReadonlySet<string>, links: readonly DirectLink[]): ReadonlyMap<string, number> {
  const ties = new Map<string, number>()
  const add = (account: string, other: string, nats: number): void => {
    if (carriers.has(other)) ties.set(account, rounded((ties.get(account) ?? 0) + nats))
  }
  for (const { a, b, evidence } of links) {
    add(a, b, evidence)
    add(b, a, evidence)
  }
  return ties
}

/** Each use of what makes a link here, by account, then identifier. */
function usesOf(
  links: readonly DirectLink[],
  states: ReadonlyMap<string, AccountState>,
  drawn: ReadonlySet<string>,
): readonly GraphUse[] {
  const sums = new Map<string, Map<string, Capacity & { evidence: number }>>()
  for (const { a, b, shared } of links) {
    for (const row of shared) {
      const key = capacityOf(row)
      if (row.evidence === 0 || !drawn.has(key)) continue
      for (const account of [a, b]) {
        const own = sums.get(account) ?? new Map<string, Capacity & { evidence: number }>()
        sums.set(account, own)
        const { kind, ref, countsAs } = row
        own.set(key, { kind, ref, countsAs, evidence: (own.get(key)?.evidence ?? 0) + row.evidence })
      }
    }
  }
  return [...sums]
    .toSorted(([x], [y]) => compareText(x, y))
    .flatMap(([account, own]) => {
      const state = states.get(account)
      const ties = new Map((state ? tiesOf(state) : []).map((tie) => [keyOf(tie), tie]))
      return [...own.values()]
        .toSorted((x, y) => compareKeys([x.countsAs, x.ref], [y.countsAs, y.ref]))
        .flatMap(({ evidence, ...capacity }) => {
          const tie = ties.get(keyOf(capacity))
          if (!tie) return []
          const { firstAt, lastAt } = tie
          return [{ account, ...capacity, evidence: rounded(evidence), firstAt, lastAt }]
        })
    })
}

/** All of it where it fits; else those that carry risk and what justifies the ring come first. */
function withinBudget(whole: Drawn, budget: number): Drawn {
  const { accounts, identifiers } = whole
  if (accounts.length + identifiers.length <= budget) return whole
  const room = Math.max(budget - accounts.length, Math.floor(budget * identifiersShare))
  const shownIdentifiers = identifiers.slice(0, room)
  const shownAccounts = accounts.slice(0, budget - shownIdentifiers.length)
  const keys = new Set(shownIdentifiers.map(capacityOf))
  const names = new Set(shownAccounts.map(({ member }) => member.account))
  return {
    accounts: shownAccounts,
    identifiers: shownIdentifiers,
    uses: whole.uses.filter((use) => keys.has(capacityOf(use)) && names.has(use.account)),
  }
}

const rounded = (value: number): number => Math.round(value * microNats) / microNats
