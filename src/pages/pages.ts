/** Pages that take a computer's time, where the API's thread has none to give: what each is made from and of. */

import type { Asserted } from '../../graph/assertions/standing.ts'
import { AppError } from '../../graph/errors.ts'
import { explainMember } from '../../graph/explain/member.ts'
import { defaultPathCaps, explainAccounts, linksOf } from '../../graph/explain/path.ts'
import { ringGraph } from '../../graph/explain/picture/ring-graph.ts'
import { ringTimeline } from '../../graph/explain/picture/ring-timeline.ts'
import { explainRing } from '../../graph/explain/ring.ts'
import type { AccountState, IdentifierKey } from '../../graph/model.ts'
import type { ReadingStore } from '../../graph/ports.ts'
import type { KindLookup } from '../../graph/projection/entities.ts'
import type { Publicness } from '../../graph/projection/publicness.ts'
import type { DetectionRun, Ring } from '../../graph/ring.ts'
import { type DecisionOrder, makeDecision } from '../decisions.ts'
import { explanationView } from '../views/explanation.ts'
import { currentRing } from '../views/lineage.ts'
import { memberExplanationView } from '../views/member-explanation.ts'
import { type Owned, type QueuePlaces, queueView, readQueue } from '../views/queue.ts'
import { accountLinksView, accountView } from '../views/reads/account.ts'
import { readBrief } from '../views/reads/brief.ts'
import { foundView } from '../views/reads/found.ts'
import { graphView } from '../views/reads/graph.ts'
import { identifierView } from '../views/reads/identifier.ts'
import { type MemberPage, memberListView } from '../views/reads/member-list.ts'
import { type RingsAsked, ringListView } from '../views/reads/ring-list.ts'
import { ringTimelineView } from '../views/reads/ring-timeline.ts'
import { type TakeoversAsked, takeoverListView } from '../views/reads/takeovers.ts'
import { ringExplanationView } from '../views/ring-explanation.ts'
import { reasonView, ringOnScale } from '../views/rings.ts'

/** What pages are made from. */
export interface Desk {
  readonly store: ReadingStore
  readonly kindOf: KindLookup
  /** As the run that is served measured it. */
  readonly publicness: Publicness
  readonly run: DetectionRun | undefined
  readonly asserted: Asserted
  readonly placesIn: QueuePlaces
}

export interface RingPage {
  readonly ring: string
  /** As it was at this publish. */
  readonly v?: number | undefined
}

interface AccountPage {
  readonly account: string
}

export const pages = {
  async graph({ store, ...options }: Desk, { budget, ...page }: RingPage & { readonly budget: number }) {
    const ring = await ringOf(store, page)
    const view = graphView(await ringGraph(store, ring, { ...options, budget }))
    return { ...view, ...(await movedOf(store, ring)) }
  },

  async rings({ store, ...weighing }: Desk, asked: RingsAsked) {
    return await ringListView(store, asked, weighing)
  },

  async takeovers({ store, ...options }: Desk, asked: TakeoversAsked) {
    return await takeoverListView(store, asked, options)
  },

  async queue({ store, ...weighing }: Desk, { limit, ...owned }: Owned & { readonly limit: number }) {
    const entries = await readQueue(store, owned)
    const items = entries
      .slice(0, limit)
      .map((entry) => ({ ...queueView(entry), ...ringOnScale(entry.ring, weighing) }))
    return { items, total: entries.length }
  },

  /** All that a verdict on a ring writes, frozen from what is known of it (src/decisions.ts). */
  async verdict(
    { store, ...evidence }: Desk,
    { ring: id, v, ...order }: RingPage & Omit<DecisionOrder, 'ring'>,
  ) {
    const today = await ringOf(store, { ring: id })
    const seen = v === undefined ? today : await ringOf(store, { ring: id, v })
    const { status, movedTo } = today
    const ring = { ...seen, status, ...(movedTo !== undefined && { movedTo }) }
    return { ...(await makeDecision({ store, evidence }, { ring, ...order })), head: today.head }
  },

  async summary({ store, ...weighing }: Desk, page: RingPage) {
    const ring = await ringOf(store, page)
    const reasons = ring.head.reasons.map(reasonView)
    return { ...ringOnScale(ring, weighing), ...(await movedOf(store, ring)), reasons }
  },

  async members({ store }: Desk, { sort, limit, after, ...page }: RingPage & MemberPage) {
    const ring = await ringOf(store, page)
    return { ...memberListView(ring, { sort, limit, after }), ...(await movedOf(store, ring)) }
  },

  async timeline(
    { store, ...options }: Desk,
    {
      from,
      to,
      lanesMax,
      ...page
    }: RingPage & { readonly from: number; readonly to: number; readonly lanesMax: number },
  ) {
    const ring = await ringOf(store, page)
    return ringTimelineView(await ringTimeline(store, ring, { ...options, from, to, lanesMax }))
  },

  async brief({ store, ...options }: Desk, page: RingPage) {
    const ring = await ringOf(store, page)
    return { ...(await readBrief(store, ring, options)), ...(await movedOf(store, ring)) }
  },

  async ring({ store, ...options }: Desk, page: RingPage) {
    return ringExplanationView(await explainRing(store, await ringOf(store, page), options))
  },

  async member({ store, ...options }: Desk, { account, ...page }: RingPage & { readonly account: string }) {
    const found = await explainMember(store, await ringOf(store, page), { ...options, account })
    if (found) return memberExplanationView(found)
    throw new AppError('account_not_found', 'The account is not in this ring: its members list who is')
  },

  async account({ store, ...weighing }: Desk, { account }: AccountPage) {
    return await accountView(store, await accountOf(store, account), weighing)
  },

  async accountLinks(
    { store, ...weighing }: Desk,
    { account, limit }: AccountPage & { readonly limit: number },
  ) {
    await accountOf(store, account)
    return accountLinksView(await linksOf(store, account, weighing), { account, limit })
  },

  async identifier(
    { store, ...weighing }: Desk,
    { kind, ref, limit }: IdentifierKey & { readonly limit: number },
  ) {
    const found = await identifierView(store, { kind, ref }, { ...weighing, limit })
    if (found) return found
    throw new AppError('not_found', 'Nobody used such an identifier: name it as explanations show it')
  },

  async found(
    { store, ...weighing }: Desk,
    asked: { readonly ring: string; readonly keys: readonly IdentifierKey[] },
  ) {
    return await foundView(store, asked, weighing)
  },

  async link(
    { store, run, kindOf, publicness, asserted }: Desk,
    { a, b, paths, hopsMax }: { a: string; b: string; paths: number; hopsMax: number },
  ) {
    const until = performance.now() + answerWithinMs
    const found = await explainAccounts(store, [a, b], {
      kindOf,
      publicness,
      asserted,
      statistics: run?.statistics,
      caps: { ...defaultPathCaps, hopsMax },
      paths,
      isLate: () => performance.now() > until,
    })
    if (!('unknown' in found)) return explanationView(found)
    const which = found.unknown === a ? 'a' : 'b'
    throw new AppError('account_not_found', `The account given as ${which} is not known: no event named it`)
  },
}

/** An explanation is begun to be told then; it says that there may be more. */
const answerWithinMs = 1_500

export async function ringOf(store: Pick<ReadingStore, 'ring'>, { ring: id, v }: RingPage): Promise<Ring> {
  const ring = await store.ring(id, v === undefined ? {} : { version: v })
  if (!ring) throw new AppError('ring_not_found', 'There is no such ring: see /v1/rings for those there are')
  return ring
}

/** Throws `account_not_found`. */
export async function accountOf(store: Pick<ReadingStore, 'accounts'>, id: string): Promise<AccountState> {
  const [state] = await store.accounts([id])
  if (state) return state
  throw new AppError('account_not_found', 'No event or label named this account: check the id')
}

async function movedOf(store: Pick<ReadingStore, 'ring'>, ring: Ring): Promise<{ movedTo?: string }> {
  const current = await currentRing(store, ring)
  return current.id === ring.id ? {} : { movedTo: current.id }
}

export type PageName = keyof typeof pages
export type PageInput<Name extends PageName> = Parameters<(typeof pages)[Name]>[1]
export type PageView<Name extends PageName> = Awaited<ReturnType<(typeof pages)[Name]>>
