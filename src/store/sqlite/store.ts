/** The embedded store: node:sqlite, one writer, an append-only event log whose fold the state is. */
import type { DatabaseSync } from 'node:sqlite'
import { AppError } from '../../../graph/errors.ts'
import type { StoredEvent } from '../../../graph/model.ts'
import type { Intake, LinkStore, ReadingStore, Receipt } from '../../../graph/ports.ts'
import type { Tripwire } from '../../../graph/tripwires/tripwire.ts'
import * as acts from '../../audit/acts.ts'
import { type EventText, eventText } from '../../event-text.ts'
import { groupCommit } from '../../group-commit.ts'
import { auditWriter } from './acts/audit.ts'
import { ownerWriter } from './acts/owners.ts'
import { requestTable } from './acts/requests.ts'
import { tripwireWatch, tripwireWriter } from './acts/tripwires.ts'
import { webhookWriter } from './acts/webhooks.ts'
import { changeTable, nothingJoined } from './change-table.ts'
import { openReader, openWriter, transaction, usualCacheKiB } from './database.ts'
import { type EventLog, eventLog } from './event-log.ts'
import { lockForWriting, type WriterLock } from './lock.ts'
import { type Meta, metaTable } from './meta.ts'
import { modelWriter } from './model-tables.ts'
import { deadLetterTable, keyTable, verdictWriter } from './people-tables.ts'
import { readingStore } from './reader-store.ts'
import { ringWriter } from './ring-tables.ts'
import { type Joined, type StateWriter, stateWriter } from './state-writer.ts'

type ChangeTable = ReturnType<typeof changeTable>
type Audit = ReturnType<typeof auditWriter>

/** Events joined in one transaction. */
const foldBatch = 1_000

/** Of many that wait, events sorted and joined in one transaction; SQLite sorts them in memory. */
const foldAllMax = 500_000

/** Most that SQLite keeps of the database then: accounts come in order, what they use does not. */
const foldAllCacheKiB = 1_048_576

export interface EmbeddedStore extends LinkStore, Intake {
  /** What `accept` does, of events that are JSON already. */
  acceptTexts(events: readonly EventText[]): Promise<readonly Receipt[]>
  /** Joins all that waits, account by account: nobody else may need the writer meanwhile. */
  foldAll(): Promise<void>
  /** Makes the state again from the log alone. */
  rebuild(onProgress?: (done: number, of: number) => void): Promise<void>
  announce(url: string): void
}

export interface EmbeddedOptions {
  readonly dataDir: string
  /** Of the deployment's key; a store made under another key refuses to be written. */
  readonly keyFingerprint: string
  /** Pages of the write-ahead log before it goes into the database: few keep commits alike, many save work. */
  readonly walPagesMax?: number
}

/** Throws `store_locked` beside another writer and `key_mismatch` under another key. */
export function openEmbeddedStore({
  dataDir,
  keyFingerprint,
  walPagesMax = 1_000,
}: EmbeddedOptions): EmbeddedStore {
  const lock = lockForWriting(dataDir)
  let db: DatabaseSync | undefined
  try {
    db = openWriter(dataDir)
    db.exec(`PRAGMA wal_autocheckpoint = ${walPagesMax}`)
    checkKey(metaTable(db), keyFingerprint, dataDir)
    return embeddedStore(db, dataDir, lock)
  } catch (error) {
    db?.close()
    lock[Symbol.dispose]()
    throw error
  }
}

/** Reads beside the writer, if there is one; every writing method is missing. */
export function openEmbeddedReader(dataDir: string): ReadingStore & AsyncDisposable {
  const db = openReader(dataDir)
  return { ...readingStore(db, () => openReader(dataDir)), [Symbol.asyncDispose]: async () => db.close() }
}

/** Which key the data was written under, for readers; `undefined` when nothing was. */
export function keyFingerprintOf(dataDir: string): string | undefined {
  using db = openReader(dataDir)
  return metaTable(db).text('key_fingerprint')
}

function embeddedStore(db: DatabaseSync, dataDir: string, lock: WriterLock): EmbeddedStore {
  const verdicts = verdictWriter(db)
  const meta = metaTable(db)
  const changes = changeTable(db)
  const letters = deadLetterTable(db)
  const webhooks = webhookWriter(db)
  const requests = requestTable(db)
  const audit = auditWriter(db)
  return {
    ...readingStore(db, () => openReader(dataDir)),
    ...stateWrites(db, { meta, changes, audit }),
    ...verdictWrites(db, audit),
    claim: async () => ringWriter(db).claim(),
    publish: async (publication, claim) => ringWriter(db).publish(publication, claim),
    assert: async (assertion, by) =>
      audit.with(acts.asserted(assertion, by), () => {
        verdicts.assert(assertion)
        countChange(meta, changes, nothingJoined)
      }),
    saveKey: async (key, by) => audit.with(acts.keyMade(key, by), () => keyTable(db).save(key)),
    revokeKey: async (id, at, by) =>
      audit.with(acts.keyRevoked(id, at, by), () => keyTable(db).revoke(id, at)),
    bury: async (rows) => letters.bury(rows),
    dropDeadLetters: async (ids, act) =>
      audit.with(act && acts.lettersDropped(ids, act), () => letters.drop(ids)),
    expireDeadLetters: async (before) => letters.expire(before),
    saveModels: async (models, by) =>
      audit.with(acts.modelsMade(models, by), () => modelWriter(db).save(models)),
    chooseModels: async (choice) =>
      audit.with(acts.modelsChosen(choice), () => modelWriter(db).choose(choice)),
    saveWebhook: async (webhook, act) =>
      audit.with(acts.webhookSaved(webhook, act), () => webhooks.save(webhook)),
    deleteWebhook: async (id, act) => audit.with(acts.webhookDeleted(id, act), () => webhooks.delete(id)),
    noteProgress: async (progress) => webhooks.note(progress),
    buryMessage: async (message) => webhooks.bury(message),
    dropMessages: async (ids) => webhooks.drop(ids),
    expireMessages: async (before) => webhooks.expire(before),
    beginRequest: async (request, now) => requests.begin(request, now),
    endRequest: async (request) => requests.end(request),
    dropRequest: async (request) => requests.drop(request),
    expireRequests: async (options) => requests.expire(options),
    noteAct: async (act) => audit.note(act),
    announce: (url) => lock.announce(url),
    async [Symbol.asyncDispose]() {
      db.close()
      lock[Symbol.dispose]()
    },
  }
}

function verdictWrites(
  db: DatabaseSync,
  audit: Audit,
): Pick<LinkStore, 'decide' | 'saveTripwire' | 'assign'> {
  const verdicts = verdictWriter(db)
  const saveTripwire = (tripwire: Tripwire, by?: string): void =>
    audit.with(acts.tripwireSaved(tripwire, by), () => tripwireWriter(db).save(tripwire))
  return {
    decide: async (decision, { by, tripwires = [], receipt } = {}) =>
      transaction(db, () => {
        audit.with(acts.decided(decision, by), () => verdicts.decide(decision))
        if (receipt !== undefined) verdicts.freeze(decision.id, receipt)
        for (const tripwire of tripwires) saveTripwire(tripwire, by ?? decision.author)
      }),
    saveTripwire: async (tripwire, by) => saveTripwire(tripwire, by),
    assign: async (assignment) =>
      audit.with(acts.ringAssigned(assignment), () => ownerWriter(db).assign(assignment)),
  }
}

function stateWrites(
  db: DatabaseSync,
  { meta, changes, audit }: Pick<Folding, 'meta' | 'changes'> & { audit: Audit },
) {
  const log = eventLog(db)
  const state = stateWriter(db)
  const folding = { log, state, meta, changes, watch: tripwireWatch(db, meta) }
  const foldSome = (): number => transaction(db, () => fold(folding, foldBatch))
  const append = groupCommit<EventText, Receipt>((events) => transaction(db, () => log.append(events)))
  return {
    accept: (events: readonly StoredEvent[]) => append(events.map(eventText)),
    acceptTexts: append,
    foldSome: async () => foldSome(),
    async foldAll(): Promise<void> {
      db.exec(`PRAGMA cache_size = -${foldAllCacheKiB}`)
      while (transaction(db, () => foldByAccount(folding)) > 0);
      db.exec(`PRAGMA cache_size = -${usualCacheKiB}`)
    },

    async record(events: readonly StoredEvent[]): Promise<void> {
      await append(events.map(eventText))
      while (foldSome() > 0);
    },

    label: async (...[labels, act]: Parameters<LinkStore['label']>): Promise<readonly Receipt[]> =>
      audit.with(act && acts.labelled(labels, act), () => {
        const joined = labels.map((label) => state.label(label))
        const accounts = [...new Set(joined.map(({ account }) => account))]
        if (labels.length > 0) countChange(meta, changes, { accounts, identifiers: [] })
        return joined.map(({ receipt }) => receipt)
      }),

    /** One transaction, so that a crash half way leaves the state as it was. */
    async rebuild(onProgress?: (done: number, of: number) => void): Promise<void> {
      const of = log.lastSeq()
      transaction(db, () => {
        state.clear()
        changes.clear()
        meta.set('folded_seq', 0)
        // What came back was told when it came.
        const silently = { ...folding, watch: () => {} }
        while (foldByAccount(silently) > 0) onProgress?.(meta.number('folded_seq'), of)
      })
    },
  }
}

interface Folding {
  readonly log: EventLog
  readonly state: StateWriter
  readonly meta: Meta
  readonly changes: ChangeTable
  readonly watch: (events: readonly StoredEvent[]) => void
}

/** Joins the next events of the log and moves the mark, both in the caller's transaction. */
function fold({ log, state, meta, changes, watch }: Folding, limit: number): number {
  const { events, upTo } = log.after(meta.number('folded_seq'), limit)
  if (events.length === 0) return 0
  const joined = state.join(events)
  watch(events)
  moveMark(meta, { events, upTo })
  countChange(meta, changes, joined)
  return events.length
}

/**
 * The same, many at once and in the order of their accounts: a row is touched once, and rows that lie together are
 * touched together. What a change so large joined is not kept: whoever wants to know reads the whole state.
 */
function foldByAccount({ log, state, meta, watch }: Folding): number {
  const after = meta.number('folded_seq')
  const upTo = Math.min(log.lastSeq(), after + foldAllMax)
  let folded = 0
  for (const events of log.byAccount({ after, upTo, limit: foldBatch })) {
    state.join(events)
    moveMark(meta, { events, upTo })
    folded += events.length
  }
  // Hits are noted in the order of the log.
  if (meta.number('tripwire_changes') > 0)
    for (const events of log.inOrder({ after, upTo, limit: foldBatch })) watch(events)
  if (folded > 0) meta.set('state_changes', meta.number('state_changes') + 1)
  return folded
}

function moveMark(meta: Meta, { events, upTo }: { events: readonly StoredEvent[]; upTo: number }): void {
  const newestAt = Number(meta.text('newest_at') ?? -Infinity)
  meta.set('folded_seq', upTo)
  meta.set(
    'newest_at',
    events.reduce((newest, { at }) => Math.max(newest, at), newestAt),
  )
}

function countChange(meta: Meta, changes: ChangeTable, joined: Joined): void {
  const number = meta.number('state_changes') + 1
  meta.set('state_changes', number)
  changes.put(number, joined)
}

function checkKey(meta: Meta, fingerprint: string, dataDir: string): void {
  const stored = meta.text('key_fingerprint')
  if (stored === undefined) meta.set('key_fingerprint', fingerprint)
  else if (stored !== fingerprint) {
    throw new AppError(
      'key_mismatch',
      `${dataDir} was written under another key, so new identifiers would match no old one: restore that key file (RINGLEADER_KEY_FILE), or use another directory`,
    )
  }
}
