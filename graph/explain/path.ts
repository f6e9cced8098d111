/**
 * How two accounts are linked that may share nothing directly: the paths of greatest probability, found by asking the
 * store for one account's neighbours at a time, within caps (search.ts).
 */

import { type Asserted, nothingAsserted, sameAs } from '../assertions/standing.ts'
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
import { bestPaths, type PathCaps } from './search.ts'
import { rememberTies, type SharedEvidence, sharedTies } from './shared.ts'

export const defaultPathCaps: PathCaps = {
  hopsMax: 6,
  expandedMax: 300,
  neighboursMax: 200,
  linksMax: 10_000,
  usesMax: 60_000,
}

export interface LinkExplanation {
  readonly a: string
  readonly b: string
  readonly linked: boolean
  /** Of the whole path: the product of its links'. 0 when there is none. */
  readonly probability: number
  /** One link when they share something that counts, more along a path, none when not linked. */
  readonly path: readonly ExplainedLink[]
  /** The next best paths, as many as were asked for and there are; none goes through an account twice. */
  readonly others: readonly Path[]
  /** What they share directly, even where it counts for nothing. */
  readonly direct: ExplainedLink
  /** A cap was met: there may be more, or a better path. */
  readonly truncated: boolean
}

export interface Path {
  readonly probability: number
  readonly path: readonly ExplainedLink[]
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
  readonly asserted?: Asserted
  readonly caps?: PathCaps
  /** Paths looked for; 1 by default. */
  readonly paths?: number
  /** True once whoever asks has waited long enough: what was found until then is the answer. */
  readonly isLate?: () => boolean
}

/** `undefined` for the account that is not known. */
export async function explainAccounts(
  store: Pick<StateStore, 'accounts' | 'users'>,
  ids: readonly [string, string],
  { statistics, caps = defaultPathCaps, paths = 1, isLate, ...options }: ExplainOptions,
): Promise<LinkExplanation | { readonly unknown: string }> {
  const search = searcher(store, { ...options, caps, ends: new Set(ids) })
  const [a, b] = await search.states(ids)
  if (!a) return { unknown: ids[0] }
  if (!b) return { unknown: ids[1] }
  await search.loadShared(a, b)
  const direct = search.link(a, b)
  const limits = { ...caps, ...(isLate && { isLate }) }
  const found = await bestPaths(search, { from: a.account, to: b.account, paths }, limits)
  const [best, ...others] = found.paths.map((links) => ({
    probability: rounded(links.reduce((product, { probability }) => product * probability, 1)),
    path: links.map((link) => search.withChance(link, statistics)),
  }))
  return {
    a: a.account,
    b: b.account,
    linked: best !== undefined,
    probability: best?.probability ?? 0,
    path: best?.path ?? [],
    others,
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
  const search = searcher(store, { ...options, caps, ends: new Set() })
  const links = await search.neighbours(account)
  return { links, truncated: search.truncated() }
}

const rounded = (probability: number): number => Math.round(probability * microNats) / microNats

interface SearchOptions extends Pick<ExplainOptions, 'kindOf' | 'publicness' | 'asserted'> {
  readonly caps: PathCaps
  readonly ends: ReadonlySet<string>
}

function searcher(
  store: Pick<StateStore, 'accounts' | 'users'>,
  { kindOf, publicness, asserted = nothingAsserted, caps, ends }: SearchOptions,
) {
  const { states, load } = statesOf(store)
  const tieOptions = { kindOf, tiesIn: rememberTies() }
  let weighed = 0
  const crowd: Crowds = crowds(store)
  const found = new Map<string, readonly DirectLink[]>()
  let cut = false

  const mayRead = (): boolean => weighed < caps.linksMax && crowd.rowsRead() < caps.usesMax
  const link = (a: AccountState, b: AccountState): DirectLink =>
    explainLink(a, b, { crowdOf: crowd.of, publicness, asserted, ...tieOptions })

  return {
    async states(ids: readonly [string, string]) {
      await load(ids)
      return [states.get(ids[0]), states.get(ids[1])] as const
    },
    loadShared: (a: AccountState, b: AccountState): Promise<void> =>
      crowd.load(sharedTies(a, b, tieOptions).map(({ mine }) => mine)),
    link,
    withChance: (of: DirectLink, statistics: RunStatistics | undefined): ExplainedLink =>
      tested(of, { states, statistics }),
    truncated: (): boolean => cut || crowd.truncated(),

    /** Links of one account that count, most probable first; read once. */
    async neighbours(id: string): Promise<readonly DirectLink[]> {
      const links = found.get(id) ?? (mayRead() ? await read(id) : undefined)
      if (links) found.set(id, links)
      else cut = true
      return links ?? []
    },
  }

  async function read(id: string): Promise<readonly DirectLink[]> {
    await load([id])
    const state = states.get(id)
    if (!state) return []
    await crowd.load(tiesOf(state).filter(({ kind }) => mayLink(kindOf, kind)))
    const met = candidatesOf(state, crowd, { kindOf, ends })
    const others = [...new Set([...sameAs(asserted, id), ...met])]
    if (others.length > caps.neighboursMax) cut = true
    const followed = others.slice(0, caps.neighboursMax)
    await load(followed)
    const known = followed.flatMap((other) => states.get(other) ?? [])
    await crowd.load(known.flatMap((other) => sharedTies(state, other, tieOptions).map(({ mine }) => mine)))
    weighed += known.length
    return known.map((other) => link(state, other)).filter(({ probability }) => probability >= probabilityMin)
  }
}

/** Reads each account once. */
function statesOf(store: Pick<StateStore, 'accounts'>) {
  const states = new Map<string, AccountState>()
  return {
    states,
    load: async (ids: readonly string[]): Promise<void> => {
      const missing = [...new Set(ids)].filter((id) => !states.has(id))
      if (missing.length === 0) return
      for (const state of await store.accounts(missing)) states.set(state.account, state)
    },
  }
}

function tested(
  link: DirectLink,
  {
    states,
    statistics,
  }: { states: ReadonlyMap<string, AccountState>; statistics: RunStatistics | undefined },
): ExplainedLink {
  const [a, b] = [states.get(link.a), states.get(link.b)]
  const isTested = a && b && statistics
  return {
    ...link,
    chance: isTested ? chanceTests(a, b, { shared: link.shared.filter(isTestable), statistics }) : [],
  }
}

/** Moments are no identifiers, and the bands of a hash come together: chance deals out neither. */
const isTestable = ({ moments, agreeing }: SharedEvidence): boolean =>
  moments === undefined && agreeing === undefined

/** Network addresses may link too, by sign-ups of one day. */
const mayLink = (kindOf: KindLookup, kind: string): boolean =>
  kind === 'ip' || kindOf(kind)?.evidence.links === 'pairs'

/** Accounts on an identifier that can link: an end of the path first, then those on the rarest. */
function candidatesOf(
  state: AccountState,
  crowd: Crowds,
  { kindOf, ends }: { kindOf: KindLookup; ends: ReadonlySet<string> },
): readonly string[] {
  const rarest = new Map<string, number>()
  for (const tie of tiesOf(state)) {
    const users = usersWhoMayLink(state, tie, { crowd, kindOf })
    for (const user of users) rarest.set(user, Math.min(rarest.get(user) ?? Infinity, users.length))
  }
  rarest.delete(state.account)
  return [...rarest]
    .toSorted(([x, m], [y, n]) => Number(ends.has(y)) - Number(ends.has(x)) || m - n || compareText(x, y))
    .map(([account]) => account)
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
