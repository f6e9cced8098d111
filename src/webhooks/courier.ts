/** Signs messages (Standard Webhooks specification, symmetric signatures) and takes them to their receivers. */
import { hash } from 'node:crypto'
import { Webhook as Signer } from 'standardwebhooks'
import type { Clock, Secrets } from '../../graph/ports.ts'
import type { Webhook } from '../../graph/webhooks.ts'
import type { Courier, Sent } from '../../jobs/services.ts'
import { version } from '../version.ts'
import { messageView } from '../views/feed.ts'
import { type Post, type PostOptions, post, RefusedAddress, systemResolve } from './post.ts'

export interface CourierOptions extends Partial<Omit<PostOptions, 'reach'>> {
  readonly reach: PostOptions['reach']
  readonly unseal: Secrets['open']
  readonly clock: Clock
}

/** As long as a receiver may take. */
const answerWithinMs = 5_000

export function openCourier({ unseal, clock, ...options }: CourierOptions): Courier {
  const network = { resolve: systemResolve, withinMs: answerWithinMs, ...options }
  return {
    messageId,
    async send(webhook, item) {
      const message = messageView(item)
      const body = JSON.stringify(message)
      const id = messageId(webhook, message.data.cursor)
      const headers = {
        'content-type': 'application/json',
        'user-agent': `ringleader/${version}`,
        ...signed(webhook, { id, body, now: clock(), unseal }),
      }
      return await sendOnce({ url: new URL(webhook.url), headers, body }, network)
    },
  }
}

/** The specification keeps full stops out of ids, because they part what is signed. */
const messageId: Courier['messageId'] = (webhook, place) =>
  `msg_${hash('sha256', `${webhook.id} ${place}`, 'base64url').slice(0, 27)}`

/** By every secret that is good now, so that a receiver may change over. */
function signed(
  { secrets }: Webhook,
  { id, body, now, unseal }: { id: string; body: string; now: number; unseal: Secrets['open'] },
): Record<string, string> {
  const good = secrets.filter(({ until }) => (until ?? Infinity) > now)
  const signatures = good.map(({ sealed }) =>
    new Signer(unseal(Buffer.from(sealed, 'base64')), { format: 'raw' }).sign(id, new Date(now), body),
  )
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now / 1_000)),
    'webhook-signature': signatures.join(' '),
  }
}

/** Addresses and answers may hold secrets: what is told of a failure is in our own words. */
async function sendOnce(message: Post, network: PostOptions): Promise<Sent> {
  try {
    const status = await post(message, network)
    if (status >= 200 && status < 300) return { isTaken: true }
    return { isTaken: false, error: `answered ${status}`, ...(status === 410 && { isGone: true }) }
  } catch (error) {
    return { isTaken: false, error: wordsFor(error) }
  }
}

function wordsFor(error: unknown): string {
  if (error instanceof RefusedAddress) return 'its address is not one that may be called'
  const { name, code } = error as { name?: string; code?: string }
  if (name === 'TimeoutError' || name === 'AbortError') return 'did not answer in time'
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'its name cannot be resolved'
  if (code !== undefined && /CERT|TLS|SSL|ALTNAME|SIGNED/.test(code))
    return `its certificate is not good (${code})`
  return `cannot be reached (${/^[A-Z_]{2,40}$/.test(code ?? '') ? code : 'unknown'})`
}
