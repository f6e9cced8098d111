/**
 * The two routes that scoring services ask a thousand times a second, answered ahead of Express. Only what is plain
 * and right is answered here; all else is left to Express, so that there is one place that says what is wrong.
 */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { ApiKey } from '../../../graph/ports.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import { bodyBytesDefault, collect, keepBody } from '../body.ts'
import { beginAnswer, endAnswer, sendJsonAtOnce } from '../edge/answer.ts'
import { type Meta, metaOf } from '../meta.ts'
import { getRisk, isFresh, postRiskBatch } from '../routes/get-risk.ts'
import type { HttpServices } from '../services.ts'
import {
  accountOf,
  type BatchTarget,
  batchAccounts,
  type RiskTarget,
  readBatchTarget,
  readRiskTarget,
} from './read.ts'
import { type RiskText, riskTexts } from './risk-texts.ts'

export function hotPath(services: HttpServices, express: RequestListener): RequestListener {
  const now = servedNow(services)
  const one = oneAnswerer(services, now)
  const many = batchAnswerer(services, now)
  return (request, response) => {
    const target = readRiskTarget(request)
    const batch = readBatchTarget(request)
    if (target && one(request, response, target)) return
    if (batch)
      void many(request, response, batch).then((isAnswered) => isAnswered || express(request, response))
    else express(request, response)
  }
}

/** Says whether it answered. */
const oneAnswerer =
  (services: HttpServices, now: () => Served) =>
  (request: IncomingMessage, response: ServerResponse, target: RiskTarget): boolean => {
    const answering = beginAnswer(services, request)
    const account = accountOf(target.account)
    const key = keyOf(services, request)
    if (account === undefined || !key) return false
    const { riskText, meta, metaText } = now()
    if (!isFresh(meta, target.maxStalenessMs)) return false
    const rate = services.limits.take(key.id, 'risk')
    if (!rate.isAdmitted) return false
    const text = `${riskText(account).slice(0, -1)},"meta":${metaText}}`
    sendJsonAtOnce(response, { requestId: answering.requestId, rate, text })
    endAnswer(services, answering, { method: 'GET', route: getRisk.path, status: 200 })
    return true
  }

const batchAnswerer =
  (services: HttpServices, now: () => Served) =>
  async (request: IncomingMessage, response: ServerResponse, target: BatchTarget): Promise<boolean> => {
    const key = keyOf(services, request)
    if (!key) return false
    const answering = beginAnswer(services, request)
    const bytes = await collect(request, bodyBytesDefault).catch(() => undefined)
    if (!bytes) return false
    const accounts = batchAccounts(bytes)
    const { riskText, meta, metaText } = now()
    const rate = accounts && isFresh(meta, target.maxStalenessMs) && services.limits.take(key.id, 'risk')
    if (!rate || !rate.isAdmitted) {
      keepBody(request, bytes)
      return false
    }
    const text = `{"items":[${accounts.map((account) => riskText(account)).join(',')}],"meta":${metaText}}`
    sendJsonAtOnce(response, { requestId: answering.requestId, rate, text })
    endAnswer(services, answering, { method: 'POST', route: postRiskBatch.path, status: 200 })
    return true
  }

const keyOf = ({ keys }: HttpServices, { headers }: IncomingMessage): ApiKey | undefined =>
  keys.checkNow(headers.authorization, 'risk:read')

interface Served {
  readonly riskText: RiskText
  readonly meta: Meta
  readonly metaText: string
}

/** What is served, made again when the snapshot, the millisecond or the store's presence is another. */
function servedNow(services: HttpServices): () => Served {
  const { snapshots, clock, keys, live } = services
  let texts: { readonly of: Snapshot | undefined; readonly riskText: RiskText } | undefined
  let last: (Served & { readonly at: number; readonly isAway: boolean }) | undefined
  return () => {
    const snapshot = snapshots.current()
    const [at, isAway] = [clock(), keys.isStoreAway()]
    if (last && texts?.of === snapshot && last.at === at && last.isAway === isAway) return last
    if (texts?.of !== snapshot) texts = undefined
    texts ??= { of: snapshot, riskText: riskTexts(snapshot, live) }
    const meta = metaOf(services)
    last = { riskText: texts.riskText, meta, metaText: JSON.stringify(meta), at, isAway }
    return last
  }
}
