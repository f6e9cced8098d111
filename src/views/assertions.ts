/** Assertions as the API and the command line show them. */
import type { Assertion } from '../../graph/model.ts'
import type { ReadingStore } from '../../graph/ports.ts'
import type { KindLookup } from '../../graph/projection/entities.ts'
import { roles } from '../../graph/ring.ts'
import { assertedIn, keyOf } from '../assertions.ts'
import { facetsView } from './reads/facets.ts'
import { iso } from './times.ts'

/** `asOf`: the end of the data of the run that is published. */
export const assertionView = (assertion: Assertion, asOf: number | undefined) => ({
  id: assertion.id,
  kind: assertion.kind,
  subjects: [...assertion.subjects],
  role: roles.find((role) => role === assertion.role) ?? null,
  author: assertion.author,
  reason: assertion.reason,
  at: iso(assertion.at),
  expiresAt: assertion.expiresAt === undefined ? null : iso(assertion.expiresAt),
  retractedAt: assertion.retractedAt === undefined ? null : iso(assertion.retractedAt),
  stands: assertion.retractedAt === undefined && (assertion.expiresAt ?? Infinity) > (asOf ?? -Infinity),
})

export type AssertionView = ReturnType<typeof assertionView>

type Store = Pick<ReadingStore, 'accounts' | 'users' | 'assertions' | 'published'>

/** To whoever made it: of identifiers with what follows from their values, which counts as ever. */
export async function madeView(store: Store, assertion: Assertion, kindOf: KindLookup) {
  const run = await store.published()
  const view = assertionView(assertion, run?.asOf)
  if (assertion.kind !== 'shared_by_design') return view
  const asserted = await assertedIn(store, run)
  const facets = []
  for (const subject of assertion.subjects)
    facets.push(...(await facetsView(store, keyOf(subject), { kindOf, asserted })))
  return { ...view, facets: [...new Map(facets.map((one) => [`${one.kind}:${one.ref}`, one])).values()] }
}

export type MadeView = Awaited<ReturnType<typeof madeView>>
