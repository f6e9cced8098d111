/** The store's few facts about itself. */
import type { DatabaseSync } from 'node:sqlite'

export type MetaName =
  | 'key_fingerprint'
  | 'folded_seq'
  | 'keyed_seq'
  | 'state_changes'
  | 'newest_at'
  | 'claim'
  | 'published_claim'
  | 'tripwire_changes'
  | 'audit_head'

export type Meta = ReturnType<typeof metaTable>

export function metaTable(db: DatabaseSync) {
  const get = db.prepare('SELECT value FROM meta WHERE name = ?')
  const put = db.prepare('INSERT OR REPLACE INTO meta VALUES (?, ?)')
  return {
    text: (name: MetaName): string | undefined => get.get(name)?.['value']?.toString(),
    number: (name: MetaName): number => Number(get.get(name)?.['value'] ?? 0),
    set: (name: MetaName, value: string | number): void => void put.run(name, value),
  }
}
