/** The production store: the whole LinkStore on Neo4j over Bolt. */
import { server } from '../../../cypher/catalogue.ts'
import { AppError } from '../../../graph/errors.ts'
import type { LinkStore, ReadingStore } from '../../../graph/ports.ts'
import type { Finding } from '../../finding.ts'
import { auditReads, auditWrites } from './acts/audit.ts'
import { noteReads } from './acts/notes.ts'
import { ownerWrites } from './acts/owners.ts'
import { requestWrites } from './acts/requests.ts'
import { tripwireReads, tripwireWatch, tripwireWrites } from './acts/tripwires.ts'
import { webhookReads, webhookWrites } from './acts/webhooks.ts'
import { type Bolt, type BoltOptions, openBolt } from './bolt.ts'
import { modelReads, modelWrites } from './models.ts'
import {
  deadLetterReads,
  deadLetterWrites,
  keyReads,
  keyWrites,
  verdictReads,
  verdictWrites,
} from './people.ts'
import { ringReader } from './ring-reader.ts'
import { ringWriter } from './ring-writer.ts'
import { inspectNeo4j, type Migrated, migrate, schemaVersion } from './schema.ts'
import { stateReader } from './state/reader.ts'
import { stateWriter } from './state/writer.ts'

export type Neo4jOptions = BoltOptions

export interface Neo4jStore extends LinkStore {
  /** Times that a transaction was begun again, and how many of those were deadlocks. */
  readonly retries: { readonly total: number; readonly deadlocks: number }
}

export type Neo4jReader = Omit<ReadingStore, 'waiting'> & AsyncDisposable

/**
 * Makes the schema if it is missing. Throws `key_mismatch` when the data was written under another key, and
 * `store_unavailable` or `config_invalid` when the server cannot be used.
 */
export async function openNeo4jStore(
  options: Neo4jOptions & { readonly keyFingerprint: string },
): Promise<Neo4jStore> {
  const bolt = openBolt(options)
  try {
    await migrate(bolt)
    await checkKey(bolt, options.keyFingerprint)
  } catch (error) {
    await bolt[Symbol.asyncDispose]()
    throw error
  }
  const { retries } = bolt
  return {
    ...reads(bolt),
    ...watchedWriter(bolt),
    ...ringWriter(bolt),
    ...verdictWrites(bolt),
    ...keyWrites(bolt),
    ...deadLetterWrites(bolt),
    ...modelWrites(bolt),
    ...webhookWrites(bolt),
    ...tripwireWrites(bolt),
    ...ownerWrites(bolt),
    ...requestWrites(bolt),
    ...auditWrites(bolt),
    retries,
    [Symbol.asyncDispose]: () => bolt[Symbol.asyncDispose](),
  }
}

/** Joined first, then looked at: a tripwire that was armed before events came is seen. */
function watchedWriter(bolt: Bolt): Pick<LinkStore, 'record' | 'label'> {
  const { record, label } = stateWriter(bolt)
  const watch = tripwireWatch(bolt)
  return {
    label,
    async record(events) {
      await record(events)
      await watch(events)
    },
  }
}

/** For commands that only read. Throws `store_missing` where nothing was stored. */
export async function openNeo4jReader(options: Neo4jOptions): Promise<Neo4jReader> {
  const bolt = openBolt(options)
  try {
    if ((await schemaVersion(bolt)) === 0) {
      throw new AppError(
        'store_missing',
        `No Ringleader data in ${options.url}: ingest something first, or name the database with RINGLEADER_NEO4J_DATABASE`,
      )
    }
  } catch (error) {
    await bolt[Symbol.asyncDispose]()
    throw error
  }
  return { ...reads(bolt), [Symbol.asyncDispose]: () => bolt[Symbol.asyncDispose]() }
}

/** What is wrong with the server or its schema, without changing anything. */
export async function neo4jFindings(options: Neo4jOptions): Promise<readonly Finding[]> {
  await using bolt = openBolt(options)
  return await inspectNeo4j(bolt)
}

/** Makes the constraints and indexes that are missing. */
export async function migrateNeo4j(options: Neo4jOptions): Promise<Migrated> {
  await using bolt = openBolt(options)
  return await migrate(bolt)
}

const reads = (bolt: Bolt): Omit<Neo4jReader, typeof Symbol.asyncDispose> => ({
  ...stateReader(bolt),
  ...ringReader(bolt),
  ...verdictReads(bolt),
  ...keyReads(bolt),
  ...deadLetterReads(bolt),
  ...modelReads(bolt),
  ...webhookReads(bolt),
  ...tripwireReads(bolt),
  ...noteReads(bolt),
  ...auditReads(bolt),
})

async function checkKey(bolt: Bolt, fingerprint: string): Promise<void> {
  const [row] = await bolt.write((run) => run(server.claimKey, { fingerprint }))
  if (row?.fingerprint !== fingerprint) {
    throw new AppError(
      'key_mismatch',
      `${bolt.url} was written under another key, so new identifiers would match no old one: restore that key file (RINGLEADER_KEY_FILE), or use another database`,
    )
  }
}
