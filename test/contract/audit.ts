/** What was done is written down with it, once, each row bound to the one before. */
import { expect, test } from '@jest/globals'
import type { Decision } from '../../graph/ring.ts'
import { decided } from '../../src/audit/acts.ts'
import { actId, verifyAudit } from '../../src/audit/chain.ts'
import { labelOf } from '../support/core/events.ts'
import { publicationsOf } from '../support/core/publications.ts'
import type { OpenStore } from './open-store.ts'

const decision: Decision = {
  id: 'dec_1',
  ring: 'ring_1',
  ringVersion: 2,
  class: 'uncertain',
  core: ['ada'],
  verdict: 'confirm',
  author: 'eve',
  reason: 'same face',
  at: 5,
}
const key = { id: 'key_1', name: 'scoring', hash: 'ab', scopes: ['risk:read'], createdAt: 6 }
const webhook = {
  id: 'hook_1',
  url: 'https://x.example/secret',
  types: [],
  author: 'eve',
  createdAt: 7,
  from: '0~0',
  secrets: [{ sealed: 'c2VjcmV0' }],
}
const tripwire = { id: 'trip_1', author: 'eve', reason: 'x', at: 8, spared: [], identifiers: [], unwired: [] }

const assertion = {
  id: 'as_1',
  kind: 'same_actor' as const,
  subjects: ['ada', 'bob'],
  author: 'eve',
  reason: 'same face',
  at: 16,
}
const letter = {
  id: 'dl_1',
  stream: 'events' as const,
  source: 'a',
  line: 1,
  pointer: '',
  code: 'invalid_input',
  at: 2,
}

export function auditContract(open: OpenStore): void {
  test('every act of people is a row, and the chain is whole', async () => {
    await using store = await open()
    const before = [await store.audit({ limit: 9 }), await store.auditHead()]

    await store.decide(decision)
    await store.decide({ ...decision, retractedAt: 9 }, { by: 'bob' })
    await store.saveKey(key, 'bob')
    await store.revokeKey(key.id, 10, 'cem')
    await store.saveWebhook(webhook)
    await store.deleteWebhook(webhook.id, { by: 'cem', at: 11 })
    await store.saveTripwire(tripwire)
    await store.saveTripwire({ ...tripwire, disarmedAt: 12 }, 'bob')
    await store.chooseModels({ id: 'c1', author: 'eve', at: 13 })
    await store.noteAct({ at: 14, by: 'bob', action: 'dead-letters.opened', subject: '2 letters' })
    await store.label([labelOf()], { by: 'bob', at: 15 })
    await store.assert(assertion)
    await store.assert({ ...assertion, retractedAt: 17 }, 'cem')
    await store.saveModels({ id: 'models_1', madeAt: 18, report: '{}', body: '{}' }, 'bob')
    await store.bury([letter])
    await store.dropDeadLetters([letter.id], { by: 'cem', at: 19 })

    const rows = await store.audit({ limit: 99 })
    expect(before).toEqual([[], undefined])
    expect(rows.map(({ seq, at, by, action, subject }) => [seq, at, by, action, subject])).toEqual([
      [1, 5, 'eve', 'ring.confirm', 'ring_1 dec_1'],
      [2, 9, 'bob', 'ring.retracted', 'ring_1 dec_1'],
      [3, 6, 'bob', 'key.made', 'key_1'],
      [4, 10, 'cem', 'key.revoked', 'key_1'],
      [5, 7, 'eve', 'webhook.saved', 'hook_1'],
      [6, 11, 'cem', 'webhook.deleted', 'hook_1'],
      [7, 8, 'eve', 'tripwire.armed', 'trip_1'],
      [8, 12, 'bob', 'tripwire.disarmed', 'trip_1'],
      [9, 13, 'eve', 'models.chosen', 'shipped'],
      [10, 14, 'bob', 'dead-letters.opened', '2 letters'],
      [11, 15, 'bob', 'labels.taken', '1 labels'],
      [12, 16, 'eve', 'assertion.made', 'as_1'],
      [13, 17, 'cem', 'assertion.retracted', 'as_1'],
      [14, 18, 'bob', 'models.made', 'models_1'],
      [15, 19, 'cem', 'dead-letters.dropped', '1 letters'],
    ])
    expect(await store.auditHead()).toEqual({ seq: 15, hash: rows[14]?.hash })
    expect(await verifyAudit(store)).toMatchObject({ isWhole: true, rows: 15 })
    expect(JSON.stringify(rows)).not.toMatch(/secret|c2VjcmV0|same face/)
    expect(await store.audit({ after: 8, limit: 1 })).toEqual([rows[8]])
  })

  test('a verdict is there with what it arms and was taken on, or not at all', async () => {
    await using store = await open()
    await store.saveTripwire(tripwire)
    const taken = { ...decision, receipt: 'ab'.repeat(32) }
    const disarmed = { ...tripwire, disarmedAt: 6 }
    const armed = { ...tripwire, id: 'trip_2', decision: decision.id }
    const dying = {
      ...armed,
      get reason(): string {
        throw new Error('died here')
      },
    }
    const seen = async () => ({
      decisions: await store.decisions({}),
      receipt: await store.receipt(decision.id),
      tripwires: (await store.tripwires())?.tripwires,
      rows: (await store.audit({ limit: 9 })).map(({ action, content }) => [action, content?.slice(0, 4)]),
    })
    const before = await seen()

    const more = { receipt: '{"a":"1 MB"}', tripwires: [disarmed, dying] }
    await expect(store.decide(taken, more)).rejects.toThrow('died here')
    const between = await seen()
    await store.decide(taken, { ...more, tripwires: [disarmed, armed] })
    const after = await seen()
    await store.decide({ ...taken, retractedAt: 9 }, { by: 'bob', receipt: 'never another' })

    expect(between).toEqual(before)
    expect(after).toEqual({
      decisions: [taken],
      receipt: more.receipt,
      tripwires: [disarmed, armed],
      rows: [
        ['tripwire.armed', expect.any(String)],
        ['ring.confirm', 'abab'],
        ['tripwire.disarmed', expect.any(String)],
        ['tripwire.armed', expect.any(String)],
      ],
    })
    expect(await store.receipt(decision.id)).toBe(more.receipt)
    expect(await store.receipt('dec_nope')).toBeUndefined()
    expect(await store.auditRow(actId(decided(taken)))).toEqual((await store.audit({ limit: 9 }))[1])
    expect(await store.auditRow('ab')).toBeUndefined()
  })

  test('what changed nothing is no row; the same again, as by a commit whose answer was lost, is one', async () => {
    await using store = await open()

    await store.revokeKey('key_nope', 5, 'eve')
    await store.deleteWebhook('hook_nope', { by: 'eve', at: 5 })
    await store.dropDeadLetters(['dl_nope'], { by: 'eve', at: 5 })
    await store.label([labelOf()])
    await store.label([labelOf()], { by: 'eve', at: 5 })
    await store.label([], { by: 'eve', at: 5 })
    for (let i = 0; i < 3; i++) await store.decide(decision)
    await Promise.all(
      [0, 1, 2].map(() => store.noteAct({ at: 1, by: 'a', action: 'run.requested', subject: 'c' })),
    )

    expect((await store.audit({ limit: 9 })).map(({ action }) => action)).toEqual([
      'ring.confirm',
      'run.requested',
    ])
    expect(await verifyAudit(store)).toMatchObject({ isWhole: true, rows: 2 })
  })

  test('a run that judges by another policy than the one before it is a row, and no other run', async () => {
    await using store = await open()
    const policies = ['one', 'one', 'two']

    for (const [i, { publication }] of publicationsOf(policies.map(() => new Map())).entries()) {
      const run = { ...publication.run, policy: policies[i] ?? '', publishedAt: 50 + i }
      await store.publish({ ...publication, run })
      await store.publish({ ...publication, run }).catch(() => {})
    }

    expect(
      (await store.audit({ limit: 9 })).map(({ at, by, action, subject }) => [at, by, action, subject]),
    ).toEqual([
      [50, 'detection', 'policy.changed', 'one'],
      [52, 'detection', 'policy.changed', 'two'],
    ])
  })

  test('those who write at once follow each other', async () => {
    await using store = await open()
    const acts = Array.from({ length: 12 }, (_, i) => ({
      at: i,
      by: 'a',
      action: 'run.requested' as const,
      subject: `s${i}`,
    }))

    await Promise.all(acts.map((act) => store.noteAct(act)))

    const rows = await store.audit({ limit: 99 })
    expect(rows.map(({ subject }) => subject).toSorted()).toEqual(
      acts.map(({ subject }) => subject).toSorted(),
    )
    expect(await verifyAudit(store)).toMatchObject({ isWhole: true, rows: 12 })
  })
}
