/** Verdicts, assertions, API keys and dead letters in Neo4j. */
import { type Properties, people } from '../../../cypher/catalogue.ts'
import type { Assertion } from '../../../graph/model.ts'
import type { ApiKey, DeadLetter, DeadLetterStore, KeyStore } from '../../../graph/ports.ts'
import { type Decision, verdicts } from '../../../graph/ring.ts'
import type { VerdictStore } from '../../../graph/verdicts.ts'
import { asserted, decided, keyMade, keyRevoked, lettersDropped, tripwireSaved } from '../../audit/acts.ts'
import { append } from './acts/audit.ts'
import { putTripwires } from './acts/tripwires.ts'
import type { Bolt } from './bolt.ts'
import { countChange } from './hold.ts'
import { bytesOf } from './values.ts'

export const verdictReads = ({
  read,
}: Pick<Bolt, 'read'>): Pick<
  VerdictStore,
  'decisions' | 'standingVerdicts' | 'receipt' | 'assertions' | 'assertionPage'
> => ({
  async decisions({ ring = null }: { ring?: string | null }) {
    return (await read(people.decisions, { ring })).map(({ body }) => JSON.parse(body) as Decision)
  },
  standingVerdicts: () => read(people.standing, { verdicts }),
  async receipt(decision) {
    const [row] = await read(people.receipt, { decision })
    return row?.body
  },
  async assertions() {
    return (await read(people.assertions, {})).map(({ body }) => JSON.parse(body) as Assertion)
  },
  async assertionPage({ kind = null, account = null, standingAt, after, limit }) {
    const behind = { afterAt: when(after?.at), afterId: after?.id ?? null }
    const asked = { kind, account, standingAt: when(standingAt), ...behind, limit }
    return (await read(people.assertionPage, asked)).map(({ body }) => JSON.parse(body) as Assertion)
  },
})

export const verdictWrites = ({ write }: Pick<Bolt, 'write'>): Pick<VerdictStore, 'decide' | 'assert'> => ({
  async decide(row, { by, tripwires = [], receipt } = {}) {
    await write(async (run) => {
      await run(people.decide, { id: row.id, properties: decisionProperties(row) })
      if (receipt !== undefined)
        await run(people.putReceipt, { decision: row.id, hash: row.receipt ?? '', body: receipt })
      await putTripwires(run, tripwires)
      await append(run, decided(row, by))
      for (const tripwire of tripwires) await append(run, tripwireSaved(tripwire, by ?? row.author))
    })
  },
  async assert(row, by) {
    await write(async (run) => {
      await run(people.assert, { id: row.id, properties: assertionProperties(row) })
      await countChange(run, {})
      await append(run, asserted(row, by))
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
  expiresAt: when(row.expiresAt),
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
  async saveKey(key, by) {
    const { id, name, hash, scopes, createdAt, revokedAt } = key
    const properties = { name, hash, scopes, createdAt: when(createdAt), revokedAt: when(revokedAt) }
    await write(async (run) => {
      await run(people.createKey, { id, properties })
      await append(run, keyMade(key, by))
    })
  },
  async revokeKey(id, at, by) {
    return await write(async (run) => {
      const isRevoked = (await run(people.revokeKey, { id, at })).length === 1
      if (isRevoked) await append(run, keyRevoked(id, at, by))
      return isRevoked
    })
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
  async dropDeadLetters(ids, act) {
    return await write(async (run) => {
      const [row] = await run(people.dropDeadLetters, { ids })
      const dropped = row?.dropped ?? 0
      if (act && dropped > 0) await append(run, lettersDropped(ids, act))
      return dropped
    })
  },
  async expireDeadLetters(before) {
    const [row] = await write((run) => run(people.expireDeadLetters, { before }))
    return row?.expired ?? 0
  },
})
