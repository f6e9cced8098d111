/** What Neo4j's failures mean here, in words that say what to do. */
import neo4j from 'neo4j-driver'
import { AppError } from '../../../graph/errors.ts'

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : ''

/** Worth trying again: nothing was wrong with the statement. */
export const isTransient = (error: unknown): boolean =>
  error instanceof neo4j.Neo4jError && (error.retryable || error.code === neo4j.error.SERVICE_UNAVAILABLE)

/** A constraint or index that was not there a moment ago. */
export const madeMeanwhile = (error: unknown): boolean =>
  /^Neo\.ClientError\.Schema\..*AlreadyExists$/.test(codeOf(error))

export const isDeadlock = (error: unknown): boolean =>
  codeOf(error) === 'Neo.TransientError.Transaction.DeadlockDetected'

/** The remedy by the driver's code, which begins with one of these. */
const remedies: readonly (readonly [code: string, (url: string) => AppError])[] = [
  [
    'Neo.ClientError.Security.AuthenticationRateLimit',
    (url) =>
      new AppError(
        'store_unavailable',
        `Neo4j at ${url} refuses log-ins for a while after too many wrong passwords: mend RINGLEADER_NEO4J_USER and RINGLEADER_NEO4J_PASSWORD_FILE, wait five seconds, start again`,
      ),
  ],
  [
    'Neo.ClientError.Security',
    (url) =>
      new AppError(
        'config_invalid',
        `Neo4j at ${url} does not accept this user and password: set RINGLEADER_NEO4J_USER and RINGLEADER_NEO4J_PASSWORD_FILE (or RINGLEADER_NEO4J_PASSWORD)`,
      ),
  ],
  [
    'Neo.ClientError.Database.DatabaseNotFound',
    (url) =>
      new AppError(
        'config_invalid',
        `Neo4j at ${url} has no such database: set RINGLEADER_NEO4J_DATABASE to one that SHOW DATABASES lists`,
      ),
  ],
  ['Neo.ClientError.General.ForbiddenOnReadOnlyDatabase', (url) => readOnly(url)],
  ['Neo.ClientError.General.WriteOnReadOnlyAccessDatabase', (url) => readOnly(url)],
  [
    'Neo.TransientError.General.DatabaseUnavailable',
    (url) =>
      new AppError(
        'store_unavailable',
        `The database at ${url} is offline: see SHOW DATABASES and Neo4j's debug.log`,
      ),
  ],
  ['Neo.ClientError.Cluster.NotALeader', (url) => readOnly(url)],
  [
    'Neo.TransientError.General.MemoryPoolOutOfMemoryError',
    (url) =>
      new AppError(
        'store_unavailable',
        `Neo4j at ${url} ran out of memory for one transaction: raise dbms.memory.transaction.total.max or db.memory.transaction.max, or the heap`,
      ),
  ],
]

export const readOnly = (url: string): AppError =>
  new AppError(
    'config_invalid',
    `The database at ${url} can only be read: connect to the leader (neo4j:// finds it), or ALTER DATABASE ... SET ACCESS READ WRITE, and check server.databases.default_to_read_only and server.databases.read_only in neo4j.conf`,
  )

/** The public failure for one of the driver's; ours pass through. `url` holds no password. */
export function failureOf(error: unknown, url: string): Error {
  if (error instanceof AppError) return error
  const code = codeOf(error)
  const [, remedy] = remedies.find(([start]) => code.startsWith(start)) ?? []
  if (remedy) return remedy(url)
  if (isTransient(error)) {
    return new AppError(
      'store_unavailable',
      `Neo4j at ${url} does not answer (${code}): is it running and reachable from here? ringleader doctor says more`,
      { cause: error },
    )
  }
  return error instanceof Error ? error : new Error(String(error))
}

export const tooLate = (url: string, deadlineMs: number): AppError =>
  new AppError(
    'store_unavailable',
    `Neo4j at ${url} did not answer within ${deadlineMs / 1_000} s: it may be overloaded, paused or cut off. Nothing acknowledged is lost; ringleader doctor says more`,
  )
