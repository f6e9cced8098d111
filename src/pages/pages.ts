/** Pages that take a computer's time, where the API's thread has none to give: what each is made from and of. */

import { AppError } from '../../graph/errors.ts'
import { explainMember } from '../../graph/explain/member.ts'
import { linksOf } from '../../graph/explain/path.ts'
import { memberTies } from '../../graph/explain/picture/member-ties.ts'
import { ringGraph } from '../../graph/explain/picture/ring-graph.ts'
import { ringTimeline } from '../../graph/explain/picture/ring-timeline.ts'
import { explainRing, ringScene } from '../../graph/explain/ring.ts'
import type { IdentifierKey } from '../../graph/model.ts'
import { type DecisionOrder, makeDecision } from '../decisions.ts'
import { memberExplanationView } from '../views/member-explanation.ts'
import { accountLinksView, accountView } from '../views/reads/account.ts'
import { readBrief } from '../views/reads/brief.ts'
import { foundView } from '../views/reads/found.ts'
import { graphView } from '../views/reads/graph.ts'
import { identifierView, usersInRing } from '../views/reads/identifier.ts'
import { type MemberPage, memberListView } from '../views/reads/member-list.ts'
import { type QueueAsked, queuePageView, type RingsAsked, ringListView } from '../views/reads/ring-list.ts'
import { ringRow } from '../views/reads/ring-rows.ts'
import { ringTimelineView } from '../views/reads/ring-timeline.ts'
import { type TakeoversAsked, takeoverListView, takeoverPage } from '../views/reads/takeovers.ts'
import { ringExplanationView } from '../views/ring-explanation.ts'
import { reasonView } from '../views/rings.ts'
import { accountOf, type Desk, listing, movedOf, type RingPage, ringOf } from './desk.ts'
import { evidencePages } from './evidence-pages.ts'

interface AccountPage {
  readonly account: string
}

export const pages = {
  ...evidencePages,

  async graph({ store, ...options }: Desk, { budget, ...page }: RingPage & { readonly budget: number }) {
    const ring = await ringOf(store, page)
    const view = graphView(await ringGraph(store, ring, { ...options, budget }))
    return { ...view, ...(await movedOf(store, ring)) }
  },

  async rings(desk: Desk, asked: RingsAsked) {
    return await ringListView(desk.store, asked, await listing(desk))
  },

  async takeovers(desk: Desk, asked: TakeoversAsked) {
    return await takeoverListView(desk.store, asked, await listing(desk))
  },

  async takeover(desk: Desk, page: RingPage) {
    const { store } = desk
    const ring = await ringOf(store, page)
    return {
      ...(await takeoverPage(store, ring, { ...(await listing(desk)), withEntries: true })),
      ...(await movedOf(store, ring)),
    }
  },

  async queue(desk: Desk, asked: QueueAsked) {
    return await queuePageView(desk.store, asked, await listing(desk))
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

  async summary(desk: Desk, page: RingPage) {
    const { store } = desk
    const ring = await ringOf(store, page)
    const row = await ringRow(store, ring, await listing(desk))
    const reasons = ring.head.reasons.map(reasonView)
    return { ...row, ...(await movedOf(store, ring)), reasons }
  },

  async members(
    { store, ...options }: Desk,
    { sort, limit, after, ties, ...page }: RingPage & MemberPage & { readonly ties: boolean },
  ) {
    const ring = await ringOf(store, page)
    const tied = ties ? memberTies(await ringScene(store, ring, options)) : undefined
    return { ...memberListView(ring, { sort, limit, after, tied }), ...(await movedOf(store, ring)) }
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
    {
      kind,
      ref,
      limit,
      ring: id,
    }: IdentifierKey & { readonly limit: number; readonly ring?: string | undefined },
  ) {
    const found = await identifierView(store, { kind, ref }, { ...weighing, limit })
    if (!found)
      throw new AppError('not_found', 'Nobody used such an identifier: name it as explanations show it')
    if (id === undefined) return found
    const ring = await ringOf(store, { ring: id })
    return { ...found, ...(await usersInRing(store, { kind, ref }, { ...weighing, ring, limit })) }
  },

  async found(
    { store, ...weighing }: Desk,
    asked: { readonly ring: string; readonly keys: readonly IdentifierKey[] },
  ) {
    return await foundView(store, asked, weighing)
  },
}

export type PageName = keyof typeof pages
export type PageInput<Name extends PageName> = Parameters<(typeof pages)[Name]>[1]
export type PageView<Name extends PageName> = Awaited<ReturnType<(typeof pages)[Name]>>
