/** Rings that people decide on, through later publishes. */
import type { Decision, FoundRing, Ring, RingClass, Verdict } from '../../../../graph/ring.ts'
import { coreOf } from '../../../../graph/rings/lineage/traits.ts'
import { found, lives, type Published } from './lives.ts'

export const gang = ['a', 'b', 'c', 'd', 'e', 'f']
export const fraud = (accounts: readonly string[], name: RingClass = 'fraud_ring'): FoundRing => {
  const { head, members, usersOf } = found(accounts, { risk: 0.9 })
  return {
    head: { ...head, class: name },
    members: members.map((member) => ({ ...member, flagged: true })),
    ...(usersOf && { usersOf }),
  }
}

export type Deciding = (published: Published) => readonly Decision[]

export const on = (ring: Ring | undefined, verdict: Verdict, more: Partial<Decision> = {}): Decision => ({
  id: 'dec_1',
  ring: ring?.id ?? '',
  ringVersion: ring?.version ?? 0,
  class: ring?.head.class ?? 'uncertain',
  core: coreOf(ring?.members ?? []),
  verdict,
  author: 'anna',
  reason: 'looked at it',
  at: 1,
  ...more,
})

/** Publishes the first rings, decides on what they became, and publishes the others under those decisions. */
export function decidedOn(
  first: readonly FoundRing[],
  decide: Deciding,
  ...others: readonly (readonly FoundRing[])[]
): readonly Published[] {
  const [before] = lives([{ rings: first }])
  if (!before) throw new Error('Nothing was published')
  const decisions = decide(before)
  return lives([{ rings: first }, ...others.map((rings) => ({ rings, decisions }))])
}

export const holding = (published: Published | undefined, account: string): Ring | undefined =>
  [...(published?.rings.values() ?? [])].find(({ members }) => members.some((one) => one.account === account))
export const benign: Deciding = (published) => [on(holding(published, 'a'), 'benign')]
export const confirm: Deciding = (published) => [on(holding(published, 'a'), 'confirm')]
