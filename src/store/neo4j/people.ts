/** Verdicts, assertions, API keys and dead letters in Neo4j. */
import { type Properties, people } from '../../../cypher/catalogue.ts'
import type { Assertion } from '../../../graph/model.ts'
import type { ApiKey, DeadLetter, DeadLetterStore, KeyStore, VerdictStore } from '../../../graph/ports.ts'
import type { Decision } from '../../../graph/ring.ts'
import type { Bolt } from './bolt.ts'
import { countChange } from './hold.ts'
import { bytesOf } from './values.ts'

export const verdictReads = ({
  read,
}: Pick<Bolt, 'read'>): Pick<VerdictStore, 'decisions' | 'assertions'> => ({
  async decisions({ ring = null }: { ring?: string | null }) {
    return (await read(people.decisions, { ring })).map(({ body }) => JSON.parse(body) as Decision)
  },
  async assertions() {
    return (await read(people.assertions, {})).map(({ body }) => JSON.parse(body) as Assertion)
  },
})

export const verdictWrites = ({ write }: Pick<Bolt, 'write'>): Pick<VerdictStore, 'decide' | 'assert'> => ({
  async decide(row) {
    await write((run) => run(people.decide, { id: row.id, properties: decisionProperties(row) }))
  },
  async assert(row) {
    await write(async (run) => {
      await run(people.assert, { id: row.id, properties: assertionProperties(row) })
      await countChange(run, {})
    })
  },
})

const when = (at: number | undefined): Date | null => (at === undefined ? null : new Date(at))

const decisionProperties = (row: Decision): Properties => ({
  ring: row.ring,
  verdict: row.verdict,
  author: row.author,
  reason: row.reason,
  at: when(row.at),
  retractedAt: when(row.retractedAt),
  body: JSON.stringify(row),
})

const assertionProperties = (row: Assertion): Properties => ({
  kind: row.kind,
  subjects: row.subjects,
  author: row.author,
  reason: row.reason,
  at: when(row.at),
  expiresAt: when(row.expiresAt),
  retractedAt: when(row.retractedAt),
  body: JSON.stringify(row),
})

export const keyReads = ({ read }: Pick<Bolt, 'read'>): Pick<KeyStore, 'keys'> => ({
  async keys() {
    return (await read(people.keys, {})).map(
      ({ revokedAt, ...key }): ApiKey => ({ ...key, ...(revokedAt !== null && { revokedAt }) }),
    )
  },
})

export const keyWrites = ({ write }: Pick<Bolt, 'write'>): Pick<KeyStore, 'saveKey' | 'revokeKey'> => ({
  async saveKey({ id, name, hash, scopes, createdAt, revokedAt }) {
    const properties = { name, hash, scopes, createdAt: when(createdAt), revokedAt: when(revokedAt) }
    await write((run) => run(people.createKey, { id, properties }))
  },
  async revokeKey(id, at) {
    const revoked = await write((run) => run(people.revokeKey, { id, at }))
    return revoked.length === 1
  },
})

export const deadLetterReads = ({
  read,
}: Pick<Bolt, 'read'>): Pick<DeadLetterStore, 'deadLetters' | 'countDeadLetters'> => ({
  async deadLetters({ after = null, limit, sealed = false }: DeadLetterPage) {
    const rows = await read(people.deadLetters, { after, limit, sealed })
    return rows.map(
      ({ sealed: bytes, ...letter }): DeadLetter => ({
        ...letter,
        ...(bytes !== null && { sealed: bytesOf(bytes) }),
      }),
    )
  },
  async countDeadLetters() {
    const [row] = await read(people.countDeadLetters, {})
    return row?.letters ?? 0
  },
})

interface DeadLetterPage {
  readonly after?: string | null
  readonly limit: number
  readonly sealed?: boolean
}

export const deadLetterWrites = ({
  write,
}: Pick<Bolt, 'write'>): Pick<DeadLetterStore, 'bury' | 'dropDeadLetters' | 'expireDeadLetters'> => ({
  async bury(letters) {
    const rows = letters.map(({ id, at, sealed, ...letter }) => ({
      id,
      properties: { ...letter, at: when(at), ...(sealed && { sealed }) },
    }))
    await write((run) => run(people.bury, { rows }))
  },
  async dropDeadLetters(ids) {
    const [row] = await write((run) => run(people.dropDeadLetters, { ids }))
    return row?.dropped ?? 0
  },
  async expireDeadLetters(before) {
    const [row] = await write((run) => run(people.expireDeadLetters, { before }))
    return row?.expired ?? 0
  },
})
