/** What followed when somebody else got into an account: what to take back, and what moved. */
import type { AccountState, Happening, IdentifierKey, Outcome } from '../model.ts'
import type { LinkTable } from '../projection/link-table.ts'
import { aftermathMs } from '../takeover/arrivals.ts'
import { keyOf } from './counterfactual/surroundings.ts'

export interface Shown extends IdentifierKey {
  readonly mask: string
}

export interface MoneyMove {
  readonly at: number
  readonly what: 'payment' | 'payout'
  readonly outcome: Outcome
  readonly amount?: number
  readonly currency?: string
  /** Who got it, where that is known. */
  readonly to?: string
}

export interface Aftermath {
  /** Known ones on what was new to it: of each identifier the newest 8 are kept. */
  readonly sessions: number
  /** New to it within three days. */
  readonly emails: readonly Shown[]
  readonly payouts: readonly Shown[]
  /** Within three days, oldest first. */
  readonly money: readonly MoneyMove[]
}

/** `at`: when it first met what was new to it, `met`. */
export function aftermathOf(
  state: AccountState | undefined,
  { met, at, table }: { met: readonly IdentifierKey[]; at: number; table: LinkTable },
): Aftermath {
  if (!state) return { sessions: 0, emails: [], payouts: [], money: [] }
  const isAfter = (then: number): boolean => then >= at && then - at <= aftermathMs
  const pivots = new Set(met.map(keyOf))
  const sessions = state.uses
    .filter((use) => pivots.has(keyOf(use)))
    .flatMap((use) => use.sessions.map(({ session }) => session))
  const firstAt = new Map<string, number>()
  for (const use of state.uses)
    firstAt.set(keyOf(use), Math.min(firstAt.get(keyOf(use)) ?? Infinity, use.firstAt))
  const newOf = (kind: string): readonly Shown[] =>
    [...table.identifiers.ofKind(kind)]
      .flatMap((identifier) => table.identifiers.at(identifier) ?? [])
      .filter((one) => isAfter(firstAt.get(keyOf(one)) ?? -Infinity))
      .map(({ ref, mask }) => ({ kind, ref, mask }))
  return {
    sessions: new Set(sessions).size,
    emails: newOf('email'),
    payouts: newOf('payout'),
    money: movesOf(state).filter((move) => isAfter(move.at)),
  }
}

function movesOf({ activities, relations }: AccountState): readonly MoneyMove[] {
  const receivers = new Map(relations.flatMap(({ to, recent }) => recent.map(({ id }) => [id, to] as const)))
  const moved = activities.flatMap(({ type, recent }) => {
    const what = whatOf[type]
    return what === undefined ? [] : recent.map((one) => moveOf(one, what, receivers.get(one.id)))
  })
  return moved.toSorted((x, y) => x.at - y.at)
}

const whatOf: Readonly<Record<string, MoneyMove['what'] | undefined>> = {
  payment: 'payment',
  payment_failed: 'payment',
  payout: 'payout',
  payout_failed: 'payout',
}

const moveOf = (
  { at, outcome, amount, currency }: Happening,
  what: MoneyMove['what'],
  to: string | undefined,
): MoneyMove => ({
  at,
  what,
  outcome,
  ...(amount !== undefined && { amount }),
  ...(currency !== undefined && { currency }),
  ...(to !== undefined && { to }),
})

export interface MoneySum {
  readonly outcome: Outcome
  readonly currency: string
  readonly amount: number
  readonly count: number
}

/** What moved by outcome and currency, as far as amounts are known. */
export function sumsOf(moves: readonly MoneyMove[]): readonly MoneySum[] {
  const known = moves.filter(({ amount }) => amount !== undefined)
  return [...Map.groupBy(known, ({ outcome, currency = '' }) => JSON.stringify([outcome, currency])).values()]
    .flatMap((own) => {
      const [first] = own
      if (!first) return []
      const amount = own.reduce((sum, move) => sum + (move.amount ?? 0), 0)
      const { outcome, currency = '' } = first
      return [{ outcome, currency, amount: Math.round(amount * 100) / 100, count: own.length }]
    })
    .toSorted((x, y) => y.amount - x.amount)
}

/** All that is to be taken back from those who got in, and what stays with the owners. */
export interface RevokeList {
  readonly sessions: number
  /** Accounts whose credentials changed. */
  readonly resets: number
  /** Those of them of which it is said that the password did. */
  readonly passwords: number
  /** Those of them of which it is not said, of some change, what it was. */
  readonly unsaid: number
  readonly payouts: number
  readonly emails: number
  readonly keep: number
}
