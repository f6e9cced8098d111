/** Which identifiers are worth a tripwire: those that few but the ring use, and that tell people apart. */
import { isEvidence } from '../evidence/account-facts.ts'
import { linkingAccountsMax } from '../evidence/share.ts'
import type { IdentifierKind } from '../identifiers/kind.ts'
import type { IdentifierKey } from '../model.ts'
import type { StateStore } from '../ports.ts'
import type { KindLookup } from '../projection/entities.ts'
import type { Member, Ring } from '../ring.ts'
import { coreOf } from '../rings/lineage/traits.ts'
import { identifierRowKey } from '../state/fold.ts'
import { compareText } from '../state/order.ts'
import type { Unwired, UnwiredReason, WiredIdentifier } from './tripwire.ts'

type Reads = Pick<StateStore, 'accounts' | 'users'>

export interface ChosenWires {
  readonly identifiers: readonly WiredIdentifier[]
  readonly unwired: readonly Unwired[]
}

/** Those that make the ring, but for victims and bystanders, whose identifiers are their own. */
function actorsOf(members: readonly Member[]): readonly Member[] {
  const makers = new Set(coreOf(members))
  const unharmed = members.filter(({ account, role }) => makers.has(account) && role !== 'victim')
  const acting = unharmed.filter(({ role }) => role !== 'bystander')
  // Models saw nobody act where people see a ring.
  return acting.length > 0 ? acting : unharmed
}

/** Accounts whose identifiers are read, and identifiers that are watched, of one ring. */
const accountsMax = 1_000
const identifiersMax = 2_000

/** What the ring's actors used, and what holds it together. */
export async function wiresOfRing(
  store: Reads,
  { members, head }: Pick<Ring, 'members' | 'head'>,
  kindOf: KindLookup,
): Promise<ChosenWires> {
  const acting = actorsOf(members).slice(0, accountsMax)
  const states = await store.accounts(acting.map(({ account }) => account))
  const ownUsers = new Map<string, Set<string>>()
  const keys = new Map<string, IdentifierKey>()
  for (const { account, uses } of states) {
    for (const { kind, ref, type } of uses) {
      if (!isEvidence(type)) continue
      const key = identifierRowKey({ kind, ref })
      keys.set(key, { kind, ref })
      ownUsers.set(key, (ownUsers.get(key) ?? new Set()).add(account))
    }
  }
  for (const anchor of head.anchors ?? []) {
    const colon = anchor.indexOf(':')
    keys.set(anchor, { kind: anchor.slice(0, colon), ref: anchor.slice(colon + 1) })
  }
  return await wiresOf(store, [...keys.values()], { kindOf, ownUsers: (key) => ownUsers.get(key)?.size ?? 0 })
}

/** Of these identifiers; `ownUsers` says how many of a `kind:ref`'s users the ring has. */
export async function wiresOf(
  store: Pick<Reads, 'users'>,
  keys: readonly IdentifierKey[],
  { kindOf, ownUsers = () => 0 }: { kindOf: KindLookup; ownUsers?: (key: string) => number },
): Promise<ChosenWires> {
  const judged = keys.map((key) => ({ key, why: whyNever(kindOf(key.kind)) }))
  const hopeful = judged.flatMap(({ key, why }) => (why === undefined ? [key] : []))
  const known = new Map(
    (await store.users(hopeful, { usesMax: 1 })).map((found) => [identifierRowKey(found.identifier), found]),
  )
  const wired: WiredIdentifier[] = []
  const unwired = judged.flatMap(({ key, why }) => (why === undefined ? [] : [{ kind: key.kind, why }]))
  for (const { kind, ref } of hopeful) {
    const key = identifierRowKey({ kind, ref })
    const found = known.get(key)
    const accounts = found?.accounts ?? 0
    if (isHub(kindOf(kind), { accounts, own: ownUsers(key) })) unwired.push({ kind, why: 'hub' })
    else wired.push({ kind, ref, mask: found?.identifier.mask ?? '' })
  }
  const byKey = wired.toSorted((a, b) => compareText(identifierRowKey(a), identifierRowKey(b)))
  return { identifiers: byKey.slice(0, identifiersMax), unwired: counted(unwired) }
}

function whyNever(kind: IdentifierKind | undefined): UnwiredReason | undefined {
  if (kind?.household || kind?.evidence.unit === 'day') return 'household'
  return kind?.evidence.links === 'pairs' && kind.evidence.unit === 'value' ? undefined : 'weak'
}

/** Unless it is the ring that makes it one. */
const isHub = (
  kind: IdentifierKind | undefined,
  { accounts, own }: { accounts: number; own: number },
): boolean => kind !== undefined && accounts > linkingAccountsMax(kind.evidence) && own * 2 < accounts

function counted(rows: readonly Omit<Unwired, 'identifiers'>[]): readonly Unwired[] {
  const groups = Map.groupBy(rows, ({ kind, why }) => `${kind} ${why}`)
  return [...groups]
    .toSorted(([a], [b]) => compareText(a, b))
    .flatMap(([, same]) => same.slice(0, 1).map((row) => ({ ...row, identifiers: same.length })))
}
