/**
 * Accounts that what happened since the last run links to a published ring: kept in memory beside the snapshot, weighed
 * by what the snapshot knows, and let go once a snapshot was made of it.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { areHousehold } from '../../graph/assertions/rings.ts'
import { type Asserted, nothingAsserted, saidSince, sameAs } from '../../graph/assertions/standing.ts'
import {
  joinNewcomers,
  linksOfNewcomer,
  type Newcomer,
  type NewcomerLink,
  newcomerOf,
  ringsOfNewcomer,
} from '../../graph/explain/counterfactual/newcomer.ts'
import { seenAccount } from '../../graph/explain/counterfactual/surroundings.ts'
import { defaultPathCaps } from '../../graph/explain/path.ts'
import type { SharedEvidence } from '../../graph/explain/shared.ts'
import type { AccountState, IdentifierKey, IdentifierState, StoredEvent } from '../../graph/model.ts'
import type { ChangedState, StateStore } from '../../graph/ports.ts'
import type { KindLookup } from '../../graph/projection/entities.ts'
import { identifierRowKey } from '../../graph/state/fold.ts'
import type { SnapshotRing } from '../snapshot/format.ts'
import type { SnapshotHolder } from '../snapshot/holder.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'
import type { HeldAssertions } from './held-assertions.ts'

/** Below it the account is as likely somebody else. */
export const membershipMin = 0.5

/** Of more accounts the oldest are let go: the next run finds them. */
const accountsMax = 100_000
const linksMax = 3

/** Weighed anew before anybody else has a turn: some milliseconds. */
const perSlice = 100

export interface Provisional {
  readonly ring: SnapshotRing
  /** That the account belongs to it. */
  readonly membership: number
  /** That its owner is that of the member it is most likely shared with, who takes part in fraud. */
  readonly risk: number
  /** To members, most evidence first. */
  readonly links: readonly NewcomerLink[]
}

export interface LiveLinks {
  /** Of an account that no published ring holds. */
  of(account: string): Provisional | undefined
  /** Whether nobody came since. */
  isEmpty(): boolean
  /** What was just accepted. Resolves when it is answered. */
  see(events: readonly StoredEvent[]): Promise<void>
  /** What any process joined. */
  follow(changed: Pick<ChangedState, 'accounts' | 'identifiers'>): Promise<void>
  /** Reads anew what people hold to be true. Resolves when whomever it is of is answered by it. */
  hear(): Promise<void>
}

interface Entry {
  readonly newcomer: Newcomer
  readonly found?: Provisional
}

interface LiveLinksServices {
  readonly snapshots: SnapshotHolder
  readonly said?: HeldAssertions
  readonly kindOf: KindLookup
}

export function liveLinks({ snapshots, kindOf, said: held }: LiveLinksServices): LiveLinks {
  const entries = new Map<string, Entry>()
  const asserted = (): Asserted => held?.now() ?? nothingAsserted
  const newlySaid = newlySaidBy(snapshots, asserted)

  async function keep(newcomer: Newcomer): Promise<void> {
    const { account } = newcomer.state
    const snapshot = snapshots.current()
    entries.delete(account)
    if (!snapshot || !isNews(snapshot, newcomer, newlySaid())) return
    const found = await attachmentOf(snapshot, newcomer, { kindOf, asserted: asserted() })
    entries.set(account, { newcomer, ...(found && { found }) })
    letGo(entries)
  }

  /** Whether it matters; most of what happens leads to no ring. */
  const isTelling = (account: string, keys: readonly IdentifierKey[]): boolean =>
    entries.has(account) || snapshots.current()?.uses?.leadsToRing(account, keys) === true

  async function add(newcomer: Newcomer): Promise<void> {
    const known = entries.get(newcomer.state.account)
    await keep(known ? joinNewcomers(known.newcomer, newcomer) : newcomer)
  }

  /** Others go on being answered meanwhile: by what was known before, until it is an account's turn. */
  async function weigh(accounts: Iterable<string>): Promise<void> {
    for (const [i, account] of [...accounts].entries()) {
      if (i > 0 && i % perSlice === 0) await nextTurn()
      // What came meanwhile is in it.
      const known = entries.get(account)?.newcomer
      if (known || newlySaid().has(account)) await keep(known ?? unseen(account))
    }
  }

  snapshots.onSwap(() => weigh(new Set([...entries.keys(), ...newlySaid()])))

  return {
    of: (account) => entries.get(account)?.found,
    isEmpty: () => entries.size === 0,
    async see(events) {
      for (const [account, own] of Map.groupBy(events, (event) => event.account)) {
        const [first, ...rest] = own
        const keys = own.flatMap(({ identifiers }) => identifiers)
        if (first && isTelling(account, keys)) await add(newcomerOf([first, ...rest]))
      }
    },
    async follow({ accounts, identifiers }) {
      const known = new Map(identifiers.map((one) => [identifierRowKey(one), one]))
      for (const state of accounts)
        if (isTelling(state.account, state.uses))
          await add({ state, identifiers: identifiersOf(state, known) })
    },
    async hear() {
      const subjects = new Set(((await held?.refresh()) ?? []).flatMap((one) => one.subjects))
      const said = [...newlySaid()].filter((account) => subjects.has(account))
      await weigh(new Set([...namedBy(subjects, entries), ...said]))
    },
  }
}

function letGo(entries: Map<string, Entry>): void {
  for (const oldest of entries.keys()) {
    if (entries.size <= accountsMax) break
    entries.delete(oldest)
  }
}

/** Accounts that are named, or that use an identifier that is. */
const namedBy = (subjects: ReadonlySet<string>, entries: ReadonlyMap<string, Entry>): readonly string[] =>
  [...entries.keys()].filter(
    (account) =>
      subjects.has(account) ||
      entries.get(account)?.newcomer.state.uses.some(({ kind, ref }) => subjects.has(`${kind}:${ref}`)),
  )

/** Of whom nothing happened since. */
const unseen = (account: string): Newcomer => ({
  state: seenAccount(account, undefined),
  identifiers: new Map(),
})

/** What was said from then on, the run that is served may not have read. */
const begunAt = (snapshot: Snapshot | undefined): number =>
  snapshot ? snapshot.run.publishedAt - snapshot.run.tookMs : Infinity

/** Accounts of which the run that is served may not have read what is said; found anew when either changes. */
function newlySaidBy(
  snapshots: Pick<SnapshotHolder, 'current'>,
  asserted: () => Asserted,
): () => ReadonlySet<string> {
  let known: { snapshot?: Snapshot | undefined; by?: Asserted; accounts: ReadonlySet<string> } = {
    accounts: new Set(),
  }
  return () => {
    const [snapshot, by] = [snapshots.current(), asserted()]
    if (known.snapshot !== snapshot || known.by !== by)
      known = { snapshot, by, accounts: saidSince(by, begunAt(snapshot)) }
    return known.accounts
  }
}

/** Whether the snapshot was made without some of it, and the account is in no ring. */
function isNews(
  snapshot: Snapshot,
  { state, identifiers }: Newcomer,
  newlySaid: ReadonlySet<string>,
): boolean {
  if (snapshot.risk(state.account)?.ring) return false
  if (newlySaid.has(state.account)) return true
  return identifiers.size > 0 && snapshot.uses?.covers(state.account, [...identifiers.values()]) === false
}

async function attachmentOf(
  snapshot: Snapshot,
  newcomer: Newcomer,
  { kindOf, asserted }: { readonly kindOf: KindLookup; readonly asserted: Asserted },
): Promise<Provisional | undefined> {
  const { account } = newcomer.state
  const known = snapshot.uses?.among([...newcomer.identifiers.values()])
  if (!known) return undefined
  const { publicness } = snapshot
  const store = { ...known, accounts: withSaid(known.accounts, sameAs(asserted, account)) }
  const found = await linksOfNewcomer(store, newcomer, {
    kindOf,
    publicness,
    asserted,
    caps: defaultPathCaps,
  })
  const isNew = ({ said, shared }: NewcomerLink): boolean =>
    (said?.by.kind === 'same_actor' && said.by.at >= begunAt(snapshot)) ||
    shared.some((row) => isDecisive(row, kindOf))
  const links = found.links.filter((link) => isNew(link) && !areHousehold(asserted, account, link.account))
  const standing = new Map(links.map(({ account }) => [account, snapshot.risk(account)]))
  const ringOf = (account: string): string | undefined => standing.get(account)?.ring?.id
  const [nearest] = ringsOfNewcomer(links, ringOf)
  if (!nearest || nearest.probability < membershipMin) return undefined
  const members = links.filter(({ account }) => ringOf(account) === nearest.ring)
  const ring = standing.get(members[0]?.account ?? '')?.ring
  const risks = members.map(({ account, probability }) => probability * (standing.get(account)?.risk ?? 0))
  const risk = Math.round(Math.max(...risks) * 1e6) / 1e6
  return ring && { ring, membership: nearest.probability, risk, links: members.slice(0, linksMax) }
}

/** Those that share nothing with whoever is said to be of one actor with them too. */
const withSaid =
  (accounts: StateStore['accounts'], same: readonly string[]): StateStore['accounts'] =>
  async (ids) => {
    const known = new Map((await accounts(ids)).map((state) => [state.account, state]))
    return ids.flatMap((id) => known.get(id) ?? (same.includes(id) ? seenAccount(id, undefined) : []))
  }

/** That of sign-ups on one day at one address is not: a campus is full of them. */
const isDecisive = ({ kind, countsAs, evidence }: SharedEvidence, kindOf: KindLookup): boolean =>
  evidence > 0 && countsAs === kind && kindOf(kind)?.evidence.links === 'pairs'

/** An identifier of which nothing was told anew is known by its name. */
const identifiersOf = (
  { uses }: AccountState,
  known: ReadonlyMap<string, IdentifierState>,
): ReadonlyMap<string, IdentifierState> =>
  new Map(
    uses.map(({ kind, ref }) => {
      const key = identifierRowKey({ kind, ref })
      return [key, known.get(key) ?? { kind, ref, mask: '', tables: 0 }]
    }),
  )
