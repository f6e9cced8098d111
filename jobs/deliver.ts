/**
 * Takes changes to their receivers: to each in the order of the feed, one at a time, until it took it. What is
 * delivered and what failed is noted after it happened, so that a message may come twice and is never left out.
 */
import { placeText, readPlace } from '../graph/feed/place.ts'
import { type FeedItem, itemAt, readFeed, typeOf } from '../graph/feed/read.ts'
import type { DeadMessage, Failing, Webhook, WebhookProgress } from '../graph/webhooks.ts'
import type { Courier, Job, Services } from './services.ts'

const minuteMs = 60_000
/** Waits after each failed try, as the Standard Webhooks specification proposes; then the message is given up. */
const waitsMs = [5 / 60, 5, 30, 120, 300, 600, 840, 1_200, 1_440].map((minutes) => minutes * minuteMs)
export const triesMax = waitsMs.length + 1
/** By how much of it a wait is made shorter or longer, so that receivers that came back are not stormed. */
const jitter = 0.2

const pageSize = 50
/** Of one run; what is left comes in the next. */
const runMs = 20_000
const againPerRun = 100

type Delivering = Pick<Services, 'store' | 'clock' | 'courier'>

export const deliver: Job<'deliver'> = {
  name: 'deliver',

  async run({ store, courier, clock, queue, report }) {
    const [webhooks, all] = await Promise.all([store.webhooks(), store.webhookProgress()])
    if (webhooks.length === 0) return
    const progress = new Map(all.map((one) => [one.webhook, one]))
    const outcomes = await Promise.all(
      webhooks.map((webhook) => deliverTo({ store, courier, clock }, webhook, progress.get(webhook.id))),
    )
    const delivered = outcomes.reduce((sum, outcome) => sum + outcome.delivered, 0)
    if (delivered > 0) report('deliver', { delivered })
    const next = Math.min(...outcomes.map(({ nextAt }) => nextAt))
    if (next < Infinity) await queue.request('deliver', { afterMs: Math.max(0, next - clock()) })
  },
}

interface Outcome {
  readonly delivered: number
  /** When there is more to do; `Infinity` when nothing waits. */
  readonly nextAt: number
}

async function deliverTo(
  services: Delivering,
  webhook: Webhook,
  stored: WebhookProgress | undefined,
): Promise<Outcome> {
  const { store, clock } = services
  const endsAt = clock() + runMs
  let progress = resumed(webhook, stored ?? { webhook: webhook.id, place: webhook.from })
  if (progress.failing?.isGone) return { delivered: 0, nextAt: Infinity }
  let delivered = await sendAgain(services, webhook)
  if (progress.failing && progress.failing.nextAt > clock())
    return { delivered, nextAt: progress.failing.nextAt }
  for (;;) {
    const items = await readFeed(store, { after: readPlace(progress.place), limit: pageSize })
    for (const item of items) {
      progress = await step(services, { webhook, item, progress })
      if (progress.failing) return { delivered, nextAt: nextTry(progress.failing) }
      if (isWanted(webhook, item)) delivered += 1
    }
    const last = items.at(-1)
    if (last && !isWanted(webhook, last)) await store.noteProgress(progress)
    if (items.length < pageSize) return { delivered, nextAt: Infinity }
    if (clock() > endsAt) return { delivered, nextAt: clock() }
  }
}

const nextTry = ({ isGone, nextAt }: Failing): number => (isGone ? Infinity : nextAt)

/** Without failures of before somebody asked for another try. */
function resumed({ resumedAt }: Webhook, progress: WebhookProgress): WebhookProgress {
  const { failing, ...rest } = progress
  return failing && (resumedAt ?? -Infinity) > failing.lastAt ? rest : progress
}

const isWanted = ({ types }: Webhook, item: FeedItem): boolean =>
  types.length === 0 || types.includes(typeOf(item))

interface Step {
  readonly webhook: Webhook
  readonly item: FeedItem
  readonly progress: WebhookProgress
}

/** Tries one item once; where that leaves the receiver. */
async function step({ store, courier, clock }: Delivering, order: Step): Promise<WebhookProgress> {
  const { webhook, item, progress } = order
  const after: WebhookProgress = {
    webhook: webhook.id,
    place: placeText(item.place),
    ...(progress.deliveredAt !== undefined && { deliveredAt: progress.deliveredAt }),
  }
  if (!isWanted(webhook, item)) return after
  const sent = await courier.send(webhook, item)
  const now = clock()
  const next = sent.isTaken ? { ...after, deliveredAt: now } : failed(order, sent, now)
  if (next.failing && next.failing.tries === 0)
    await store.buryMessage(deadMessage(courier, order, { at: now, error: next.failing.error }))
  await store.noteProgress(next)
  return next
}

/** After the last try the place moves on, and the receiver rests as long as ever. */
function failed(
  { item, progress }: Step,
  { error, isGone }: { error: string; isGone?: boolean },
  now: number,
): WebhookProgress {
  const tries = (progress.failing?.tries ?? 0) + 1
  const isDead = tries >= triesMax && !isGone
  const waitMs = waitsMs[Math.min(tries, waitsMs.length) - 1] ?? 0
  return {
    ...progress,
    ...(isDead && { place: placeText(item.place) }),
    failing: {
      since: progress.failing?.since ?? now,
      lastAt: now,
      tries: isDead ? 0 : tries,
      nextAt: Math.round(now + waitMs * (1 + jitter * (2 * Math.random() - 1))),
      error,
      ...(isGone && { isGone }),
    },
  }
}

const deadMessage = (
  courier: Courier,
  { webhook, item }: Step,
  { at, error }: { at: number; error: string },
): DeadMessage => ({
  id: courier.messageId(webhook, placeText(item.place)),
  webhook: webhook.id,
  place: placeText(item.place),
  type: typeOf(item),
  at,
  tries: triesMax,
  error,
  again: false,
})

/** Dead messages that somebody asked for: each is tried once. How many were taken. */
async function sendAgain(services: Delivering, webhook: Webhook): Promise<number> {
  const { store, courier } = services
  const asked = await store.deadMessages({ webhook: webhook.id, again: true, limit: againPerRun })
  let delivered = 0
  for (const message of asked) {
    const item = await itemAt(store, readPlace(message.place))
    const sent = item ? await courier.send(webhook, item) : { isTaken: true as const }
    if (sent.isTaken) await store.dropMessages([message.id])
    else await store.buryMessage({ ...message, again: false, tries: message.tries + 1, error: sent.error })
    if (item && sent.isTaken) delivered += 1
  }
  return delivered
}
