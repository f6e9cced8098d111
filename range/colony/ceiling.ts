/** The ceiling of linking: which ring accounts share anything small with another of their ring. */
import type { EventType } from '../../graph/model.ts'
import type { Block } from './block.ts'
import { isCommonAddress } from './ground/mint.ts'

const usersMax = 50

/** What others say of an account, or tried at it, it did not choose. */
const noEvidence: ReadonlySet<EventType> = new Set(['login_failed', 'report', 'chargeback'])

/** Rings lie within a block, and so does all they share but addresses, models of phones and campaigns. */
export function linkableOf({ accounts, events }: Block): number {
  const ringOf = new Map(accounts.flatMap(({ id, ring }) => (ring === null ? [] : [[id, ring] as const])))
  // Most values have one user, and a set of one weighs too much to have one for each.
  const users = new Map<string, string | Set<string>>()
  for (const { type, account, identifiers } of events) {
    if (noEvidence.has(type)) continue
    for (const [kind, value] of Object.entries(identifiers ?? {})) {
      if (isCommon(kind, value)) continue
      const known = users.get(value)
      if (known === undefined) users.set(value, account)
      else if (typeof known !== 'string') known.add(account)
      else if (known !== account) users.set(value, new Set([known, account]))
    }
  }
  const linked = new Set<string>()
  for (const sharing of users.values()) {
    if (typeof sharing === 'string' || sharing.size > usersMax) continue
    const inRings = [...sharing].filter((account) => ringOf.has(account))
    for (const together of Map.groupBy(inRings, (account) => ringOf.get(account)).values()) {
      if (together.length > 1) for (const account of together) linked.add(account)
    }
  }
  return linked.size
}

const isCommon = (kind: string, value: string): boolean =>
  kind === 'fingerprint' || (kind === 'ip' && isCommonAddress(value)) || /^(season|stock)-/.test(value)
