/** Locks between the workers of a run. The operating system frees them when their holder dies. */
import { DatabaseSync } from 'node:sqlite'
import { setTimeout } from 'node:timers/promises'

/** Resolves when it is ours; throws when that takes too long. */
export async function lock(file: string, timeoutMs: number): Promise<Disposable> {
  const deadline = performance.now() + timeoutMs
  for (;;) {
    const held = tryLock(file)
    if (held) return { [Symbol.dispose]: () => held.close() }
    if (performance.now() > deadline) throw new Error(`${file} was not free in ${timeoutMs} ms`)
    await setTimeout(50)
  }
}

const busy = 5

function tryLock(file: string): DatabaseSync | undefined {
  const db = new DatabaseSync(file)
  try {
    // A transaction that stays open is the lock: SQLite holds it as an advisory file lock.
    db.exec('PRAGMA busy_timeout = 0; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
    return db
  } catch (error) {
    db.close()
    if ((error as { errcode?: number }).errcode === busy) return undefined
    throw error
  }
}
