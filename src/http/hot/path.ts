/**
 * The two routes that scoring services ask a thousand times a second, answered ahead of Express. Only what is plain
 * and right is answered here; all else is left to Express, so that there is one place that says what is wrong.
 */
import type { IncomingHttpHeaders, IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import { bodyBytesDefault, collect, keepBody } from '../body.ts'
import { beginAnswer, endAnswer, type JsonAnswer, jsonAnswerText, sendJsonAtOnce } from '../edge/answer.ts'
import { type Meta, metaOf } from '../meta.ts'
import { getRisk, isFresh, postRiskBatch } from '../routes/get-risk.ts'
import { keepAliveSeconds } from '../server.ts'
import type { HttpServices } from '../services.ts'
import type { AnswerPlain } from './front-door.ts'
import { accountOf, type BatchTarget, batchAccounts, readBatchTarget, readRiskTarget } from './read.ts'
import { type RiskTexts, riskTexts } from './risk-texts.ts'
import { scanBatch } from './scan-batch.ts'

export interface HotPath {
  /** For whole connections of nothing else (front-door.ts). */
  readonly plain: AnswerPlain
  readonly listener: RequestListener
}

export function hotPath(services: HttpServices, express: RequestListener): HotPath {
  const now = servedNow(services)
  const one = oneAnswerer(services, now)
  const many = batchAnswerer(services, now)
  return {
    plain(target, { authorization, traceparent }) {
      const found = one({ method: 'GET', url: target, headers: { authorization, traceparent } })
      return found && jsonAnswerText(found, { now: services.clock(), keepAliveSeconds })
    },
    listener(request, response) {
      const answer = one(request)
      if (answer) return sendJsonAtOnce(response, answer)
      const batch = readBatchTarget(request)
      if (batch)
        void many(request, response, batch).then((isAnswered) => isAnswered || express(request, response))
      else express(request, response)
    },
  }
}

interface Asked {
  readonly method?: string | undefined
  readonly url?: string | undefined
  readonly headers: Pick<IncomingHttpHeaders, 'authorization'> & {
    readonly traceparent?: IncomingHttpHeaders[string]
  }
}

/** The answer and, since it is given at once, its figure. */
const oneAnswerer =
  (services: HttpServices, now: () => Served) =>
  ({ method, url = '', headers }: Asked): (JsonAnswer & { readonly json: string }) | undefined => {
    const target = method === 'GET' ? readRiskTarget(url) : undefined
    if (!target) return undefined
    const answering = beginAnswer(services, { headers })
    const account = accountOf(target.account)
    const key = services.callers.checkNow(headers.authorization, 'risk:read')
    if (account === undefined || !key) return undefined
    const { risks, meta, metaText } = now()
    if (!isFresh(meta, target.maxStalenessMs)) return undefined
    const rate = services.limits.take(key.id, 'risk')
    if (!rate.isAdmitted) return undefined
    const json = `${risks.of(account).slice(0, -1)},"meta":${metaText}}`
    endAnswer(services, answering, { method: 'GET', route: getRisk.path, status: 200 })
    return { requestId: answering.requestId, rate, json }
  }

const batchAnswerer =
  (services: HttpServices, now: () => Served) =>
  async (request: IncomingMessage, response: ServerResponse, target: BatchTarget): Promise<boolean> => {
    const key = services.callers.checkNow(request.headers.authorization, 'risk:read')
    if (!key) return false
    const answering = beginAnswer(services, request)
    const bytes = await collect(request, bodyBytesDefault).catch(() => undefined)
    if (!bytes) return false
    const ids = scanBatch(bytes) ?? batchAccounts(bytes)
    const { risks, meta, metaText } = now()
    const rate = ids && isFresh(meta, target.maxStalenessMs) && services.limits.take(key.id, 'risk')
    if (!rate || !rate.isAdmitted) {
      keepBody(request, bytes)
      return false
    }
    const json = risks.batchOf(ids, metaText)
    sendJsonAtOnce(response, { requestId: answering.requestId, rate, json })
    endAnswer(services, answering, { method: 'POST', route: postRiskBatch.path, status: 200 })
    return true
  }

interface Served {
  readonly risks: RiskTexts
  readonly meta: Meta
  readonly metaText: string
}

/** What is served, made again when the snapshot, the millisecond or the store's presence is another. */
function servedNow(services: HttpServices): () => Served {
  const { snapshots, clock, callers, live } = services
  let texts: { readonly of: Snapshot | undefined; readonly risks: RiskTexts } | undefined
  let last: (Served & { readonly at: number; readonly isAway: boolean }) | undefined
  return () => {
    const snapshot = snapshots.current()
    const [at, isAway] = [clock(), callers.isStoreAway()]
    if (last && texts?.of === snapshot && last.at === at && last.isAway === isAway) return last
    if (texts?.of !== snapshot) texts = undefined
    texts ??= { of: snapshot, risks: riskTexts(snapshot, live) }
    const meta = metaOf(services)
    last = { risks: texts.risks, meta, metaText: JSON.stringify(meta), at, isAway }
    return last
  }
}
