/**
 * Talks to Neo4j over Bolt. What the driver does not do is done here: a deadline round every call, quick jittered
 * retries, integers that stay integers, and reads that see this process' own writes.
 */
import neo4j, { type Driver, type Session, type Transaction } from 'neo4j-driver'
import type { Statement, Value } from '../../../cypher/catalogue.ts'
import { failureOf, isDeadlock, isTransient, tooLate } from './failures.ts'
import { encodeMap } from './values.ts'

export interface BoltOptions {
  /** `bolt://host:port` or `neo4j://...`, without user and password. */
  readonly url: string
  readonly user: string
  readonly password: string
  readonly database: string
  /** Longest wait for one call, its retries included. */
  readonly deadlineMs: number
  /** Told of every statement before it is sent. */
  readonly onStatement?: (name: string) => void
}

/** Runs a statement; its rows as objects by column. */
export type Run = <Params, Row>(statement: Statement<Params, Row>, params: Params) => Promise<readonly Row[]>

export interface Bolt extends AsyncDisposable {
  readonly url: string
  readonly database: string
  readonly read: Run
  /** Outside a transaction, as schema commands want it. */
  readonly command: Run
  /** All of `work` in one transaction, or nothing. It runs again after a transient failure, so it must be repeatable. */
  write<T>(work: (run: Run) => Promise<T>, options?: { deadlineMs?: number }): Promise<T>
  /** Times that a transaction was begun again, and how many of those were deadlocks. */
  readonly retries: { total: number; deadlocks: number }
}

const firstWaitMs = 5
const longestWaitMs = 2_000

export function openBolt(options: BoltOptions): Bolt {
  const { url, deadlineMs } = options
  const bookmarkManager = neo4j.bookmarkManager()
  const retries = { total: 0, deadlocks: 0 }
  let driver = makeDriver(options)

  /** After a call that never came back its connection is lost for good, so the whole pool is left behind. */
  function replace(hung: Driver): void {
    if (driver !== hung) return
    driver = makeDriver(options)
    hung.close().catch(() => {})
  }

  async function call<T>(
    accessMode: 'READ' | 'WRITE',
    work: (session: Session, leftMs: number) => Promise<T>,
    { untilMs, limitMs }: { untilMs: number; limitMs: number },
  ): Promise<T> {
    const used = driver
    const session = used.session({
      database: options.database,
      bookmarkManager,
      defaultAccessMode: accessMode === 'READ' ? neo4j.session.READ : neo4j.session.WRITE,
    })
    let timer: NodeJS.Timeout | undefined
    const leftMs = Math.max(1, untilMs - performance.now())
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        replace(used)
        reject(tooLate(url, limitMs))
      }, leftMs)
    })
    try {
      return await Promise.race([work(session, leftMs), late])
    } finally {
      clearTimeout(timer)
      // Closing waits for a server that may never answer.
      session.close().catch(() => {})
    }
  }

  async function retrying<T>(limitMs: number, attempt: (untilMs: number) => Promise<T>): Promise<T> {
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

  const alone =
    (accessMode: 'READ' | 'WRITE'): Run =>
    (statement, params) =>
      retrying(deadlineMs, (untilMs) =>
        call(accessMode, (session, leftMs) => rowsOf(session, { statement, params, leftMs }), {
          untilMs,
          limitMs: deadlineMs,
        }),
      )

  function rowsOf<Params, Row>(
    runner: Session | Transaction,
    { statement, params, leftMs }: { statement: Statement<Params, Row>; params: Params; leftMs?: number },
  ): Promise<readonly Row[]> {
    options.onStatement?.(statement.name)
    const encoded = encodeMap(params as { readonly [name: string]: Value })
    const { text } = statement
    return collect<Row>(
      leftMs === undefined
        ? runner.run(text, encoded)
        : (runner as Session).run(text, encoded, { timeout: leftMs }),
    )
  }

  return {
    url,
    database: options.database,
    retries,
    read: alone('READ'),
    command: alone('WRITE'),

    write(work, { deadlineMs: limitMs = deadlineMs } = {}) {
      return retrying(limitMs, (untilMs) =>
        call(
          'WRITE',
          async (session, leftMs) => {
            const transaction = await session.beginTransaction({ timeout: leftMs })
            const result = await work((statement, params) => rowsOf(transaction, { statement, params }))
            await transaction.commit()
            return result
          },
          { untilMs, limitMs },
        ),
      )
    },

    async [Symbol.asyncDispose]() {
      await driver.close()
    },
  }
}

const makeDriver = ({ url, user, password, deadlineMs }: BoltOptions): Driver =>
  neo4j.driver(url, neo4j.auth.basic(user, password), {
    // Every figure of ours is below 2^53, and is checked to be so before it is stored.
    disableLosslessIntegers: true,
    fetchSize: 10_000,
    connectionTimeout: Math.min(5_000, deadlineMs),
    connectionAcquisitionTimeout: Math.min(5_000, deadlineMs),
    connectionLivenessCheckTimeout: 30_000,
    telemetryDisabled: true,
    notificationFilter: { minimumSeverityLevel: 'OFF' },
    userAgent: 'ringleader',
  })

type Result = ReturnType<Session['run']>

/** By callbacks, because the driver's async iterator costs several times the time (docs/performance.md). */
const collect = <Row>(result: Result): Promise<readonly Row[]> =>
  new Promise((resolve, reject) => {
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
