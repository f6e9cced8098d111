/** Trace ids (W3C Trace Context, level 1): who asked can be followed through queues, jobs and stores in the logs. */
import { AsyncLocalStorage } from 'node:async_hooks'
import { randomBytes } from 'node:crypto'
import type { Log, LogFields } from './log.ts'

const traces = new AsyncLocalStorage<string>()

/** Of the work that asks; `undefined` for what nobody's request began. */
export const traceId = (): string | undefined => traces.getStore()

/** Whatever `work` does, and what it begins, has this id. */
export const traced = <T>(id: string, work: () => T): T => traces.run(id, work)

export const newTraceId = (): string => randomBytes(16).toString('hex')

const parent = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?$/

/** The id in a `traceparent` header; `undefined` for none, and for what is not one. */
export const traceIn = (traceparent: string | string[] | undefined): string | undefined =>
  typeof traceparent === 'string' ? parent.exec(traceparent)?.[1] : undefined

/** Writes the trace of the work with every line. */
export function tracingLog(log: Log): Log {
  const withTrace = (fields?: LogFields): LogFields | undefined => {
    const id = traceId()
    return id === undefined ? fields : { traceId: id, ...fields }
  }
  return {
    debug: (message, fields) => log.debug(message, withTrace(fields)),
    info: (message, fields) => log.info(message, withTrace(fields)),
    warn: (message, fields) => log.warn(message, withTrace(fields)),
    error: (message, fields) => log.error(message, withTrace(fields)),
  }
}
