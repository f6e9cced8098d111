/** Sessions with a deadline. The driver has none: a server that stops answering would hold a call for ever. */
import neo4j, { type Driver, type Session } from 'neo4j-driver'
import { tooLate } from './failures.ts'

export interface SessionOptions {
  /** `bolt://host:port` or `neo4j://...`, without user and password. */
  readonly url: string
  readonly user: string
  readonly password: string
  readonly database: string
  /** Longest wait for one call, its retries included. */
  readonly deadlineMs: number
}

export type Mode = 'READ' | 'WRITE'

/** When a call must be over, on the clock of `performance.now()`, and how long that was from its beginning. */
export interface Deadline {
  readonly untilMs: number
  readonly limitMs: number
}

export interface Sessions extends AsyncDisposable {
  /** Runs `work` in a session of its own. Throws `store_unavailable` at the deadline, whatever the server does. */
  use<T>(mode: Mode, deadline: Deadline, work: (session: Session, leftMs: number) => Promise<T>): Promise<T>
}

export function openSessions(options: SessionOptions): Sessions {
  // What one session wrote the next one sees, on a cluster too.
  const bookmarkManager = neo4j.bookmarkManager()
  let driver = makeDriver(options)

  /** After a call that never came back its connection is lost for good, so the whole pool is left behind. */
  function replace(hung: Driver): void {
    if (driver !== hung) return
    driver = makeDriver(options)
    hung.close().catch(() => {})
  }

  return {
    async use(mode, { untilMs, limitMs }, work) {
      const used = driver
      const defaultAccessMode = mode === 'READ' ? neo4j.session.READ : neo4j.session.WRITE
      const session = used.session({ database: options.database, bookmarkManager, defaultAccessMode })
      const leftMs = Math.max(1, untilMs - performance.now())
      let timer: NodeJS.Timeout | undefined
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => {
          replace(used)
          reject(tooLate(options.url, limitMs))
        }, leftMs)
      })
      try {
        return await Promise.race([work(session, leftMs), late])
      } finally {
        clearTimeout(timer)
        // Closing waits for a server that may never answer.
        session.close().catch(() => {})
      }
    },
    [Symbol.asyncDispose]: () => driver.close(),
  }
}

const makeDriver = ({ url, user, password, deadlineMs }: SessionOptions): Driver =>
  neo4j.driver(url, neo4j.auth.basic(user, password), {
    // Every figure of ours is below 2^53.
    disableLosslessIntegers: true,
    fetchSize: 10_000,
    connectionTimeout: Math.min(5_000, deadlineMs),
    connectionAcquisitionTimeout: Math.min(5_000, deadlineMs),
    connectionLivenessCheckTimeout: 30_000,
    telemetryDisabled: true,
    notificationFilter: { minimumSeverityLevel: 'OFF' },
    userAgent: 'ringleader',
  })
