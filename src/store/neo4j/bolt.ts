/**
 * Talks to Neo4j over Bolt: statements of the catalogue, in transactions that are begun again, quickly and by chance,
 * after a transient failure. Every write of ours may be repeated, because the driver cannot tell a commit that failed
 * from one whose answer was lost.
 */
import type { Session, Transaction } from 'neo4j-driver'
import type { Statement, Value } from '../../../cypher/catalogue.ts'
import { traceId } from '../../telemetry/trace.ts'
import { failureOf, isDeadlock, isTransient } from './failures.ts'
import { type Mode, openSessions, type SessionOptions } from './sessions.ts'
import { encodeMap } from './values.ts'

export interface BoltOptions extends SessionOptions {
  /** Told of every statement before it is sent. */
  readonly onStatement?: (name: string) => void
}

/** Runs a statement; its rows as objects by column. */
export type Run = <Params, Row>(statement: Statement<Params, Row>, params: Params) => Promise<readonly Row[]>

export interface Retries {
  /** Times that work was begun again, and how many of those were deadlocks. */
  total: number
  deadlocks: number
}

export interface Bolt extends AsyncDisposable {
  readonly url: string
  readonly database: string
  readonly read: Run
  /** Outside a transaction, as schema commands want it. */
  readonly command: Run
  /** All of `work` in one transaction, or nothing. It runs again after a transient failure, so it must be repeatable. */
  readonly write: <T>(work: (run: Run) => Promise<T>, options?: { deadlineMs?: number }) => Promise<T>
  readonly retries: Readonly<Retries>
}

export function openBolt(options: BoltOptions): Bolt {
  const { url, database, deadlineMs, onStatement = () => {} } = options
  const sessions = openSessions(options)
  const retries: Retries = { total: 0, deadlocks: 0 }

  const alone =
    (mode: Mode): Run =>
    (statement, params) =>
      retrying({ url, limitMs: deadlineMs, retries }, (untilMs) =>
        sessions.use(mode, { untilMs, limitMs: deadlineMs }, (session, leftMs) => {
          onStatement(statement.name)
          return rowsOf(session, { statement, params, timeoutMs: leftMs })
        }),
      )

  const write: Bolt['write'] = (work, { deadlineMs: limitMs = deadlineMs } = {}) =>
    retrying({ url, limitMs, retries }, (untilMs) =>
      sessions.use('WRITE', { untilMs, limitMs }, async (session, leftMs) => {
        const transaction = await session.beginTransaction({ timeout: leftMs, ...namedByTrace() })
        const result = await work((statement, params) => {
          onStatement(statement.name)
          return rowsOf(transaction, { statement, params })
        })
        await transaction.commit()
        return result
      }),
    )

  return {
    url,
    database,
    retries,
    read: alone('READ'),
    command: alone('WRITE'),
    write,
    [Symbol.asyncDispose]: () => sessions[Symbol.asyncDispose](),
  }
}

const firstWaitMs = 5
const longestWaitMs = 2_000

/** Within `limitMs`, waits between the attempts included. */
async function retrying<T>(
  { url, limitMs, retries }: { url: string; limitMs: number; retries: Retries },
  attempt: (untilMs: number) => Promise<T>,
): Promise<T> {
  const untilMs = performance.now() + limitMs
  for (let waitMs = firstWaitMs; ; waitMs = Math.min(waitMs * 2, longestWaitMs)) {
    try {
      return await attempt(untilMs)
    } catch (error) {
      const pauseMs = waitMs * (0.5 + Math.random())
      if (!isTransient(error) || performance.now() + pauseMs >= untilMs) throw failureOf(error, url)
      retries.total += 1
      if (isDeadlock(error)) retries.deadlocks += 1
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
  }
}

/** Neo4j writes it beside the statement in its own query log. */
function namedByTrace(): { readonly metadata?: { readonly traceId: string } } {
  const id = traceId()
  return id === undefined ? {} : { metadata: { traceId: id } }
}

interface Call<Params, Row> {
  readonly statement: Statement<Params, Row>
  readonly params: Params
  /** Of a statement outside a transaction: when the server may give it up. */
  readonly timeoutMs?: number
}

/** By callbacks, because the driver's async iterator costs several times the time (`npm run bench`). */
function rowsOf<Params, Row>(
  runner: Session | Transaction,
  { statement, params, timeoutMs }: Call<Params, Row>,
): Promise<readonly Row[]> {
  const encoded = encodeMap(params as { readonly [name: string]: Value })
  const result =
    timeoutMs === undefined
      ? runner.run(statement.text, encoded)
      : (runner as Session).run(statement.text, encoded, { timeout: timeoutMs, ...namedByTrace() })
  return new Promise((resolve, reject) => {
    const rows: Row[] = []
    result.subscribe({
      onNext: (record) => {
        const row: Record<string, unknown> = {}
        for (const key of record.keys) row[String(key)] = record.get(key)
        rows.push(row as Row)
      },
      onCompleted: () => resolve(rows),
      onError: reject,
    })
  })
}
