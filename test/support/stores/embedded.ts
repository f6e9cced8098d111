/** Embedded stores in directories of their own. */
import { DatabaseSync } from 'node:sqlite'
import { databaseFile } from '../../../src/store/sqlite/database.ts'
import { type EmbeddedStore, openEmbeddedStore } from '../../../src/store/sqlite/store.ts'
import { tempDir } from '../temp-dir.ts'

export const keyFingerprint = 'fingerprint of the test key'

export const openIn = (dataDir: string): EmbeddedStore => openEmbeddedStore({ dataDir, keyFingerprint })

/** The directory goes when the store is closed. */
export async function openTempStore(): Promise<EmbeddedStore> {
  const dir = tempDir()
  const store = openIn(dir.path)
  return {
    ...store,
    async [Symbol.asyncDispose]() {
      await store[Symbol.asyncDispose]()
      dir[Symbol.dispose]()
    },
  }
}

/** The rows themselves, for tests that go behind the store. */
export const openRows = (dataDir: string): DatabaseSync => new DatabaseSync(databaseFile(dataDir))
