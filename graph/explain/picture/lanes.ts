/** A ring over time: what happened to each of its accounts, and how much of it on each day. */
import { bornAtOf, tiesOf } from '../../evidence/account-facts.ts'
import type { AccountState, Happening, IdentifierKey, StateType } from '../../model.ts'
import type { Member } from '../../ring.ts'
import { dayOf } from '../../time.ts'
import { keyOf } from '../counterfactual/surroundings.ts'

export const markKinds = ['signup', 'first_share', 'sensitive_change', 'money', 'trouble'] as const
export type MarkKind = (typeof markKinds)[number]

export interface Mark {
  readonly at: number
  readonly what: MarkKind
  /** Of a happening. */
  readonly type?: StateType
  readonly outcome?: Happening['outcome']
  readonly amount?: number
  readonly currency?: string
  /** Of a change of credentials, which; absent where nobody said. */
  readonly changed?: Happening['changed']
  /** Of a first share. */
  readonly identifier?: IdentifierKey & { readonly mask: string }
}

export interface Lane {
  readonly member: Member
  /** Oldest first. */
  readonly marks: readonly Mark[]
  readonly omitted: number
}

export interface DayRow {
  readonly day: number
  readonly counts: Readonly<Record<MarkKind, number>>
}

const kindOfType: Readonly<Partial<Record<StateType, MarkKind>>> = {
  credential_change: 'sensitive_change',
  payout_change: 'sensitive_change',
  payment: 'money',
  payout: 'money',
  payment_failed: 'trouble',
  payout_failed: 'trouble',
  chargeback: 'trouble',
  report: 'trouble',
}

export interface LaneOptions {
  readonly states: ReadonlyMap<string, AccountState>
  /** What ties the ring, by `kind:ref`, with what people see of it. */
  readonly masks: ReadonlyMap<string, string>
  /** Inclusive, exclusive. */
  readonly from: number
  readonly to: number
  /** Marks told of one account; the newest of more. */
  readonly marksMax: number
}

export function lanesOf(members: readonly Member[], options: LaneOptions): readonly Lane[] {
  return members.map((member) => {
    const marks = marksIn(options.states.get(member.account), options)
    return {
      member,
      marks: marks.slice(-options.marksMax),
      omitted: Math.max(0, marks.length - options.marksMax),
    }
  })
}

/** Days on which anything happened, ascending; counts are of all marks, told or not. */
export function daysOf(members: readonly Member[], options: LaneOptions): readonly DayRow[] {
  const rows = new Map<number, Record<MarkKind, number>>()
  for (const { account } of members) {
    for (const { at, what } of marksIn(options.states.get(account), options)) {
      const counts = rows.get(dayOf(at)) ?? noMarks()
      rows.set(dayOf(at), counts)
      counts[what] += 1
    }
  }
  return [...rows].map(([day, counts]) => ({ day, counts })).toSorted((a, b) => a.day - b.day)
}

const noMarks = () => ({ signup: 0, first_share: 0, sensitive_change: 0, money: 0, trouble: 0 })

function marksIn(state: AccountState | undefined, { masks, from, to }: LaneOptions): readonly Mark[] {
  if (!state) return []
  const bornAt = bornAtOf(state)
  const born: readonly Mark[] = bornAt === undefined ? [] : [{ at: bornAt, what: 'signup' }]
  const shares = tiesOf(state).flatMap(({ kind, ref, firstAt }): readonly Mark[] => {
    const mask = masks.get(keyOf({ kind, ref }))
    return mask === undefined ? [] : [{ at: firstAt, what: 'first_share', identifier: { kind, ref, mask } }]
  })
  const happenings = state.activities.flatMap(({ type, recent }) => {
    const what = kindOfType[type]
    return what === undefined ? [] : recent.map((one) => markOf(one, { type, what }))
  })
  return [...born, ...shares, ...happenings]
    .filter(({ at }) => at >= from && at < to)
    .toSorted((a, b) => a.at - b.at)
}

const markOf = (
  { at, outcome, amount, currency, changed }: Happening,
  { type, what }: { type: StateType; what: MarkKind },
): Mark => ({
  at,
  what,
  type,
  outcome,
  ...(amount !== undefined && { amount }),
  ...(currency !== undefined && { currency }),
  ...(changed !== undefined && { changed }),
})
