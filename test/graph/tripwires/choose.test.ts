/** What of a ring is watched. */
import { expect, test } from '@jest/globals'
import { shippedKinds } from '../../../graph/identifiers/registry.ts'
import type { StoredEvent } from '../../../graph/model.ts'
import type { Member, Role } from '../../../graph/ring.ts'
import { wiresOfRing } from '../../../graph/tripwires/choose.ts'
import { indexedState } from '../../support/core/indexed-state.ts'
import { seen, stateOf } from '../../support/core/states.ts'

const kindOf = (kind: string) => shippedKinds.get(kind)
const member = (account: string, role: Role): Member => ({
  account,
  role,
  membership: 1,
  risk: 0.9,
  compromise: 0,
  flagged: true,
  reasons: [],
})
const head = {
  class: 'fraud_ring' as const,
  risk: 0.9,
  firstSeen: 1,
  lastSeen: 2,
  topEvidence: [],
  reasons: [],
}

async function watched(
  events: readonly StoredEvent[],
  roles: Readonly<Record<string, Role>>,
  anchors: string[] = [],
) {
  const members = Object.entries(roles).map(([account, role]) => member(account, role))
  const state = await indexedState(stateOf(events))
  const { identifiers, unwired } = await wiresOfRing(state, { members, head: { ...head, anchors } }, kindOf)
  return { wired: identifiers.map(({ kind, ref }) => `${kind}:${ref}`), unwired }
}

test('what actors used is watched; what victims, associates and bystanders used is their own', async () => {
  const events = [
    seen('core', ['device:d1']),
    seen('mule', ['payment:p1']),
    seen('victim', ['device:own', 'device:pivot']),
    seen('flatmate', ['device:theirs']),
  ]
  const roles = { core: 'core', mule: 'receiver', victim: 'victim', flatmate: 'associate' } as const

  const { wired } = await watched(events, roles, ['device:pivot'])

  expect(wired).toEqual(['device:d1', 'device:pivot', 'payment:p1'])
})

test('a hub is not watched, unless the ring makes it one; nor what was only tried', async () => {
  const crowd = Array.from({ length: 260 }, (_, i) => seen(`guest_${i}`, ['device:kiosk']))
  const ring = Array.from({ length: 250 }, (_, i) => seen(`core_${i}`, ['device:farm', 'device:kiosk']))
  const tried = seen('core_0', ['device:target'], { type: 'login_failed' })
  const roles = Object.fromEntries(ring.map(({ account }) => [account, 'core' as const]))

  const { wired, unwired } = await watched([...crowd, ...ring, tried], roles)

  expect(wired).toEqual(['device:farm'])
  expect(unwired).toEqual([{ kind: 'device', why: 'hub', identifiers: 1 }])
})

test('what households and places share, and what tells nobody apart, is counted by kind', async () => {
  const { wired, unwired } = await watched([seen('core', ['ip:i1', 'ip:i2', 'target:t1', 'nothing:n'])], {
    core: 'core',
  })

  expect(wired).toEqual([])
  expect(unwired).toEqual([
    { kind: 'ip', why: 'household', identifiers: 2 },
    { kind: 'nothing', why: 'weak', identifiers: 1 },
    { kind: 'target', why: 'weak', identifiers: 1 },
  ])
})
