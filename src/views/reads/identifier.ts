/** An identifier's page: how many use it, what it says of two of them, and who they are by when they came. */
import type { Weighing } from '../../../graph/explain/picture/pair-evidence.ts'
import type { IdentifierKey } from '../../../graph/model.ts'
import type { IdentifierUse, IdentifierUsers, ReadingStore } from '../../../graph/ports.ts'
import { compareText } from '../../../graph/state/order.ts'
import { iso } from '../times.ts'
import { identifierFacts } from './account.ts'

/** Uses read of one identifier: an account has one for each type of event. */
const usesMax = 5_000

/** `undefined` for one that nobody used. */
export async function identifierView(
  store: Pick<ReadingStore, 'users'>,
  key: IdentifierKey,
  { limit, ...weighing }: Weighing & { readonly limit: number },
) {
  const [found] = await store.users([key], { usesMax })
  if (!found) return undefined
  const users = usersOf(found.uses)
  const times = found.uses.flatMap(({ firstAt, lastAt }) => [firstAt, lastAt])
  return {
    ...briefOf(found, weighing),
    firstSeen: times.length === 0 ? null : iso(times.reduce((a, b) => Math.min(a, b))),
    lastSeen: times.length === 0 ? null : iso(times.reduce((a, b) => Math.max(a, b))),
    users: users.slice(0, limit),
    truncated: users.length > limit || found.accounts > users.length,
  }
}

export const briefOf = (found: IdentifierUsers, weighing: Weighing) => ({
  ...identifierFacts(found, weighing),
  sharedByDesign: weighing.asserted?.shared.has(`${found.identifier.kind}:${found.identifier.ref}`) ?? false,
})

/** Who came first comes first. */
function usersOf(uses: readonly IdentifierUse[]) {
  return [...Map.groupBy(uses, ({ account }) => account)]
    .map(([account, own]) => ({
      account,
      firstAt: own.reduce((first, { firstAt }) => Math.min(first, firstAt), Infinity),
      lastAt: own.reduce((last, { lastAt }) => Math.max(last, lastAt), -Infinity),
      days: new Set(own.flatMap(({ days }) => days)).size,
    }))
    .toSorted((a, b) => a.firstAt - b.firstAt || compareText(a.account, b.account))
    .map(({ account, firstAt, lastAt, days }) => ({
      account,
      firstSeen: iso(firstAt),
      lastSeen: iso(lastAt),
      days,
    }))
}
