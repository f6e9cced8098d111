/** Opens the embedded database: settings, migrations, one writer. */
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { AppError } from '../../../graph/errors.ts'

export const databaseFile = (dataDir: string): string => join(dataDir, 'ringleader.db')

/** Most that a writer keeps of the database. */
export const usualCacheKiB = 131_072

/** For the one writer of a data directory, which holds its lock (lock.ts). Makes and migrates what is missing. */
export function openWriter(dataDir: string): DatabaseSync {
  mkdirSync(dataDir, { recursive: true })
  const db = new DatabaseSync(databaseFile(dataDir))
  // WAL lets readers stand beside the writer; FULL makes a commit survive a power cut.
  db.exec(
    `PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000; PRAGMA cache_size = -${usualCacheKiB}; PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = OFF`,
  )
  migrate(db)
  return db
}

/** For readers beside the writer, in this process or another. */
export function openReader(dataDir: string): DatabaseSync {
  const file = databaseFile(dataDir)
  if (!existsSync(file)) {
    throw new AppError(
      'store_missing',
      `No Ringleader data in ${dataDir}: ingest something first, or name the directory with --data`,
    )
  }
  const db = new DatabaseSync(file, { readOnly: true })
  db.exec('PRAGMA busy_timeout = 5000; PRAGMA cache_size = -65536')
  refuseNewer(schemaVersion(db))
  if (schemaVersion(db) < migrations().length) {
    db.close()
    throw new AppError(
      'store_missing',
      `The data in ${dataDir} was written by an older Ringleader: run a writing command (ingest, detect, serve) once to migrate it`,
    )
  }
  return db
}

/** Whose rows are their cells. SQLite gives these no types: the schema is what they are. */
export interface CellStatement<Cells> {
  all(...given: readonly SQLInputValue[]): Cells[]
  get(...given: readonly SQLInputValue[]): Cells | undefined
  iterate(...given: readonly SQLInputValue[]): Iterable<Cells>
}

/** For many rows: one that comes as an object is a dictionary, slow to make and slow to read. */
export function prepareCells<Cells>(db: DatabaseSync, sql: string): CellStatement<Cells> {
  const statement = db.prepare(sql)
  statement.setReturnArrays(true)
  return statement as unknown as CellStatement<Cells>
}

/** Runs `work` in one transaction, the caller's if there is one: all of it is stored, or nothing. */
export function transaction<T>(db: DatabaseSync, work: () => T): T {
  if (db.isTransaction) return work()
  db.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    db.exec('COMMIT')
    return result
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK')
    throw error
  }
}

/** The same of work that takes turns with others, none of whom may write. */
export async function longTransaction<T>(db: DatabaseSync, work: () => Promise<T>): Promise<T> {
  db.exec('BEGIN IMMEDIATE')
  try {
    const result = await work()
    db.exec('COMMIT')
    return result
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK')
    throw error
  }
}

/** All that `work` reads is of one moment, whatever others commit meanwhile. */
export function oneView<T>(db: DatabaseSync, work: () => T): T {
  if (db.isTransaction) return work()
  db.exec('BEGIN')
  try {
    return work()
  } finally {
    db.exec('COMMIT')
  }
}

function migrate(db: DatabaseSync): void {
  const steps = migrations()
  const from = schemaVersion(db)
  refuseNewer(from)
  steps.slice(from).forEach((sql, i) => {
    transaction(db, () => db.exec(`${sql}; PRAGMA user_version = ${from + i + 1}`))
  })
}

function refuseNewer(version: number): void {
  if (version > migrations().length) {
    throw new AppError(
      'store_too_new',
      `This data was written by a newer Ringleader (schema ${version}, this program knows ${migrations().length}): upgrade the program`,
    )
  }
}

const schemaVersion = (db: DatabaseSync): number =>
  Number(db.prepare('PRAGMA user_version').get()?.['user_version'])

/** Ordered by file name; a migration that has been released never changes. */
function migrations(): readonly string[] {
  const folder = join(import.meta.dirname, 'migrations')
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .toSorted()
    .map((name) => readFileSync(join(folder, name), 'utf8'))
}
