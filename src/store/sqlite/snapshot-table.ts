/** Snapshots of published rings, in parts: a value of SQLite's is no larger than a billion bytes. */
import type { DatabaseSync } from 'node:sqlite'

/** The newest, and the one before for processes still reading it. */
const kept = 2
const usualPartBytes = 2 ** 27

/** Runs inside the caller's transaction. */
export function snapshotWriter(db: DatabaseSync, { partBytes = usualPartBytes } = {}) {
  const putPart = db.prepare('INSERT INTO snapshot_part VALUES (?, ?, ?)')
  const drop = db.prepare('DELETE FROM snapshot_part WHERE version <= ?')
  return (version: number, bytes: Uint8Array): void => {
    for (let from = 0; from < bytes.length; from += partBytes)
      putPart.run(version, from / partBytes, bytes.subarray(from, from + partBytes))
    drop.run(version - kept)
  }
}

/** The newest; `undefined` while there is none. */
export function snapshotReader(db: DatabaseSync) {
  const newest = db.prepare(
    'SELECT version, sum(length(bytes)) AS size FROM snapshot_part WHERE version = (SELECT max(version) FROM snapshot_part) GROUP BY version',
  )
  const parts = db.prepare('SELECT bytes FROM snapshot_part WHERE version = ? ORDER BY part')
  return (): { readonly version: number; readonly bytes: Uint8Array } | undefined => {
    const found = newest.get() as { version: number; size: number } | undefined
    if (!found) return undefined
    const bytes = new Uint8Array(found.size)
    let at = 0
    for (const row of parts.iterate(found.version)) {
      const part = row['bytes'] as Uint8Array
      bytes.set(part, at)
      at += part.length
    }
    return { version: found.version, bytes }
  }
}
