/** Whom an account that does not exist yet would be linked to: the same sums as if its events were stored. */
import { bornAtOf } from '../../evidence/account-facts.ts'
import { microNats, probabilityOf } from '../../evidence/share.ts'
import type { AccountState, IdentifierKey, IdentifierState, StoredEvent } from '../../model.ts'
import type { IdentifierUse, IdentifierUsers, StateStore } from '../../ports.ts'
import type { KindLookup } from '../../projection/entities.ts'
import { canonicalAccount } from '../../state/canonical.ts'
import { foldEvents, identifierRowKey, relationRowKey, type StateDelta, useRowKey } from '../../state/fold.ts'
import { joinActivity, joinCreatedAt, joinIdentifier, joinRelation, joinUse } from '../../state/join.ts'
import { compareText } from '../../state/order.ts'
import type { DirectLink } from '../link.ts'
import { type ExplainOptions, linksOf } from '../path.ts'
import { withoutDays } from '../shared.ts'

type Reads = Pick<StateStore, 'accounts' | 'users'>

export interface NewcomerLink extends DirectLink {
  /** The account that is stored. */
  readonly account: string
}

export interface NewcomerRing {
  readonly ring: string
  /** That the newcomer belongs to it: by its evidence with all members together, as a member's is. */
  readonly probability: number
  /** Members it is linked to. */
  readonly linked: number
}

/** What is known of one account that a store may know too, less or more. */
export interface Newcomer {
  readonly state: AccountState
  /** Those it uses, by `identifierRowKey`. */
  readonly identifiers: ReadonlyMap<string, IdentifierState>
}

/** `events` are one account's. */
export function newcomerOf(events: readonly [StoredEvent, ...StoredEvent[]]): Newcomer {
  const delta = foldEvents(events)
  return { state: stateIn(delta, events[0].account), identifiers: delta.identifiers }
}

/** Both are the same account. */
export function joinNewcomers(one: Newcomer, other: Newcomer): Newcomer {
  const identifiers = new Map(one.identifiers)
  for (const [key, added] of other.identifiers) {
    const known = identifiers.get(key)
    identifiers.set(key, known ? joinIdentifier(known, added) : added)
  }
  return { state: joined(one.state, other.state) ?? one.state, identifiers }
}

/** Writes nothing. Links come most evidence first, `asRemembered`. Throws what the store throws. */
export async function linksOfNewcomer(
  store: Reads,
  newcomer: Newcomer,
  options: Omit<ExplainOptions, 'statistics'>,
): Promise<{ readonly links: readonly NewcomerLink[]; readonly truncated: boolean }> {
  const { account } = newcomer.state
  const { links, truncated } = await linksOf(asIfRecorded(store, newcomer), account, options)
  const named = links.map((link) => ({
    ...asRemembered(link, options.kindOf),
    account: link.a === account ? link.b : link.a,
  }))
  return {
    links: named.toSorted((x, y) => y.evidence - x.evidence || compareText(x.account, y.account)),
    truncated,
  }
}

/** A link as a snapshot knows it too: of what is not counted by the day without days. */
export const asRemembered = (link: DirectLink, kindOf: KindLookup): DirectLink => ({
  ...link,
  shared: link.shared.map((row) => (kindOf(row.kind)?.evidence.unit === 'day' ? row : withoutDays(row))),
})

/** Rings of linked accounts, the most probable first. */
export function ringsOfNewcomer(
  links: readonly NewcomerLink[],
  ringOf: (account: string) => string | undefined,
): readonly NewcomerRing[] {
  const rings = new Map<string, { evidence: number; linked: number }>()
  for (const { account, evidence } of links) {
    const ring = ringOf(account)
    if (ring === undefined) continue
    const known = rings.get(ring) ?? { evidence: 0, linked: 0 }
    rings.set(ring, { evidence: known.evidence + evidence, linked: known.linked + 1 })
  }
  return [...rings]
    .map(([ring, { evidence, linked }]) => ({ ring, linked, probability: rounded(evidence) }))
    .toSorted((x, y) => y.probability - x.probability || compareText(x.ring, y.ring))
}

const rounded = (evidence: number): number =>
  Math.round(probabilityOf(Math.round(evidence * microNats)) * microNats) / microNats

/** The store as it would read had all that is known of the newcomer been recorded; the same when it has been. */
function asIfRecorded(store: Reads, { state, identifiers }: Newcomer): Reads {
  const newcomers = new Map([[state.account, state]])
  return {
    async accounts(ids) {
      const stored = new Map((await store.accounts(ids)).map((state) => [state.account, state]))
      return ids.flatMap((id) => joined(stored.get(id), newcomers.get(id)) ?? [])
    },
    async users(keys, options) {
      const [found, known] = await Promise.all([
        store.users(keys, options),
        store.accounts([...newcomers.keys()]),
      ])
      const stored = new Map(found.map((one) => [identifierRowKey(one.identifier), one]))
      const before = new Map(known.map((state) => [state.account, state]))
      const states = [joined(before.get(state.account), state) ?? state]
      return keys.flatMap((key) => {
        const own = usesOf(states, identifierRowKey(key))
        if (own.length === 0) return stored.get(identifierRowKey(key)) ?? []
        const had = new Set(usesOf(known, identifierRowKey(key)).map(({ account }) => account))
        return joinUsers(stored.get(identifierRowKey(key)), own, { identifiers, had, key, ...options })
      })
    },
  }
}

function joined(stored: AccountState | undefined, added: AccountState | undefined): AccountState | undefined {
  if (!stored || !added) return stored ?? added
  const createdAt = joinCreatedAt(stored.createdAt, added.createdAt)
  return canonicalAccount({
    account: stored.account,
    ...(createdAt !== undefined && { createdAt }),
    activities: joinRows([...stored.activities, ...added.activities], ({ type }) => type, joinActivity),
    uses: joinRows([...stored.uses, ...added.uses], useRowKey, joinUse),
    relations: joinRows([...stored.relations, ...added.relations], relationRowKey, joinRelation),
    labels: stored.labels,
  })
}

function joinRows<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  join: (a: Row, b: Row) => Row,
): readonly Row[] {
  const byKey = new Map<string, Row>()
  for (const row of rows) {
    const known = byKey.get(keyOf(row))
    byKey.set(keyOf(row), known === undefined ? row : join(known, row))
  }
  return [...byKey.values()]
}

function stateIn(delta: StateDelta, account: string): AccountState {
  const rows = delta.accounts.get(account)
  return canonicalAccount({
    account,
    ...(rows?.createdAt !== undefined && { createdAt: rows.createdAt }),
    activities: [...(rows?.activities.values() ?? [])],
    uses: [...(rows?.uses.values() ?? [])],
    relations: [...(rows?.relations.values() ?? [])],
    labels: [],
  })
}

function usesOf(states: readonly AccountState[], key: string): readonly IdentifierUse[] {
  return states.flatMap((state) => {
    const bornAt = bornAtOf(state)
    return state.uses
      .filter((use) => identifierRowKey(use) === key)
      .map((use) => ({ ...use, account: state.account, ...(bornAt !== undefined && { bornAt }) }))
  })
}

interface Joining {
  readonly identifiers: Newcomer['identifiers']
  readonly key: IdentifierKey
  /** Accounts of the events that used it before. */
  readonly had: ReadonlySet<string>
  readonly usesMax: number
}

function joinUsers(
  found: IdentifierUsers | undefined,
  own: readonly IdentifierUse[],
  { identifiers, had, key, usesMax }: Joining,
): readonly IdentifierUsers[] {
  const added = identifiers.get(identifierRowKey(key))
  const identifier = found && added ? joinIdentifier(found.identifier, added) : (found?.identifier ?? added)
  if (!identifier) return []
  const ours = new Set(own.map(({ account }) => account))
  const newcomers = [...ours].filter((account) => !had.has(account)).length
  const others = (found?.uses ?? []).filter(({ account }) => !ours.has(account))
  const uses = [...others, ...own].toSorted(
    (x, y) => compareText(x.account, y.account) || compareText(x.type, y.type),
  )
  return [{ identifier, accounts: (found?.accounts ?? 0) + newcomers, uses: uses.slice(0, usesMax) }]
}
