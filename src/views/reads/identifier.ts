/** An identifier's page: how many use it, what it says of two of them, and who they are by when they came. */

import { nothingAsserted } from '../../../graph/assertions/standing.ts'
import type { SurroundingsStore } from '../../../graph/explain/counterfactual/surroundings.ts'
import { membersOn } from '../../../graph/explain/picture/hubs.ts'
import { memberTies } from '../../../graph/explain/picture/member-ties.ts'
import type { Weighing } from '../../../graph/explain/picture/pair-evidence.ts'
import { type RingOptions, ringScene } from '../../../graph/explain/ring.ts'
import { kindWord } from '../../../graph/explain/words.ts'
import type { IdentifierKey } from '../../../graph/model.ts'
import type { IdentifierUse, IdentifierUsers, ReadingStore } from '../../../graph/ports.ts'
import type { DetectionRun, KindStatistics, Ring } from '../../../graph/ring.ts'
import { compareText } from '../../../graph/state/order.ts'
import { iso } from '../times.ts'
import { identifierFacts } from './account.ts'
import { facetsView } from './facets.ts'
import { memberUseView } from './graph.ts'

/** Uses read of one identifier: an account has one for each type of event. */
const usesMax = 5_000

/** `undefined` for one that nobody used. */
export async function identifierView(
  store: Pick<ReadingStore, 'accounts' | 'users'>,
  key: IdentifierKey,
  { limit, run, ...weighing }: Weighing & { readonly limit: number; readonly run: DetectionRun | undefined },
) {
  const [found] = await store.users([key], { usesMax })
  if (!found) return undefined
  const users = usersOf(found.uses)
  const times = found.uses.flatMap(({ firstAt, lastAt }) => [firstAt, lastAt])
  return {
    ...briefOf(found, weighing),
    facets: await facetsView(store, key, { asserted: nothingAsserted, ...weighing }),
    firstSeen: times.length === 0 ? null : iso(times.reduce((a, b) => Math.min(a, b))),
    lastSeen: times.length === 0 ? null : iso(times.reduce((a, b) => Math.max(a, b))),
    strangers: strangersView(kindOfRun(run, key.kind), run?.accounts ?? 0),
    users: users.slice(0, limit),
    truncated: users.length > limit || found.accounts > users.length,
  }
}

/** Only those of its users who are members of a ring, by what ties them to it: of a hub they would not be found among all. */
export async function usersInRing(
  store: SurroundingsStore,
  key: IdentifierKey,
  { ring, limit, ...options }: RingOptions & { readonly ring: Ring; readonly limit: number },
) {
  const scene = await ringScene(store, ring, options)
  const ties = new Map([...memberTies(scene)].map(([account, { tie }]) => [account, tie]))
  const users = membersOn(scene, key, ties)
  return {
    inRing: { ring: ring.id, version: ring.version, members: users.length },
    users: users.slice(0, limit).map(memberUseView),
    truncated: scene.truncated || users.length > limit,
  }
}

const kindOfRun = (run: DetectionRun | undefined, kind: string): KindStatistics | undefined =>
  run?.statistics?.kinds.find((one) => one.kind === kind)

/** How many pairs of accounts share any identifier of the kind: what one expects of two strangers. */
function strangersView(spread: KindStatistics | undefined, accounts: number) {
  if (!spread || spread.ordered === 0 || accounts < 2) return null
  const share = Math.min(1, spread.ordered / (accounts * (accounts - 1)))
  const pairs = Math.round(1 / share)
  return { share, sentence: `Two strangers share one ${kindWord(spread.kind)} in 1 of ${pairs} pairs` }
}

export const briefOf = (found: IdentifierUsers, weighing: Weighing) => ({
  ...identifierFacts(found, weighing),
  sharedByDesign: weighing.asserted?.shared.has(`${found.identifier.kind}:${found.identifier.ref}`) ?? false,
})

/** Who came first comes first. */
function usersOf(uses: readonly IdentifierUse[]) {
  return [...Map.groupBy(uses, ({ account }) => account)]
    .map(([account, own]) => ({
      account,
      firstAt: own.reduce((first, { firstAt }) => Math.min(first, firstAt), Infinity),
      lastAt: own.reduce((last, { lastAt }) => Math.max(last, lastAt), -Infinity),
      days: new Set(own.flatMap(({ days }) => days)).size,
    }))
    .toSorted((a, b) => a.firstAt - b.firstAt || compareText(a.account, b.account))
    .map(({ account, firstAt, lastAt, days }) => ({
      account,
      firstSeen: iso(firstAt),
      lastSeen: iso(lastAt),
      days,
    }))
}
