/**
 * The two routes that scoring services ask a thousand times a second, answered ahead of Express. Only what is plain
 * and right is answered here; all else is left to Express, so that there is one place that says what is wrong.
 */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import { bodyBytesDefault, collect, keepBody } from '../body.ts'
import { beginAnswer, endAnswer, sendJsonAtOnce } from '../edge/answer.ts'
import { metaOf } from '../meta.ts'
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
  const texts = textsNow(services)
  const one = oneAnswerer(services, texts)
  const many = batchAnswerer(services, texts)
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
  (services: HttpServices, texts: () => RiskText) =>
  (request: IncomingMessage, response: ServerResponse, target: RiskTarget): boolean => {
    const answering = beginAnswer(services)
    const account = accountOf(target.account)
    if (account === undefined || !mayAsk(services, request)) return false
    const meta = metaOf(services)
    if (!isFresh(meta, target.maxStalenessMs)) return false
    sendJsonAtOnce(response, answering, `${texts()(account).slice(0, -1)},"meta":${JSON.stringify(meta)}}`)
    endAnswer(services, answering, { method: 'GET', route: getRisk.path, status: 200 })
    return true
  }

const batchAnswerer =
  (services: HttpServices, texts: () => RiskText) =>
  async (request: IncomingMessage, response: ServerResponse, target: BatchTarget): Promise<boolean> => {
    if (!mayAsk(services, request)) return false
    const answering = beginAnswer(services)
    const bytes = await collect(request, bodyBytesDefault).catch(() => undefined)
    if (!bytes) return false
    const accounts = batchAccounts(bytes)
    const meta = metaOf(services)
    if (!accounts || !isFresh(meta, target.maxStalenessMs)) {
      keepBody(request, bytes)
      return false
    }
    const items = accounts.map(texts()).join(',')
    sendJsonAtOnce(response, answering, `{"items":[${items}],"meta":${JSON.stringify(meta)}}`)
    endAnswer(services, answering, { method: 'POST', route: postRiskBatch.path, status: 200 })
    return true
  }

const mayAsk = ({ keys }: HttpServices, { headers }: IncomingMessage): boolean =>
  keys.checkNow(headers.authorization, 'risk:read') !== undefined

/** Those of the snapshot being served. */
function textsNow({ snapshots }: Pick<HttpServices, 'snapshots'>): () => RiskText {
  let of: { snapshot: Snapshot | undefined; text: RiskText } | undefined
  return () => {
    const snapshot = snapshots.current()
    if (!of || of.snapshot !== snapshot) of = { snapshot, text: riskTexts(snapshot) }
    return of.text
  }
}
