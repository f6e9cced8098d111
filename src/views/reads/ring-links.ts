/** The links inside a ring, strongest first, page by page. */
import type { RingScene } from '../../../graph/explain/ring.ts'
import type { IdentifierKey } from '../../../graph/model.ts'
import { linkView } from '../explanation.ts'
import { type Place, pageAfter } from '../places.ts'
import { withRoles } from './ring-rows.ts'

/** Identifiers told of one link. */
const partsMax = 8

export interface LinksAsked {
  readonly limit: number
  /** Only its links. */
  readonly account?: string | undefined
  /** Only those that it is part of. */
  readonly identifier?: IdentifierKey | undefined
}

export function ringLinksView(
  { ring, evidence, truncated }: RingScene,
  { limit, after, account, identifier }: LinksAsked & { readonly after?: Place | undefined },
) {
  const links = evidence.links.filter(
    ({ a, b, shared }) =>
      (account === undefined || a === account || b === account) &&
      (identifier === undefined ||
        shared.some(({ kind, ref }) => kind === identifier.kind && ref === identifier.ref)),
  )
  const placeOf = ({ a, b, evidence: value }: (typeof links)[number]): Place => ({
    value,
    id: JSON.stringify([a, b]),
  })
  const { page, next } = pageAfter(links, { placeOf, after, limit })
  const [left] = next ? pageAfter(links, { placeOf, after: next, limit: 1 }).page : []
  return {
    ring: ring.id,
    version: ring.version,
    items: page.map((link) => withRoles(linkView({ ...link, chance: [] }, partsMax), ring)),
    total: links.length,
    restAtMost: left?.evidence ?? 0,
    next,
    truncated,
  }
}
