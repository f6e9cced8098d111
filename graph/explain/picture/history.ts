/** An account's own story: what it did, met and was said of it, newest first. */
import { tiesOf } from '../../evidence/account-facts.ts'
import type { AccountState, Happening, IdentifierKey, Label, RelationName, StateType } from '../../model.ts'
import { compareText } from '../../state/order.ts'

/** `name` tells moments of one millisecond apart. */
export type Moment = { readonly at: number; readonly name: string } & (
  | ({ readonly what: 'happened'; readonly type: StateType } & MoneyOf)
  | ({ readonly what: 'related'; readonly relation: RelationName; readonly to: string } & MoneyOf)
  | { readonly what: 'met'; readonly identifier: IdentifierKey }
  | { readonly what: 'labelled'; readonly label: Label }
  | { readonly what: 'created' }
)

type MoneyOf = Pick<Happening, 'outcome' | 'amount' | 'currency' | 'changed'>

/** Of each type the newest happenings are kept (model.ts), so old ones of a busy account are not told. */
export function historyOf(state: AccountState): readonly Moment[] {
  const happened = state.activities.flatMap(({ type, recent }) =>
    recent.map(
      (one): Moment => ({ what: 'happened', type, name: `happened ${type} ${one.id}`, ...moneyIn(one) }),
    ),
  )
  const related = state.relations.flatMap(({ to, relation, type, recent }) =>
    recent.map(
      (one): Moment => ({
        what: 'related',
        relation,
        to,
        name: `related ${relation} ${type} ${one.id} ${to}`,
        ...moneyIn(one),
      }),
    ),
  )
  const met = tiesOf(state).map(
    ({ kind, ref, firstAt }): Moment => ({
      what: 'met',
      at: firstAt,
      name: `met ${kind} ${ref}`,
      identifier: { kind, ref },
    }),
  )
  const labelled = state.labels.map(
    (label): Moment => ({ what: 'labelled', at: label.at, name: `labelled ${label.source}`, label }),
  )
  const created: readonly Moment[] =
    state.createdAt === undefined ? [] : [{ what: 'created', at: state.createdAt, name: 'created' }]
  return [...happened, ...related, ...met, ...labelled, ...created].toSorted(newestFirst)
}

const newestFirst = (x: Moment, y: Moment): number => y.at - x.at || compareText(x.name, y.name)

const moneyIn = ({ at, outcome, amount, currency, changed }: Happening) => ({
  at,
  outcome,
  ...(amount !== undefined && { amount }),
  ...(currency !== undefined && { currency }),
  ...(changed !== undefined && { changed }),
})
