/** A snapshot of three accounts that are a ring, and one that is not. */
import type { StoredEvent } from '../../../graph/model.ts'
import type { DetectionRun, Ring } from '../../../graph/ring.ts'
import { encodeSnapshot } from '../../../src/snapshot/encode.ts'
import { planUses } from '../../../src/snapshot/uses/encode.ts'
import { runOf } from './publications.ts'
import { seen } from './states.ts'
import { kindOf, tableOf } from './tables.ts'

export const farm = ['f0', 'f1', 'f2']

export const ring: Ring = {
  id: 'ring_1_f0',
  status: 'active',
  bornVersion: 1,
  version: 1,
  head: { class: 'fraud_ring', risk: 0.9, firstSeen: 0, lastSeen: 0, topEvidence: [], reasons: [] },
  members: farm.map((account, i) => ({
    account,
    role: 'core',
    membership: 1,
    risk: 0.8 + i / 10,
    compromise: 0,
    flagged: true,
    reasons: [],
  })),
}

export const farmEvents = [
  ...farm.map((account) => seen(account, ['device:farm', 'payment:farm', 'ip:farm'], { type: 'signup' })),
  seen('honest', ['device:home', 'email:own']),
]

export async function snapshotOf(
  events: readonly StoredEvent[] = farmEvents,
  rings: readonly Ring[] = [ring],
  run: DetectionRun = runOf(1),
) {
  const table = await tableOf(events)
  const accounts = table.facts.ids
  const uses = planUses(table, kindOf)
  return encodeSnapshot({ run, accounts, rings, publicness: new Map(), uses })
}
