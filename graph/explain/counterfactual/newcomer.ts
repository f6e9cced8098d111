/** Whom an account that does not exist yet would be linked to: the same sums as if its events were stored. */
import { bornAtOf } from '../../evidence/account-facts.ts'
import { microNats, probabilityOf } from '../../evidence/share.ts'
import type { AccountState, StoredEvent } from '../../model.ts'
import type { IdentifierUse, IdentifierUsers, StateStore } from '../../ports.ts'
import { canonicalAccount } from '../../state/canonical.ts'
import { foldEvents, identifierRowKey, type StateDelta } from '../../state/fold.ts'
import { joinIdentifier } from '../../state/join.ts'
import { compareText } from '../../state/order.ts'
import type { DirectLink } from '../link.ts'
import { type ExplainOptions, linksOf } from '../path.ts'

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

/**
 * `events` are one account's, which the store does not know. Writes nothing. Links come most evidence first.
 * Throws what the store throws.
 */
export async function linksOfNewcomer(
  store: Reads,
  events: readonly [StoredEvent, ...StoredEvent[]],
  options: Omit<ExplainOptions, 'statistics'>,
): Promise<{ readonly links: readonly NewcomerLink[]; readonly truncated: boolean }> {
  const { account } = events[0]
  const { links, truncated } = await linksOf(asIfRecorded(store, events), account, options)
  const named = links.map((link) => ({ ...link, account: link.a === account ? link.b : link.a }))
  return {
    links: named.toSorted((x, y) => y.evidence - x.evidence || compareText(x.account, y.account)),
    truncated,
  }
}

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

/** The store as it would read had a new account's events been recorded. */
function asIfRecorded(store: Reads, events: readonly StoredEvent[]): Reads {
  const delta = foldEvents(events)
  const newcomers = new Map([...delta.accounts].map(([account]) => [account, stateIn(delta, account)]))
  return {
    async accounts(ids) {
      const stored = new Map((await store.accounts(ids)).map((state) => [state.account, state]))
      return ids.flatMap((id) => stored.get(id) ?? newcomers.get(id) ?? [])
    },
    async users(keys, options) {
      const stored = new Map(
        (await store.users(keys, options)).map((found) => [identifierRowKey(found.identifier), found]),
      )
      return keys.flatMap((key) => {
        const found = stored.get(identifierRowKey(key))
        const own = usesOf([...newcomers.values()], identifierRowKey(key))
        if (own.length === 0) return found ?? []
        return joinUsers(found, own, { delta, key: identifierRowKey(key), ...options })
      })
    },
  }
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

function joinUsers(
  found: IdentifierUsers | undefined,
  own: readonly IdentifierUse[],
  { delta, key, usesMax }: { delta: StateDelta; key: string; usesMax: number },
): readonly IdentifierUsers[] {
  const added = delta.identifiers.get(key)
  const identifier = found && added ? joinIdentifier(found.identifier, added) : (found?.identifier ?? added)
  if (!identifier) return []
  const newcomers = new Set(own.map(({ account }) => account)).size
  const uses = [...(found?.uses ?? []), ...own].toSorted(
    (x, y) => compareText(x.account, y.account) || compareText(x.type, y.type),
  )
  return [{ identifier, accounts: (found?.accounts ?? 0) + newcomers, uses: uses.slice(0, usesMax) }]
}
