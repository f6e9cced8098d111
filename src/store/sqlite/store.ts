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
import { longTransaction, openReader, openWriter, transaction, usualCacheKiB } from './database.ts'
import { eventLog } from './event-log.ts'
import { countChange, type Folding, foldByAccount, folderHere, foldInOrder } from './folding/fold.ts'
import { folderThread } from './folding/fold-thread.ts'
import { lockForWriting, type WriterLock } from './lock.ts'
import { type Meta, metaTable } from './meta.ts'
import { modelWriter } from './model-tables.ts'
import { deadLetterTable, keyTable, verdictWriter } from './people-tables.ts'
import { readingStore } from './reader-store.ts'
import { ringWriter } from './ring-tables.ts'
import { stateWriter } from './state-writer.ts'

type Audit = ReturnType<typeof auditWriter>

/** Most that SQLite keeps of the database then: accounts come in order, what they use does not. */
const foldAllCacheKiB = 1_048_576

/** Events so far, and all. */
type OnFolded = (done: number, of: number) => void

export interface EmbeddedStore extends LinkStore, Intake {
  /** What `accept` does, of events that are JSON already. */
  acceptTexts(events: readonly EventText[]): Promise<readonly Receipt[]>
  /** Joins all that waits, account by account: nobody else may need the writer meanwhile. */
  foldAll(onProgress?: OnFolded): Promise<void>
  /** Makes the state again from the log alone. */
  rebuild(onProgress?: OnFolded): Promise<void>
  announce(url: string): void
}

export interface EmbeddedOptions {
  readonly dataDir: string
  /** Of the deployment's key; a store made under another key refuses to be written. */
  readonly keyFingerprint: string
  /** Pages of the write-ahead log before it goes into the database: few keep commits alike, many save work. */
  readonly walPagesMax?: number
  /** Waiting events from which a thread that folds them is worth its start. */
  readonly foldThreadFrom?: number
}

type Opened = Required<Pick<EmbeddedOptions, 'dataDir' | 'foldThreadFrom'>>

/** Throws `store_locked` beside another writer and `key_mismatch` under another key. */
export function openEmbeddedStore({
  dataDir,
  keyFingerprint,
  walPagesMax = 1_000,
  foldThreadFrom = 50_000,
}: EmbeddedOptions): EmbeddedStore {
  const lock = lockForWriting(dataDir)
  let db: DatabaseSync | undefined
  try {
    db = openWriter(dataDir)
    db.exec(`PRAGMA wal_autocheckpoint = ${walPagesMax}`)
    checkKey(metaTable(db), keyFingerprint, dataDir)
    return embeddedStore(db, { dataDir, foldThreadFrom }, lock)
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

function embeddedStore(db: DatabaseSync, where: Opened, lock: WriterLock): EmbeddedStore {
  const verdicts = verdictWriter(db)
  const meta = metaTable(db)
  const changes = changeTable(db)
  const letters = deadLetterTable(db)
  const webhooks = webhookWriter(db)
  const requests = requestTable(db)
  const audit = auditWriter(db)
  return {
    ...readingStore(db, () => openReader(where.dataDir)),
    ...stateWrites(db, { meta, changes, audit, ...where }),
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

interface StateWriting extends Pick<Folding, 'meta' | 'changes'>, Opened {
  readonly audit: Audit
}

function stateWrites(db: DatabaseSync, { meta, changes, audit, dataDir, foldThreadFrom }: StateWriting) {
  const log = eventLog(db)
  const state = stateWriter(db)
  const folding = { log, state, meta, changes, watch: tripwireWatch(db, meta) }
  const openFolder = (events: number) => (events < foldThreadFrom ? folderHere(log) : folderThread(dataDir))
  const foldSome = (): number => transaction(db, () => foldInOrder(folding))
  const append = groupCommit<EventText, Receipt>((events) => transaction(db, () => log.append(events)))
  return {
    accept: (events: readonly StoredEvent[]) => append(events.map(eventText)),
    acceptTexts: append,
    foldSome: async () => foldSome(),
    async foldAll(onProgress: OnFolded = () => {}): Promise<void> {
      db.exec(`PRAGMA cache_size = -${foldAllCacheKiB}`)
      const of = log.lastSeq() - meta.number('folded_seq')
      await using folder = openFolder(of)
      let done = 0
      const tell = (events: number): void => {
        done += events
        onProgress(done, of)
      }
      while ((await longTransaction(db, () => foldByAccount(folding, folder, tell))) > 0);
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
        if (labels.length > 0) countChange(meta, changes, { ...nothingJoined, accounts })
        return joined.map(({ receipt }) => receipt)
      }),

    /** One transaction, so that a crash half way leaves the state as it was. */
    async rebuild(onProgress?: OnFolded): Promise<void> {
      const of = log.lastSeq()
      await using folder = openFolder(of)
      await longTransaction(db, async () => {
        state.clear()
        changes.clear()
        meta.set('folded_seq', 0)
        // What came back was told when it came.
        const silently = { ...folding, watch: () => {} }
        while ((await foldByAccount(silently, folder)) > 0) onProgress?.(meta.number('folded_seq'), of)
      })
    },
  }
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
