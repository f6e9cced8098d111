/** What a batch of events adds to the state, aggregated so that a store touches every row once. */
import type {
  Activity,
  Happening,
  IdentifierState,
  Relation,
  SeenIdentifier,
  Span,
  StateType,
  StoredEvent,
  Use,
} from '../model.ts'
import { dayOf } from '../time.ts'
import { joinActivity, joinCreatedAt, joinIdentifier, joinRelation, joinUse } from './join.ts'

/** One account's part of a delta, keyed as the store keys its rows. */
export interface AccountDelta {
  createdAt: number | undefined
  readonly activities: Map<string, Activity>
  readonly uses: Map<string, Use>
  readonly relations: Map<string, Relation>
}

export interface StateDelta {
  readonly accounts: ReadonlyMap<string, AccountDelta>
  readonly identifiers: ReadonlyMap<string, IdentifierState>
}

/** Joins the events with each other; joining the result into a state equals joining them one by one. */
export function foldEvents(events: readonly StoredEvent[]): StateDelta {
  const accounts = new Map<string, AccountDelta>()
  const identifiers = new Map<string, IdentifierState>()
  for (const event of events) {
    addToAccount(accountDelta(accounts, event.account), event)
    for (const { account } of event.relations) accountDelta(accounts, account)
    for (const seen of event.identifiers) {
      join(identifiers, [identifierRowKey(seen), identifierOf(event, seen)], joinIdentifier)
    }
  }
  return { accounts, identifiers }
}

export const identifierRowKey = ({ kind, ref }: { kind: string; ref: string }): string => `${kind}:${ref}`
export const useRowKey = (use: { kind: string; ref: string; type: string }): string =>
  `${use.kind}:${use.ref}:${use.type}`
export const relationRowKey = (row: { to: string; relation: string; type: string }): string =>
  `${row.relation}:${row.type}:${row.to}`

/** A failed outcome counts as its own type, named as the contract names failed log-ins and payments. */
export function stateTypeOf({ type, outcome }: Pick<StoredEvent, 'type' | 'outcome'>): StateType {
  return outcome === 'failure' && !type.endsWith('_failed') ? `${type}_failed` : type
}

function accountDelta(accounts: Map<string, AccountDelta>, account: string): AccountDelta {
  const known = accounts.get(account)
  if (known) return known
  const fresh = { createdAt: undefined, activities: new Map(), uses: new Map(), relations: new Map() }
  accounts.set(account, fresh)
  return fresh
}

function addToAccount(delta: AccountDelta, event: StoredEvent): void {
  const type = stateTypeOf(event)
  const span: Span = { firstAt: event.at, lastAt: event.at, days: [dayOf(event.at)] }
  const recent = [happeningOf(event)]
  delta.createdAt = joinCreatedAt(delta.createdAt, event.createdAt)
  join(delta.activities, [type, { type, ...span, recent }], joinActivity)
  for (const seen of event.identifiers) {
    const use = useOf(event, seen, { type, span })
    join(delta.uses, [useRowKey(use), use], joinUse)
  }
  for (const { account: to, relation } of event.relations) {
    const row = { to, relation, type, ...span, recent }
    join(delta.relations, [relationRowKey(row), row], joinRelation)
  }
}

const useOf = (
  event: StoredEvent,
  { kind, ref }: SeenIdentifier,
  { type, span }: { type: StateType; span: Span },
): Use => ({
  kind,
  ref,
  type,
  ...span,
  sessions: event.session === undefined ? [] : [{ at: event.at, session: event.session }],
  times: kind === 'target' ? [event.at] : [],
})

const happeningOf = ({ at, id, outcome, amount, currency, changed }: StoredEvent): Happening => ({
  at,
  id,
  outcome,
  ...(amount !== undefined && { amount }),
  ...(currency !== undefined && { currency }),
  ...(changed !== undefined && { changed }),
})

const identifierOf = (event: StoredEvent, seen: SeenIdentifier): IdentifierState => ({
  kind: seen.kind,
  ref: seen.ref,
  mask: seen.mask,
  tables: event.tables,
  ...(seen.class !== undefined && { class: seen.class }),
  ...(seen.asn !== undefined && { asn: seen.asn }),
  ...(seen.place !== undefined && { place: seen.place }),
  ...(seen.display !== undefined && { display: { text: seen.display, at: event.at, id: event.id } }),
  ...(seen.sealed !== undefined && { sealed: seen.sealed }),
})

/** Puts a row under its key, joined with the one that is there. */
function join<T>(rows: Map<string, T>, [key, row]: readonly [string, T], joinRows: (a: T, b: T) => T): void {
  const known = rows.get(key)
  rows.set(key, known === undefined ? row : joinRows(known, row))
}
