/** What a plain request about risk asks; `undefined` for any that Express is to look at. */
import type { IncomingMessage } from 'node:http'
import { bodyBytesDefault, parseJson } from '../body.ts'
import { contentTypeOf } from '../handle.ts'
import { idsMax, postRiskBatch } from '../routes/get-risk.ts'
import { accountId } from '../schemas.ts'

export interface RiskTarget {
  /** As it stands in the path, encoded. */
  readonly account: string
  readonly maxStalenessMs: number | undefined
}

const query = String.raw`(?:\?maxStalenessMs=(\d{1,15}))?$`
/** The letters that RFC 3986 has in a segment of a path. */
const riskUrl = new RegExp(String.raw`^/v1/accounts/([\w.~%!$&'()*+,;=:@-]+)/risk${query}`)
const batchUrl = new RegExp(String.raw`^/v1/risk:batch${query}`)

export function readRiskTarget(url: string): RiskTarget | undefined {
  const [, account, staleness] = riskUrl.exec(url) ?? []
  return account === undefined ? undefined : { account, maxStalenessMs: millisecondsOf(staleness) }
}

const millisecondsOf = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Number(text)

/** Ids of visible ASCII letters are in normal form already, and most are. */
const isPlainId = (id: unknown): id is string => typeof id === 'string' && /^[ -~]{1,256}$/.test(id)

/** The account that an encoded segment names. */
export function accountOf(segment: string): string | undefined {
  if (!segment.includes('%') && isPlainId(segment)) return segment
  try {
    return accountId.safeParse(decodeURIComponent(segment)).data
  } catch {
    return undefined
  }
}

export interface BatchTarget {
  readonly maxStalenessMs: number | undefined
}

/** Of a request whose whole body is announced and may be read at once. */
export function readBatchTarget({ method, url = '', headers }: IncomingMessage): BatchTarget | undefined {
  if (method !== 'POST') return undefined
  const found = batchUrl.exec(url)
  if (!found || contentTypeOf(headers) !== 'application/json') return undefined
  if (headers['content-encoding'] !== undefined) return undefined
  if (!(Number(headers['content-length']) <= bodyBytesDefault)) return undefined
  return { maxStalenessMs: millisecondsOf(found[1]) }
}

export function batchAccounts(bytes: Uint8Array): readonly string[] | undefined {
  try {
    const body = parseJson(bytes)
    if (isPlainBatch(body)) return body.accounts
    return (postRiskBatch.body?.safeParse(body).data as { accounts: string[] } | undefined)?.accounts
  } catch {
    return undefined
  }
}

function isPlainBatch(body: unknown): body is { accounts: string[] } {
  if (typeof body !== 'object' || body === null || !('accounts' in body)) return false
  const { accounts } = body
  if (Object.keys(body).length !== 1 || !Array.isArray(accounts)) return false
  return accounts.length >= 1 && accounts.length <= idsMax && accounts.every(isPlainId)
}
