/**
 * The state as canonical lines of text: equal states give equal lines, whatever the store and the order of
 * arrival, and every stored field is in some line. A digest is computed over them (src/store/digest.ts).
 */
import type { AccountState, Assertion, Happening, IdentifierState, Span } from '../model.ts'
import { compareText } from './order.ts'

/** The account with its lists in canonical order, so that two stores answer alike. */
export const canonicalAccount = (state: AccountState): AccountState => ({
  ...state,
  activities: state.activities.toSorted((a, b) => compareText(a.type, b.type)),
  uses: state.uses.toSorted(
    (a, b) => compareText(a.kind, b.kind) || compareText(a.ref, b.ref) || compareText(a.type, b.type),
  ),
  relations: state.relations.toSorted(
    (a, b) => compareText(a.relation, b.relation) || compareText(a.to, b.to) || compareText(a.type, b.type),
  ),
  labels: state.labels.toSorted((a, b) => compareText(a.source, b.source)),
})

export function accountLines(state: AccountState): readonly string[] {
  const { account } = state
  return [
    line('account', account, state.createdAt ?? null),
    ...state.activities.map((row) =>
      line('activity', account, row.type, span(row), row.recent.map(happening)),
    ),
    ...state.uses.map((row) =>
      line(
        'use',
        account,
        [row.kind, row.ref, row.type],
        span(row),
        row.sessions.map(({ at, session }) => [at, session]),
        row.times,
      ),
    ),
    ...state.relations.map((row) =>
      line('relation', account, [row.relation, row.to, row.type], span(row), row.recent.map(happening)),
    ),
    ...state.labels.map((row) => line('label', account, row.source, row.label, row.reason ?? null, row.at)),
  ]
}

export const identifierLine = (row: IdentifierState): string =>
  line(
    'identifier',
    [row.kind, row.ref],
    row.mask,
    row.tables,
    row.class ?? null,
    row.asn ?? null,
    row.display ? [row.display.text, row.display.at, row.display.id] : null,
    ...(row.place === undefined ? [] : [row.place]),
  )

export const assertionLine = (row: Assertion): string =>
  line(
    'assertion',
    row.id,
    row.kind,
    row.subjects,
    row.role ?? null,
    [row.author, row.reason],
    [row.at, row.expiresAt ?? null, row.retractedAt ?? null],
  )

type Json = string | number | null | readonly Json[]

/** JSON, because it cannot confuse two fields with one. */
const line = (...fields: readonly Json[]): string => JSON.stringify(fields)

const span = ({ firstAt, lastAt, days }: Span): Json => [firstAt, lastAt, days]

/** What is not said adds nothing, so that states from before it could be said have the digest they had. */
const happening = ({ at, id, outcome, amount, currency, changed }: Happening): Json => [
  at,
  id,
  outcome,
  amount ?? null,
  currency ?? null,
  ...(changed === undefined ? [] : [changed]),
]
