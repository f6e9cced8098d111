/**
 * How two accounts are linked that may share nothing directly: the path of greatest probability (Dijkstra 1959 on
 * -ln p), found by asking the store for one account's neighbours at a time, within caps.
 */

import { bornAtOf, tiesOf } from '../evidence/account-facts.ts'
import { linkingAccountsMax, microNats, probabilityMin } from '../evidence/share.ts'
import type { AccountState, IdentifierKey } from '../model.ts'
import type { StateStore } from '../ports.ts'
import type { KindLookup } from '../projection/entities.ts'
import type { Publicness } from '../projection/publicness.ts'
import type { RunStatistics } from '../ring.ts'
import { compareText } from '../state/order.ts'
import { dayOf } from '../time.ts'
import { type ChanceTest, chanceTests } from './chance.ts'
import { type Crowds, crowds } from './crowd.ts'
import { type DirectLink, explainLink } from './link.ts'
import { type SharedEvidence, sharedTies } from './shared.ts'

export interface PathCaps {
  readonly hopsMax: number
  /** Accounts whose neighbours are read. */
  readonly expandedMax: number
  /** Neighbours followed from one account. */
  readonly neighboursMax: number
}

export const defaultPathCaps: PathCaps = { hopsMax: 6, expandedMax: 300, neighboursMax: 200 }

export interface LinkExplanation {
  readonly a: string
  readonly b: string
  readonly linked: boolean
  /** Of the whole path: the product of its links'. 0 when there is none. */
  readonly probability: number
  /** One link when they share something that counts, more along a path, none when not linked. */
  readonly path: readonly ExplainedLink[]
  /** What they share directly, even where it counts for nothing. */
  readonly direct: ExplainedLink
  /** A cap was met: there may be more, or a better path. */
  readonly truncated: boolean
}

export interface ExplainedLink extends DirectLink {
  /** Kind by kind; empty while no run is published. */
  readonly chance: readonly ChanceTest[]
}

export interface ExplainOptions {
  readonly kindOf: KindLookup
  /** Of the published run. */
  readonly statistics?: RunStatistics | undefined
  readonly publicness: Publicness
  readonly caps?: PathCaps
}

interface Reached {
  readonly account: string
  /** -ln of the path's probability. */
  readonly cost: number
  readonly hops: number
  readonly via?: { readonly from: Reached; readonly link: DirectLink }
}

/** `undefined` for the account that is not known. */
export async function explainAccounts(
  store: Pick<StateStore, 'accounts' | 'users'>,
  ids: readonly [string, string],
  { statistics, caps = defaultPathCaps, ...options }: ExplainOptions,
): Promise<LinkExplanation | { readonly unknown: string }> {
  const search = searcher(store, { ...options, caps })
  const [a, b] = await search.states(ids)
  if (!a) return { unknown: ids[0] }
  if (!b) return { unknown: ids[1] }
  await search.loadShared(a, b)
  const direct = search.link(a, b)
  const found = await bestPath(search, { from: a.account, to: b.account }, caps)
  const path = found.end ? linksTo(found.end) : []
  return {
    a: a.account,
    b: b.account,
    linked: path.length > 0,
    probability:
      path.length > 0 ? rounded(path.reduce((product, { probability }) => product * probability, 1)) : 0,
    path: path.map((link) => search.withChance(link, statistics)),
    direct: search.withChance(direct, statistics),
    truncated: found.truncated || search.truncated(),
  }
}

/** Direct links of one account that count; all of those within the caps. */
export async function linksOf(
  store: Pick<StateStore, 'accounts' | 'users'>,
  account: string,
  { caps = defaultPathCaps, ...options }: Omit<ExplainOptions, 'statistics'>,
): Promise<{ readonly links: readonly DirectLink[]; readonly truncated: boolean }> {
  const search = searcher(store, { ...options, caps })
  const links = await search.neighbours(account)
  return { links, truncated: search.truncated() }
}

const rounded = (probability: number): number => Math.round(probability * microNats) / microNats

async function bestPath(
  search: Searcher,
  { from, to }: { from: string; to: string },
  caps: PathCaps,
): Promise<{ end?: Reached; truncated: boolean }> {
  const best = new Map<string, Reached>()
  const done = new Set<string>()
  let truncated = false
  best.set(from, { account: from, cost: 0, hops: 0 })
  for (let nearest = takeNearest(best, done); nearest; nearest = takeNearest(best, done)) {
    if (nearest.account === to) return { end: nearest, truncated }
    done.add(nearest.account)
    if (nearest.hops >= caps.hopsMax || done.size > caps.expandedMax) {
      truncated = true
      continue
    }
    for (const link of await search.neighbours(nearest.account)) {
      const account = link.a === nearest.account ? link.b : link.a
      const cost = nearest.cost - Math.log(link.probability)
      if (done.has(account) || cost >= (best.get(account)?.cost ?? Infinity)) continue
      best.set(account, { account, cost, hops: nearest.hops + 1, via: { from: nearest, link } })
    }
  }
  return { truncated }
}

/** Equal costs go by account id, so that the same state always gives the same path. */
function takeNearest(best: ReadonlyMap<string, Reached>, done: ReadonlySet<string>): Reached | undefined {
  let nearest: Reached | undefined
  for (const reached of best.values()) {
    if (done.has(reached.account)) continue
    if (!nearest || isNearer(reached, nearest)) nearest = reached
  }
  return nearest
}

const isNearer = (one: Reached, other: Reached): boolean =>
  one.cost < other.cost || (one.cost === other.cost && compareText(one.account, other.account) < 0)

function linksTo(end: Reached): readonly DirectLink[] {
  const links: DirectLink[] = []
  for (let step: Reached | undefined = end; step?.via; step = step.via.from) links.unshift(step.via.link)
  return links
}

type Searcher = ReturnType<typeof searcher>

function searcher(
  store: Pick<StateStore, 'accounts' | 'users'>,
  { kindOf, publicness, caps }: Pick<ExplainOptions, 'kindOf' | 'publicness'> & { caps: PathCaps },
) {
  const states = new Map<string, AccountState>()
  const crowd: Crowds = crowds(store)
  let cut = false

  async function load(ids: readonly string[]): Promise<void> {
    const missing = [...new Set(ids)].filter((id) => !states.has(id))
    if (missing.length === 0) return
    for (const state of await store.accounts(missing)) states.set(state.account, state)
  }

  const link = (a: AccountState, b: AccountState): DirectLink =>
    explainLink(a, b, { crowdOf: crowd.of, kindOf, publicness })

  return {
    async states(ids: readonly [string, string]) {
      await load(ids)
      return [states.get(ids[0]), states.get(ids[1])] as const
    },
    loadShared: (a: AccountState, b: AccountState): Promise<void> =>
      crowd.load(sharedTies(a, b, kindOf).map(({ mine }) => mine)),
    link,
    withChance(found: DirectLink, statistics: RunStatistics | undefined): ExplainedLink {
      const [a, b] = [states.get(found.a), states.get(found.b)]
      const isTested = a && b && statistics
      return {
        ...found,
        chance: isTested ? chanceTests(a, b, { shared: found.shared.filter(isTestable), statistics }) : [],
      }
    },
    truncated: (): boolean => cut || crowd.truncated(),

    /** Links of one account that count, most probable first. */
    async neighbours(id: string): Promise<readonly DirectLink[]> {
      await load([id])
      const state = states.get(id)
      if (!state) return []
      await crowd.load(tiesOf(state).filter(({ kind }) => mayLink(kindOf, kind)))
      const others = candidatesOf(state, crowd, kindOf)
      if (others.length > caps.neighboursMax) cut = true
      const followed = others.slice(0, caps.neighboursMax)
      await load(followed)
      const known = followed.flatMap((other) => states.get(other) ?? [])
      await crowd.load(known.flatMap((other) => sharedTies(state, other, kindOf).map(({ mine }) => mine)))
      return known
        .map((other) => link(state, other))
        .filter(({ probability }) => probability >= probabilityMin)
    },
  }
}

/** Moments are no identifiers, and the bands of a hash come together: chance deals out neither. */
const isTestable = ({ moments, agreeing }: SharedEvidence): boolean =>
  moments === undefined && agreeing === undefined

/** Network addresses may link too, by sign-ups of one day. */
const mayLink = (kindOf: KindLookup, kind: string): boolean =>
  kind === 'ip' || kindOf(kind)?.evidence.links === 'pairs'

/** Accounts on an identifier that can link, those on the rarest first. */
function candidatesOf(state: AccountState, crowd: Crowds, kindOf: KindLookup): readonly string[] {
  const rarest = new Map<string, number>()
  for (const tie of tiesOf(state)) {
    const users = usersWhoMayLink(state, tie, { crowd, kindOf })
    for (const user of users) rarest.set(user, Math.min(rarest.get(user) ?? Infinity, users.length))
  }
  rarest.delete(state.account)
  return [...rarest].toSorted(([x, m], [y, n]) => m - n || compareText(x, y)).map(([account]) => account)
}

function usersWhoMayLink(
  state: AccountState,
  key: IdentifierKey & { days: readonly number[] },
  { crowd, kindOf }: { crowd: Crowds; kindOf: KindLookup },
): readonly string[] {
  const found = crowd.of(key)
  const policy = kindOf(key.kind)?.evidence
  if (!found || !policy) return []
  if (policy.links === 'pairs') return found.accounts <= linkingAccountsMax(policy) ? found.users : []
  const bornAt = bornAtOf(state)
  const mayHaveSignedUpHere = key.kind === 'ip' && bornAt !== undefined && key.days.includes(dayOf(bornAt))
  return mayHaveSignedUpHere ? found.users : []
}
