/**
 * The most probable paths between two accounts: Dijkstra (1959) on -ln p, and for more than one Yen (1971, "Finding the K
 * shortest loopless paths in a network"): each next path leaves those before it at some account, by a link none of them
 * took from there.
 */
import { compareText } from '../state/order.ts'
import type { DirectLink } from './link.ts'

export interface PathCaps {
  readonly hopsMax: number
  /** Accounts whose neighbours are read. */
  readonly expandedMax: number
  /** Neighbours followed from one account. */
  readonly neighboursMax: number
  /** Links weighed, and uses of identifiers read: beyond either nobody's neighbours are read any more. */
  readonly linksMax: number
  readonly usesMax: number
}

interface Limits extends PathCaps {
  readonly isLate?: () => boolean
}

interface Neighbours {
  neighbours(account: string): Promise<readonly DirectLink[]>
}

export interface FoundPaths {
  /** Most probable first; equal ones by the accounts they go through. */
  readonly paths: readonly (readonly DirectLink[])[]
  /** A cap was met: there may be more, or better ones. */
  readonly truncated: boolean
}

interface Trip {
  readonly from: string
  readonly to: string
}

/** Accounts and first links that a path may not take. */
interface Closed {
  readonly accounts: ReadonlySet<string>
  readonly firstTo: ReadonlySet<string>
}

export async function bestPaths(
  search: Neighbours,
  { paths: wanted, ...trip }: Trip & { readonly paths: number },
  limits: Limits,
): Promise<FoundPaths> {
  const first = await bestPath(search, { ...trip, closed: open }, limits)
  if (!first.links) return { paths: [], truncated: first.truncated }
  const paths: (readonly DirectLink[])[] = [first.links]
  const waiting = new Map<string, readonly DirectLink[]>()
  let { truncated } = first
  while (paths.length < wanted) {
    const spurs = await spursOf(search, { trip, paths }, limits)
    truncated ||= spurs.truncated
    for (const links of spurs.found) waiting.set(nameOf(trip.from, links), links)
    for (const known of paths) waiting.delete(nameOf(trip.from, known))
    const next = [...waiting].toSorted(([x, xs], [y, ys]) => costOf(xs) - costOf(ys) || compareText(x, y))[0]
    if (!next) break
    paths.push(next[1])
  }
  return { paths, truncated }
}

const open: Closed = { accounts: new Set(), firstTo: new Set() }

/** Paths that leave the newest at each of its accounts. */
async function spursOf(
  search: Neighbours,
  { trip, paths }: { trip: Trip; paths: readonly (readonly DirectLink[])[] },
  limits: Limits,
): Promise<{ readonly found: readonly (readonly DirectLink[])[]; readonly truncated: boolean }> {
  const newest = paths.at(-1) ?? []
  const accounts = accountsOf(trip.from, newest)
  const found: (readonly DirectLink[])[] = []
  let truncated = false
  for (const [place, from] of accounts.slice(0, -1).entries()) {
    const root = newest.slice(0, place)
    const rootName = nameOf(trip.from, root)
    const alike = paths.filter((path) => nameOf(trip.from, path.slice(0, place)) === rootName)
    const firstTo = new Set(alike.flatMap((path) => accountsOf(trip.from, path)[place + 1] ?? []))
    const closed = { accounts: new Set(accounts.slice(0, place)), firstTo }
    const spur = await bestPath(
      search,
      { from, to: trip.to, closed },
      { ...limits, hopsMax: limits.hopsMax - place },
    )
    truncated ||= spur.truncated
    if (spur.links) found.push([...root, ...spur.links])
  }
  return { found, truncated }
}

const otherEnd = ({ a, b }: DirectLink, account: string): string => (a === account ? b : a)

function accountsOf(from: string, links: readonly DirectLink[]): readonly string[] {
  const accounts = [from]
  for (const link of links) accounts.push(otherEnd(link, accounts.at(-1) ?? from))
  return accounts
}

const nameOf = (from: string, links: readonly DirectLink[]): string => JSON.stringify(accountsOf(from, links))

const costOf = (links: readonly DirectLink[]): number =>
  links.reduce((cost, { probability }) => cost - Math.log(probability), 0)

interface Reached {
  readonly account: string
  /** -ln of the path's probability. */
  readonly cost: number
  readonly hops: number
  readonly via?: { readonly from: Reached; readonly link: DirectLink }
}

async function bestPath(
  search: Neighbours,
  { from, to, closed }: Trip & { readonly closed: Closed },
  limits: Limits,
): Promise<{ readonly links?: readonly DirectLink[]; readonly truncated: boolean }> {
  const best = new Map<string, Reached>()
  const done = new Set<string>()
  let truncated = false
  best.set(from, { account: from, cost: 0, hops: 0 })
  for (let nearest = takeNearest(best, done); nearest; nearest = takeNearest(best, done)) {
    if (nearest.account === to) return { links: linksTo(nearest), truncated }
    done.add(nearest.account)
    if (limits.isLate?.()) return { ...pathTo(best.get(to)), truncated: true }
    if (nearest.hops >= limits.hopsMax || done.size > limits.expandedMax) {
      truncated = true
      continue
    }
    for (const link of await search.neighbours(nearest.account)) {
      const account = otherEnd(link, nearest.account)
      const isClosed =
        closed.accounts.has(account) || (nearest.account === from && closed.firstTo.has(account))
      const cost = nearest.cost - Math.log(link.probability)
      if (isClosed || done.has(account) || cost >= (best.get(account)?.cost ?? Infinity)) continue
      best.set(account, { account, cost, hops: nearest.hops + 1, via: { from: nearest, link } })
    }
  }
  return { truncated }
}

const pathTo = (end: Reached | undefined) => (end ? { links: linksTo(end) } : {})

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
