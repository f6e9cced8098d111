/** The reading half of the embedded store: a view beside the writer, in this process or another. */
import type { DatabaseSync } from 'node:sqlite'
import type { IdentifierKey } from '../../../graph/model.ts'
import type { ReadingStore } from '../../../graph/ports.ts'
import { digestState } from '../digest.ts'
import { auditReader } from './acts/audit.ts'
import { noteReader } from './acts/notes.ts'
import { tripwireReader } from './acts/tripwires.ts'
import { webhookReader } from './acts/webhooks.ts'
import { changeTable } from './change-table.ts'
import { oneView } from './database.ts'
import { eventLog } from './event-log.ts'
import { metaTable } from './meta.ts'
import { modelReader } from './model-tables.ts'
import { deadLetterTable, keyTable, verdictReader } from './people-tables.ts'
import { ringLists } from './ring-lists.ts'
import { ringReader } from './ring-tables.ts'
import { stateReader } from './state-reader.ts'

/** `openScan` opens a connection of its own for each whole scan, so that one view of it holds while others write. */
export function readingStore(db: DatabaseSync, openScan: () => DatabaseSync): ReadingStore {
  const rings = ringReader(db)
  const lists = ringLists(db)
  const verdicts = verdictReader(db)
  const models = modelReader(db)
  const webhooks = webhookReader(db)
  const wires = tripwireReader(db)
  const notes = noteReader(db)
  const audit = auditReader(db)
  return {
    ...stateReads(db, openScan),
    published: async () => rings.published(),
    rings: async (options) => oneView(db, () => rings.rings(options)),
    ring: async (id, { version } = {}) =>
      oneView(db, () => (version === undefined ? rings.ring(id) : rings.ringAt(id, version))),
    ringsOf: async (ids) => oneView(db, () => rings.ringsOf(ids)),
    risksAt: async (asked) => lists.risksAt(asked),
    steps: async (ids, { since }) => lists.steps(ids, since),
    runTimes: async (versions) => lists.runTimes(versions),
    kin: async (id) => rings.kin(id),
    changes: async (options) => rings.changes(options),
    snapshot: async () => oneView(db, rings.snapshot),
    decisions: async ({ ring }) => verdicts.decisions(ring),
    standingVerdicts: async () => verdicts.standing(),
    receipt: async (decision) => verdicts.receipt(decision),
    assertions: async () => verdicts.assertions(),
    assertionPage: async (asked) => verdicts.assertionPage(asked),
    keys: async () => keyTable(db).keys(),
    deadLetters: async (options) => deadLetterTable(db).list(options),
    countDeadLetters: async () => deadLetterTable(db).count(),
    localModels: async () => models.all(),
    modelChoices: async () => models.choices(),
    modelsInForce: async () => models.inForce(),
    webhooks: async () => webhooks.webhooks(),
    webhookProgress: async () => webhooks.progress(),
    deadMessages: async (options) => webhooks.dead(options),
    tripwires: async ({ unless } = {}) => oneView(db, () => wires.tripwires(unless)),
    notes: async (options) => notes.notes(options),
    feedEnd: async () => notes.end(),
    audit: async (options) => audit.rows(options),
    auditHead: async () => audit.head(),
    auditRow: async (act) => audit.row(act),
  }
}

function stateReads(db: DatabaseSync, openScan: () => DatabaseSync) {
  const state = stateReader(db)
  const log = eventLog(db)
  const meta = metaTable(db)
  const progress = () => {
    const newestAt = meta.text('newest_at')
    return {
      changes: meta.number('state_changes'),
      ...(newestAt !== undefined && { newestAt: Number(newestAt) }),
    }
  }
  return {
    scanAccounts: () => scan(openScan, (view) => stateReader(view).accounts()),
    scanIdentifiers: () => scan(openScan, (view) => stateReader(view).identifiers()),
    accounts: async (ids: readonly string[]) =>
      oneView(db, () => ids.flatMap((id) => state.account(id) ?? [])),
    users: async (keys: readonly IdentifierKey[], { usesMax }: { usesMax: number }) =>
      oneView(db, () => keys.flatMap((key) => state.users(key, usesMax) ?? [])),
    sealedValue: async (key: IdentifierKey) => state.sealedValue(key),
    async digest() {
      using view = openScan()
      view.exec('BEGIN')
      const reader = stateReader(view)
      return await digestState(reader.accounts(), reader.identifiers(), verdictReader(view).assertions())
    },
    progress: async () => oneView(db, progress),
    changedSince: async (changes: number, identifiers: 'joined' | 'news' = 'joined') =>
      oneView(db, () => {
        const now = progress()
        const joined = changeTable(db).since(changes, now.changes)
        const told = identifiers === 'news' ? joined?.news : joined?.identifiers
        return (
          joined && {
            ...now,
            accounts: joined.accounts.flatMap((row) => state.accountAt(row) ?? []),
            identifiers: (told ?? []).flatMap((row) => state.identifierAt(row) ?? []),
          }
        )
      }),
    waiting: async () => oneView(db, () => log.lastSeq() - meta.number('folded_seq')),
  }
}

/** All pages of one scan come from one transaction, so that a writer beside cannot shift them. */
async function* scan<T>(
  openScan: () => DatabaseSync,
  pages: (view: DatabaseSync) => Iterable<T>,
): AsyncGenerator<T> {
  using view = openScan()
  view.exec('BEGIN')
  yield* pages(view)
}
