/** Identifiers that follow from the value of another: the network of an address, the domain of an e-mail address. */
import type { Asserted } from '../../../graph/assertions/standing.ts'
import type { AccountState, IdentifierKey } from '../../../graph/model.ts'
import type { IdentifierUse, ReadingStore } from '../../../graph/ports.ts'
import type { KindLookup } from '../../../graph/projection/entities.ts'
import { compareKeys } from '../../../graph/state/order.ts'

/** A few tell apart what one of them did besides. */
const accountsMax = 20
const usesMax = 500
/** An account alone on an address may have used many on its days. */
const facetsMax = 20

interface Reading {
  readonly kindOf: KindLookup
  readonly asserted: Asserted
}

/**
 * Of kinds that follow from the identifier's: those that every account looked at used whenever it used the identifier.
 * The state does not say what followed from what, so of an account that used two addresses at once both networks are told.
 * Most used first.
 */
export async function facetsView(
  store: Pick<ReadingStore, 'accounts' | 'users'>,
  key: IdentifierKey,
  { kindOf, asserted }: Reading,
) {
  const kinds = kindOf(key.kind)?.derives ?? []
  const [found] = kinds.length > 0 ? await store.users([key], { usesMax }) : []
  if (!found) return []
  const users = Map.groupBy(found.uses, ({ account }) => account)
  const states = await store.accounts([...users.keys()].slice(0, accountsMax))
  const [first, ...others] = states.map((state) => usedWith(state, users.get(state.account) ?? [], kinds))
  const facets = [...(first ?? [])].filter(([name]) => others.every((other) => other.has(name)))
  const read = await store.users(
    facets.slice(0, facetsMax).map(([, facet]) => facet),
    { usesMax: 1 },
  )
  return read
    .map(({ identifier: { kind, ref, mask }, accounts }) => ({
      kind,
      ref,
      mask,
      accounts,
      sharedByDesign: asserted.shared.has(`${kind}:${ref}`),
    }))
    .toSorted((x, y) => y.accounts - x.accounts || compareKeys([x.kind, x.ref], [y.kind, y.ref]))
}

/** What an account used in events of every type and on every day of these uses, by name. */
function usedWith(
  { uses }: AccountState,
  own: readonly IdentifierUse[],
  kinds: readonly string[],
): ReadonlyMap<string, IdentifierKey> {
  const among = uses.filter(({ kind }) => kinds.includes(kind))
  const isWith = ({ kind, ref }: IdentifierKey): boolean =>
    own.every(({ type, days }) => {
      const then = among.find((use) => use.kind === kind && use.ref === ref && use.type === type)
      return then !== undefined && days.every((day) => then.days.includes(day))
    })
  return new Map(among.filter(isWith).map(({ kind, ref }) => [`${kind}:${ref}`, { kind, ref }]))
}
