/** Published rings in SQLite. A publish is one transaction; WAL shows readers all of it or none. */
import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import { AppError } from '../../../graph/errors.ts'
import type { ChangeCursor, RingFilter } from '../../../graph/ports.ts'
import type { DetectionRun, Member, Publication, Ring, RingChange } from '../../../graph/ring.ts'
import { ringAt } from '../../../graph/rings/lineage/history.ts'
import { compareText } from '../../../graph/state/order.ts'
import { policyChanged } from '../../audit/acts.ts'
import { auditWriter } from './acts/audit.ts'
import { ownerWriter } from './acts/owners.ts'
import { transaction } from './database.ts'
import { metaTable } from './meta.ts'
import { snapshotReader, snapshotWriter } from './snapshot-table.ts'

export function ringWriter(db: DatabaseSync) {
  const reader = ringReader(db)
  const meta = metaTable(db)
  const audit = auditWriter(db)
  const owners = ownerWriter(db)
  const putRun = db.prepare('INSERT INTO run VALUES (?, ?)')
  const putRing = ringPutter(db)
  const putChange = db.prepare('INSERT INTO ring_change VALUES (?, ?, ?)')
  const putSnapshot = snapshotWriter(db)

  return {
    claim: (): number =>
      transaction(db, () => {
        const claim = meta.number('claim') + 1
        meta.set('claim', claim)
        return claim
      }),

    publish(publication: Publication, claim?: number): void {
      const { run, rings, changes, snapshot } = publication
      transaction(db, () => {
        if (claim !== undefined && claim !== meta.number('claim')) {
          throw new AppError('publish_conflict', 'Another run began after this one: its rings count')
        }
        const before = reader.published()
        const current = before?.version ?? 0
        if (claim !== undefined && current === run.version && meta.number('published_claim') === claim) return
        if (run.version !== current + 1) {
          throw new AppError(
            'publish_conflict',
            `Run ${run.version} cannot follow published run ${current}: detect again`,
          )
        }
        if (before?.policy !== run.policy) audit.note(policyChanged(run.policy, run.publishedAt))
        putRun.run(run.version, JSON.stringify(run))
        meta.set('published_claim', claim ?? 0)
        for (const ring of rings) putRing(ring)
        for (const change of changes) putChange.run(change.version, change.ring, JSON.stringify(change))
        owners.inherit(publication)
        putSnapshot(run.version, snapshot)
      })
    },
  }
}

function ringPutter(db: DatabaseSync): (ring: Ring) => void {
  const putRing = db.prepare('INSERT OR REPLACE INTO ring VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const dropMembers = db.prepare('DELETE FROM member WHERE ring = ?')
  const putMember = db.prepare('INSERT INTO member VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
  return ({ id, status, bornVersion, version, parent, movedTo, ended, head, members }) => {
    const figures = [head.class, head.risk, members.length, bornVersion, version, movedTo ?? null] as const
    const end = [ended?.at ?? null, ended ? JSON.stringify(ended.core) : null] as const
    putRing.run(id, status, ...figures, JSON.stringify(head), parent ?? null, ...end)
    dropMembers.run(id)
    for (const row of members) {
      const { account, role, membership, risk, compromise, flagged, reasons } = row
      putMember.run(id, account, role, membership, risk, compromise, Number(flagged), JSON.stringify(reasons))
    }
  }
}

const owned = 'SELECT * FROM ring LEFT JOIN ring_owner ON ring_owner.ring = ring.id'

type RingsAsked = RingFilter & { limit?: number; after?: { risk: number; id: string } }

export function ringReader(db: DatabaseSync) {
  const lastRun = db.prepare('SELECT body FROM run ORDER BY version DESC LIMIT 1')
  const oneRing = db.prepare(`${owned} WHERE id = ?`)
  const someRings = db.prepare(`${owned} WHERE id IN (SELECT value FROM json_each(?))`)
  const kin = db.prepare(
    `SELECT id FROM ring WHERE moved_to = ?1
     UNION SELECT ring FROM ring_change WHERE body ->> '$.movedTo' = ?1
     UNION SELECT id FROM ring WHERE parent = ?1
     UNION SELECT moved_to FROM ring WHERE id = ?1 AND moved_to IS NOT NULL
     UNION SELECT body ->> '$.movedTo' FROM ring_change WHERE ring = ?1 AND body ->> '$.movedTo' IS NOT NULL
     UNION SELECT parent FROM ring WHERE id = ?1 AND parent IS NOT NULL ORDER BY 1`,
  )
  const history = db.prepare('SELECT body FROM ring_change WHERE ring = ? AND version <= ? ORDER BY version')
  const feed = db.prepare(
    'SELECT body FROM ring_change WHERE (version, ring) > (?, ?) AND (?3 IS NULL OR ring = ?3) ORDER BY version, ring LIMIT ?4',
  )
  const snapshot = snapshotReader(db)
  const withMembers = memberReader(db)

  return {
    published: (): DetectionRun | undefined => bodyOf<DetectionRun>(lastRun.get()),

    rings(options: RingsAsked): readonly Ring[] {
      const { where, values } = whereOf(options)
      const found = db.prepare(`${owned} WHERE ${where} ORDER BY risk DESC, id LIMIT ?`)
      return withMembers(found.all(...values, options.limit ?? -1) as unknown as RingRow[])
    },

    ring: (id: string): Ring | undefined => withMembers(oneRing.all(id) as unknown as RingRow[])[0],

    ringsOf(ids: readonly string[]): readonly Ring[] {
      const found = withMembers(someRings.all(JSON.stringify(ids)) as unknown as RingRow[])
      const byId = new Map(found.map((ring) => [ring.id, ring]))
      return ids.flatMap((id) => byId.get(id) ?? [])
    },

    kin: (id: string): readonly string[] => kin.all(id).map((row) => String(row['id'])),

    ringAt(id: string, version: number): Ring | undefined {
      const changes = history.all(id, version).flatMap((row) => bodyOf<RingChange>(row) ?? [])
      const ring = ringAt(id, changes)
      const today = oneRing.get(id) as RingRow | undefined
      return ring && { ...ring, ...(today && ownerOf(today)) }
    },

    changes(options: { after?: ChangeCursor; ring?: string; limit: number }): readonly RingChange[] {
      const after = options.after ?? { version: 0, ring: '' }
      return feed
        .all(after.version, after.ring, options.ring ?? null, options.limit)
        .flatMap((row) => bodyOf<RingChange>(row) ?? [])
    },

    snapshot,
  }
}

function memberReader(db: DatabaseSync): (rows: readonly RingRow[]) => readonly Ring[] {
  const members = db.prepare('SELECT * FROM member WHERE ring IN (SELECT value FROM json_each(?))')
  return (rows) => {
    const found = members.all(JSON.stringify(rows.map(({ id }) => id))) as unknown as MemberRow[]
    const membersOf = Map.groupBy(found, ({ ring }) => ring)
    // Sorted here, because SQLite compares UTF-8 bytes and the core UTF-16 units, which differ beyond U+D7FF.
    return rows.map((row) => ringOf(row, (membersOf.get(row.id) ?? []).map(memberOf).toSorted(byAccount)))
  }
}

/** Only fixed texts are put together here; every value is a parameter. */
function whereOf(options: RingFilter & { after?: { risk: number; id: string } }) {
  const parts: [string, ...SQLInputValue[]][] = [['status = ?', options.status ?? 'active']]
  if (options.class !== undefined) parts.push(['class = ?', options.class])
  if (options.minRisk !== undefined) parts.push(['risk >= ?', options.minRisk])
  if (options.minSize !== undefined) parts.push(['size >= ?', options.minSize])
  if (options.changedSince !== undefined) parts.push(['version > ?', options.changedSince])
  if (options.endedSince !== undefined) parts.push(['ended_at >= ?', options.endedSince])
  if (options.owner !== undefined) parts.push(['owner = ?', options.owner])
  if (options.isOwned !== undefined) parts.push([`owner IS ${options.isOwned ? 'NOT ' : ''}NULL`])
  if (options.after) {
    const { risk, id } = options.after
    parts.push(['(risk < ? OR (risk = ? AND id > ?))', risk, risk, id])
  }
  return {
    where: parts.map(([text]) => text).join(' AND '),
    values: parts.flatMap(([, ...values]) => values),
  }
}

interface RingRow {
  readonly id: string
  readonly status: Ring['status']
  readonly born_version: number
  readonly version: number
  readonly moved_to: string | null
  readonly head: string
  readonly parent: string | null
  readonly ended_at: number | null
  readonly ended_core: string | null
  readonly owner: string | null
  readonly since: number | null
}
interface MemberRow extends Omit<Member, 'flagged' | 'reasons'> {
  readonly ring: string
  readonly flagged: number
  readonly reasons: string
}

const byAccount = (a: Member, b: Member): number => compareText(a.account, b.account)

const ringOf = (row: RingRow, members: readonly Member[]): Ring => ({
  id: row.id,
  status: row.status,
  bornVersion: row.born_version,
  version: row.version,
  ...(row.parent !== null && { parent: row.parent }),
  ...(row.moved_to !== null && { movedTo: row.moved_to }),
  ...(row.ended_at !== null && {
    ended: { at: row.ended_at, core: JSON.parse(row.ended_core ?? '[]') as string[] },
  }),
  ...ownerOf(row),
  head: JSON.parse(row.head) as Ring['head'],
  members,
})

const ownerOf = ({ owner, since }: Pick<RingRow, 'owner' | 'since'>): Pick<Ring, 'owner'> =>
  owner === null ? {} : { owner: { name: owner, since: since ?? 0 } }

const memberOf = ({ account, role, membership, risk, compromise, flagged, reasons }: MemberRow): Member => ({
  account,
  role,
  membership,
  risk,
  compromise,
  flagged: flagged === 1,
  reasons: JSON.parse(reasons) as Member['reasons'],
})

function bodyOf<T>(row: object | undefined): T | undefined {
  return row && 'body' in row ? (JSON.parse(String(row.body)) as T) : undefined
}
