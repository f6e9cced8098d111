/** Statements on the server and its schema. */
import { readdirSync } from 'node:fs'
import { type None, type Statement, statement } from './statement.ts'

export const server = {
  facts: statement<None, { version: string; edition: string }>('server/facts'),
  databases: statement<None, { name: string; access: string; currentStatus: string }>('server/databases'),
  hold: statement<{ name: string }>('server/hold'),
  constraints: statement<None, { name: string }>('server/constraints'),
  indexes: statement<None, { name: string; state: string }>('server/indexes'),
  awaitIndexes: statement<None>('server/await-indexes'),
  schemaVersion: statement<None, { version: number }>('server/schema-version'),
  setSchemaVersion: statement<{ version: number }>('server/set-schema-version'),
  claimKey: statement<{ fingerprint: string }, { fingerprint: string }>('server/claim-key'),
  keyFingerprint: statement<None, { fingerprint: string }>('server/key-fingerprint'),
}

export interface Migration extends Statement<None> {
  /** Of the constraint or index it makes; `undefined` for one that changes what is stored. */
  readonly makes: string | undefined
}

/** In order; one that was released never changes. Each may run again. */
export const migrations: readonly Migration[] = readdirSync(new URL('./schema/', import.meta.url))
  .filter((file) => file.endsWith('.cypher'))
  .toSorted()
  .map((file) => {
    const made = statement<None>(`schema/${file.slice(0, -'.cypher'.length)}`)
    const [, makes] = /^CREATE (?:CONSTRAINT|INDEX) (\w+)/.exec(made.text) ?? []
    return { ...made, makes }
  })
