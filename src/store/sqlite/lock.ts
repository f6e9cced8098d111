/**
 * One writer a data directory. The operating system drops the lock when its holder dies, however it dies,
 * so a crash never leaves a directory locked.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { AppError } from '../../../graph/errors.ts'

export interface WriterLock extends Disposable {
  /** Tells others where the holder can be reached. */
  announce(url: string): void
}

interface Owner {
  readonly pid: number
  readonly url?: string
}

/** Locks of this process: one that nobody refers to would be closed with the garbage. */
const held = new Set<DatabaseSync>()

/** Throws `store_locked`, naming the owner, when somebody else writes here. */
export function lockForWriting(dataDir: string): WriterLock {
  mkdirSync(dataDir, { recursive: true })
  const db = acquire(dataDir)
  held.add(db)
  const tell = (owner: Owner): void => writeFileSync(ownerFile(dataDir), JSON.stringify(owner))
  tell({ pid: process.pid })
  return {
    announce: (url) => tell({ pid: process.pid, url }),
    [Symbol.dispose]() {
      held.delete(db)
      db.close()
    },
  }
}

/** Who writes here now, in words; `undefined` when nobody does. */
export function describeWriter(dataDir: string): string | undefined {
  if (!existsSync(dataDir)) return undefined
  try {
    acquire(dataDir).close()
    return undefined
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const owner = readOwner(dataDir)
    return owner ? `process ${owner.pid}${owner.url ? ` serves at ${owner.url}` : ''}` : 'another process'
  }
}

function acquire(dataDir: string): DatabaseSync {
  const db = new DatabaseSync(join(dataDir, 'writer.lock'))
  try {
    // A transaction that stays open is the lock: SQLite holds it as an advisory file lock.
    db.exec('PRAGMA busy_timeout = 0; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
    return db
  } catch (cause) {
    db.close()
    throw locked(dataDir, cause)
  }
}

function locked(dataDir: string, cause: unknown): AppError {
  const owner = readOwner(dataDir)
  const who = owner ? `process ${owner.pid}` : 'another process'
  const how = owner?.url
    ? `use that server: add --url ${owner.url} --key KEY`
    : 'stop it, wait for it, or name another directory with --data'
  return new AppError('store_locked', `${dataDir} is being written by ${who}: ${how}`, { cause })
}

function readOwner(dataDir: string): Owner | undefined {
  try {
    return JSON.parse(readFileSync(ownerFile(dataDir), 'utf8')) as Owner
  } catch {
    // The file is only a courtesy; without it the message names nobody.
    return undefined
  }
}

const ownerFile = (dataDir: string): string => join(dataDir, 'writer.json')
