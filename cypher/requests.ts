/** Statements on requests that clients name. */
import type { Properties } from './state.ts'
import { statement } from './statement.ts'

export const requests = {
  beginRequest: statement<
    { id: string; now: number; properties: Properties },
    { content: string; claim: string; answer: Int8Array | null }
  >('requests/begin'),
  endRequest: statement<{ id: string; claim: string; answer: Uint8Array; until: number }>('requests/end'),
  dropRequest: statement<{ id: string; claim: string }>('requests/drop'),
  expireRequests: statement<{ now: number; most: number }, { expired: number }>('requests/expire'),
}
