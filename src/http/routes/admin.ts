/** For operators: keys, dead letters, a run at once. */
import { z } from 'zod'
import { AppError } from '../../../graph/errors.ts'
import type { ApiKey } from '../../../graph/ports.ts'
import { replayDeadLetters } from '../../../jobs/replay.ts'
import { lettersOpened, runRequested } from '../../audit/acts.ts'
import { replayLines } from '../../sources/lines.ts'
import { deadLetterView } from '../../views/dead-letters.ts'
import { iso } from '../../views/times.ts'
import { makeKey, type NewKey, rotateKey as rotate } from '../keys.ts'
import { route } from '../route.ts'
import { scopes } from '../scopes.ts'

const keySchema = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    scopes: z.array(z.string()),
    createdAt: z.iso.datetime(),
    revokedAt: z.iso.datetime().nullable().describe('From when on it opens nothing; may lie ahead'),
  })
  .meta({ id: 'ApiKey' })

const keyView = ({ id, name, scopes: granted, createdAt, revokedAt }: ApiKey) => ({
  id,
  name,
  scopes: [...granted],
  createdAt: iso(createdAt),
  revokedAt: revokedAt === undefined ? null : iso(revokedAt),
})

const newKeySchema = z.strictObject({ id: z.string(), key: z.string(), scopes: z.array(z.string()) })

const newKeyView = ({ key, token }: NewKey) => ({ id: key.id, key: token, scopes: [...key.scopes] })

export const listKeys = route({
  method: 'get',
  path: '/v1/keys',
  summary: 'All API keys, without their secrets.',
  scope: 'admin',
  reply: z.strictObject({ items: z.array(keySchema) }),
  handle: async ({ store }) => ({ items: (await store.keys()).map(keyView) }),
})

export const createKey = route({
  method: 'post',
  path: '/v1/keys',
  summary: 'Makes an API key. Its text is shown this once.',
  scope: 'admin',
  secret: true,
  status: 201,
  body: z
    .strictObject({ name: z.string().min(1).max(64), scopes: z.array(z.enum(scopes)).min(1) })
    .meta({ id: 'NewKey' }),
  reply: newKeySchema,

  async handle({ store, clock }, { body, caller }) {
    const { key, token } = makeKey({ ...body, now: clock() })
    await store.saveKey(key, caller)
    return newKeyView({ key, token })
  },
})

export const revokeKey = route({
  method: 'delete',
  path: '/v1/keys/{key}',
  summary: 'Revokes a key; it is dead within a second.',
  scope: 'admin',
  params: z.strictObject({ key: z.string().min(1).max(64) }),
  reply: z.strictObject({ id: z.string(), revoked: z.literal(true) }),
  problems: ['not_found'],

  async handle({ store, clock }, { params: { key }, caller }) {
    if (!(await store.revokeKey(key, clock(), caller)))
      throw new AppError('not_found', 'There is no such live key')
    return { id: key, revoked: true as const }
  },
})

const hourMs = 3_600_000

export const rotateKey = route({
  method: 'post',
  path: '/v1/keys/{key}/rotate',
  summary: 'Makes a key with the name and scopes of this one, which goes on for some hours.',
  scope: 'admin',
  secret: true,
  status: 201,
  params: z.strictObject({ key: z.string().min(1).max(64) }),
  body: z
    .strictObject({
      keepHours: z.number().min(0).max(720).default(24).describe('How long the old key goes on'),
    })
    .meta({ id: 'KeyRotation' }),
  reply: newKeySchema,
  problems: ['not_found'],

  async handle({ store, clock }, { params, body: { keepHours }, caller }) {
    return newKeyView(
      await rotate(store, params.key, { keepMs: keepHours * hourMs, now: clock(), by: caller }),
    )
  },
})

export const requestRun = route({
  method: 'post',
  path: '/v1/runs',
  summary: 'Asks for rings to be found now. The run’s number appears in meta when it is published.',
  scope: 'admin',
  status: 202,
  body: z.strictObject({}).meta({ id: 'NewRun' }),
  reply: z.strictObject({ requested: z.literal(true) }),

  async handle({ store, clock, queue }, { caller }) {
    await store.noteAct(runRequested({ by: caller, at: clock() }))
    await queue.request('detect')
    return { requested: true as const }
  },
})

const letterSchema = z
  .strictObject({
    id: z.string(),
    stream: z.enum(['events', 'labels']),
    source: z.string(),
    line: z.int(),
    pointer: z.string(),
    code: z.string(),
    at: z.iso.datetime(),
    replayable: z.boolean(),
  })
  .meta({ id: 'DeadLetter' })

export const listDeadLetters = route({
  method: 'get',
  path: '/v1/dead-letters',
  summary: 'Refused lines, oldest first, without their content.',
  scope: 'admin',
  query: z.strictObject({
    after: z.string().max(64).optional(),
    limit: z.coerce.number().int().min(1).max(1_000).default(100),
  }),
  reply: z.strictObject({ items: z.array(letterSchema), total: z.int() }),

  async handle({ store }, { query: { after, limit } }) {
    const letters = await store.deadLetters({ limit, sealed: true, ...(after !== undefined && { after }) })
    return { items: letters.map(deadLetterView), total: await store.countDeadLetters() }
  },
})

const idsBody = z.strictObject({ ids: z.array(z.string().max(64)).min(1).max(1_000) })

export const replayLetters = route({
  method: 'post',
  path: '/v1/dead-letters:replay',
  summary: 'Delivers refused lines again; those that are taken now are no longer dead.',
  scope: 'admin',
  body: idsBody.meta({ id: 'DeadLettersToReplay' }),
  reply: z.strictObject({ replayed: z.int(), stillRejected: z.int(), notReplayable: z.int() }),

  async handle({ store, ingest, unseal, border, clock }, { body: { ids }, caller }) {
    const counts = await replayDeadLetters(
      {
        ...ingest,
        by: caller,
        letters: store,
        unseal,
        opening: (opened) => store.noteAct(lettersOpened(opened, { by: caller, at: clock() })),
      },
      {
        ids,
        ...replayLines(border),
      },
    )
    return counts
  },
})

export const dropLetters = route({
  method: 'post',
  path: '/v1/dead-letters:drop',
  summary: 'Forgets refused lines for good.',
  scope: 'admin',
  body: idsBody.meta({ id: 'DeadLettersToDrop' }),
  reply: z.strictObject({ dropped: z.int() }),
  handle: async ({ store, clock }, { body: { ids }, caller }) => ({
    dropped: await store.dropDeadLetters(ids, { by: caller, at: clock() }),
  }),
})
