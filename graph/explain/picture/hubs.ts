/** What several accounts of a ring use and no link comes of: who of the ring does, and what ties those to it otherwise. */
import { tiesOf } from '../../evidence/account-facts.ts'
import type { Family } from '../../identifiers/kind.ts'
import type { IdentifierClass, IdentifierKey } from '../../model.ts'
import type { StateStore } from '../../ports.ts'
import type { KindLookup } from '../../projection/entities.ts'
import { compareKeys, compareText } from '../../state/order.ts'
import { keyOf } from '../counterfactual/surroundings.ts'
import type { RingScene } from '../ring.ts'

/** A member of a ring that uses an identifier. */
export interface MemberUse {
  readonly account: string
  /** Nats of its links to accounts of the ring that carry risk. */
  readonly tie: number
  readonly firstAt: number
  readonly lastAt: number
  /** Active days. */
  readonly days: number
}

export interface Hub extends IdentifierKey {
  readonly mask: string
  readonly family: Family
  readonly class?: IdentifierClass
  readonly display?: string
  readonly members: number
  readonly accounts: number
  /** Members of the ring, by what ties them to it: most first. */
  readonly users: readonly MemberUse[]
}

const hubsMax = 20
/** Members told of one hub. */
const usersMax = 200

type Ties = ReadonlyMap<string, number>

/** Members that use it, by what ties them to the ring: also of what too many use to tie anybody. */
export function membersOn(
  { accounts, read }: Pick<RingScene, 'accounts' | 'read'>,
  key: IdentifierKey,
  ties: Ties,
): readonly MemberUse[] {
  const uses = accounts.flatMap((account): readonly MemberUse[] => {
    const state = read.states.get(account)
    const use = state && tiesOf(state).find((tie) => keyOf(tie) === keyOf(key))
    if (!use) return []
    const { firstAt, lastAt, days } = use
    return [{ account, tie: ties.get(account) ?? 0, firstAt, lastAt, days: days.length }]
  })
  return uses.toSorted((x, y) => y.tie - x.tie || compareText(x.account, y.account))
}

export interface HubSearch {
  /** By `kind:ref`: what is drawn is no hub. */
  readonly drawn: ReadonlySet<string>
  readonly ties: Ties
  readonly kindOf: KindLookup
}

export async function hubsIn(
  store: Pick<StateStore, 'users'>,
  scene: RingScene,
  search: HubSearch,
): Promise<{ readonly hubs: readonly Hub[]; readonly hubsOmitted: number }> {
  const found = sharedByMany(scene, search)
  const shown = found.slice(0, hubsMax)
  const users = shown.length > 0 ? await store.users(shown, { usesMax: 1 }) : []
  const hubs = users.map(({ identifier: { kind, ref, mask, class: className, display }, accounts }): Hub => {
    const members = membersOn(scene, { kind, ref }, search.ties)
    return {
      kind,
      ref,
      mask,
      family: search.kindOf(kind)?.family ?? 'network',
      ...(className !== undefined && { class: className }),
      ...(display !== undefined && { display: display.text }),
      members: members.length,
      accounts,
      users: members.slice(0, usersMax),
    }
  })
  return { hubs, hubsOmitted: found.length - hubs.length }
}

/** By how many members use it. */
function sharedByMany({ accounts, read }: RingScene, { drawn, kindOf }: HubSearch): readonly IdentifierKey[] {
  const users = new Map<string, IdentifierKey & { members: number }>()
  for (const account of accounts) {
    const state = read.states.get(account)
    for (const { kind, ref } of state ? tiesOf(state) : []) {
      const key = keyOf({ kind, ref })
      if (drawn.has(key) || (kindOf(kind)?.evidence.links ?? 'never') === 'never') continue
      const row = users.get(key) ?? { kind, ref, members: 0 }
      users.set(key, row)
      row.members += 1
    }
  }
  return [...users.values()]
    .filter(({ members }) => members > 1)
    .toSorted((x, y) => y.members - x.members || compareKeys([x.kind, x.ref], [y.kind, y.ref]))
}
