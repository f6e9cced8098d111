/** Brings a database up to the schema this program knows, and says what is wrong with one. */
import { type Migration, migrations, server } from '../../../cypher/catalogue.ts'
import { AppError } from '../../../graph/errors.ts'
import type { Finding } from '../../finding.ts'
import type { Bolt } from './bolt.ts'
import { madeMeanwhile, readOnly } from './failures.ts'

/** Labels and types that are parameters came with it. */
const oldestServer = [5, 26] as const

export interface Migrated {
  /** Names of what was made now. */
  readonly made: readonly string[]
}

/** Makes the constraints and indexes that are missing. Throws `store_too_new` and `config_invalid`. */
export async function migrate(bolt: Bolt): Promise<Migrated> {
  refuseOld((await factsOf(bolt)).version, bolt.url)
  const version = await schemaVersion(bolt)
  const present = new Set((await schemaNames(bolt)).keys())
  const missing = migrations.filter(
    ({ makes }, i) => i >= version || (makes !== undefined && !present.has(makes)),
  )
  for (const migration of missing) await make(bolt, migration)
  if (missing.length > 0) await bolt.command(server.awaitIndexes, {})
  await bolt.write((run) => run(server.setSchemaVersion, { version: migrations.length }))
  return { made: missing.map(nameOf) }
}

const nameOf = ({ makes, name }: Migration): string => makes ?? name

/** Processes that start together make the same things, and IF NOT EXISTS only looks before it waits for its turn. */
async function make(bolt: Bolt, migration: Migration): Promise<void> {
  try {
    await bolt.command(migration, {})
  } catch (error) {
    if (!madeMeanwhile(error)) throw error
  }
}

async function factsOf({ read }: Pick<Bolt, 'read'>): Promise<{ version: string; edition: string }> {
  const [facts] = await read(server.facts, {})
  return facts ?? { version: 'unknown', edition: 'unknown' }
}

function refuseOld(version: string, url: string): void {
  const refusal = refusalOf(version, url)
  if (refusal !== undefined) throw new AppError('config_invalid', refusal)
}

/** Why a version cannot be used; `undefined` for one that can. */
function refusalOf(version: string, url: string): string | undefined {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [oldMajor, oldMinor] = oldestServer
  if (major > oldMajor || (major === oldMajor && minor >= oldMinor)) return undefined
  return `Neo4j at ${url} is version ${version}, and Ringleader needs ${oldestServer.join('.')} or later: upgrade the server`
}

/** 0 for a database that holds nothing of ours. Throws `store_too_new`. */
export async function schemaVersion({ read, url }: Pick<Bolt, 'read' | 'url'>): Promise<number> {
  const [row] = await read(server.schemaVersion, {})
  const version = row?.version ?? 0
  if (version > migrations.length) {
    throw new AppError(
      'store_too_new',
      `The data in ${url} was written by a newer Ringleader (schema ${version}, this program knows ${migrations.length}): upgrade the program`,
    )
  }
  return version
}

/** Constraints and indexes by name, with their state. */
async function schemaNames({ read }: Pick<Bolt, 'read'>): Promise<ReadonlyMap<string, string>> {
  const [constraints, indexes] = await Promise.all([read(server.constraints, {}), read(server.indexes, {})])
  const states = new Map(indexes.map(({ name, state }) => [name, state]))
  return new Map([...constraints.map(({ name }) => [name, states.get(name) ?? 'ONLINE'] as const), ...states])
}

/** Server, database, schema. Whatever cannot be asked throws what it means (failures.ts). */
export async function inspectNeo4j(bolt: Bolt): Promise<readonly Finding[]> {
  const { version, edition } = await factsOf(bolt)
  const check = 'Neo4j'
  const refusal = refusalOf(version, bolt.url)
  if (refusal !== undefined) return [{ check, state: 'wrong', detail: refusal }]
  const server: Finding = { check, state: 'ok', detail: `${version} ${edition} at ${bolt.url}` }
  return [server, await inspectDatabase(bolt), await inspectSchema(bolt)]
}

async function inspectDatabase({ read, database, url }: Bolt): Promise<Finding> {
  const check = 'Neo4j database'
  const found = (await read(server.databases, {})).find(({ name }) => name === database)
  // On a cluster there is a row a member; the driver finds the one that may be written.
  if (found?.access !== 'read-only') return { check, state: 'ok', detail: `${database}, may be written` }
  return { check, state: 'wrong', detail: readOnly(url).message }
}

async function inspectSchema(bolt: Bolt): Promise<Finding> {
  const check = 'Neo4j schema'
  const version = await schemaVersion(bolt)
  if (version === 0)
    return {
      check,
      state: 'warning',
      detail: 'nothing of Ringleader yet: ringleader migrate, or serve, makes it',
    }
  const names = await schemaNames(bolt)
  const wanted = migrations.flatMap(({ makes }) => makes ?? [])
  const missing = wanted.filter((name) => !names.has(name))
  if (missing.length > 0)
    return { check, state: 'wrong', detail: `${missing.join(', ')} missing: ringleader migrate makes them` }
  const unready = wanted.filter((name) => names.get(name) !== 'ONLINE')
  if (unready.length > 0)
    return { check, state: 'warning', detail: `${unready.join(', ')} not ready yet: see SHOW INDEXES` }
  return { check, state: 'ok', detail: `version ${version}, ${wanted.length} constraints and indexes` }
}
