/** Who looks after which ring, in SQLite. */
import type { DatabaseSync } from 'node:sqlite'
import { AppError } from '../../../../graph/errors.ts'
import type { Assignment } from '../../../../graph/owners.ts'
import type { Publication } from '../../../../graph/ring.ts'
import { heirsOf, inheritance } from '../../../../graph/rings/lineage/heirs.ts'
import { noteWriter } from './notes.ts'

/** Both write in the caller's transaction. */
export function ownerWriter(db: DatabaseSync) {
  const isRing = db.prepare('SELECT 1 FROM ring WHERE id = ?')
  const one = db.prepare('SELECT owner FROM ring_owner WHERE ring = ?')
  const put = db.prepare('INSERT OR REPLACE INTO ring_owner VALUES (?, ?, ?)')
  const drop = db.prepare('DELETE FROM ring_owner WHERE ring = ?')
  const notes = noteWriter(db)

  const ownerOf = (ring: string): string | undefined => one.get(ring)?.['owner'] as string | undefined

  function assign(assignment: Assignment): boolean {
    const { id, ring, owner, at } = assignment
    if (!isRing.get(ring)) throw new AppError('ring_not_found', 'There is no such ring')
    if (ownerOf(ring) === owner) return false
    if (owner === undefined) drop.run(ring)
    else put.run(ring, owner, at)
    notes.put(id, assignment)
    return true
  }

  return {
    assign,
    inherit({ run: { version, publishedAt: at }, changes }: Publication): void {
      for (const heir of heirsOf(changes)) {
        const owner = ownerOf(heir.from)
        if (owner !== undefined && ownerOf(heir.ring) === undefined)
          assign(inheritance(heir, { owner, version, at }))
      }
    },
  }
}
