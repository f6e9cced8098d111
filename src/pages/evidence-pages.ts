/** Pages of a ring's evidence: its links, its accounts by what they use, and what would be without an identifier. */
import { AppError } from '../../graph/errors.ts'
import { type RingMatrix, ringMatrix } from '../../graph/explain/picture/matrix.ts'
import { ringScene } from '../../graph/explain/ring.ts'
import type { IdentifierKey } from '../../graph/model.ts'
import type { Place } from '../views/places.ts'
import { matrixView } from '../views/reads/matrix.ts'
import { type LinksAsked, ringLinksView } from '../views/reads/ring-links.ts'
import { withoutView } from '../views/ring-explanation.ts'
import { type Desk, movedOf, type RingPage, ringOf } from './desk.ts'

export const evidencePages = {
  async links(
    { store, ...options }: Desk,
    { limit, after, account, identifier, ...page }: RingPage & LinksAsked & { readonly after?: Place | undefined },
  ) {
    const ring = await ringOf(store, page)
    const asked = account === undefined ? {} : { about: account }
    const scene = await ringScene(store, ring, { ...options, ...asked })
    return {
      ...ringLinksView(scene, { limit, after, account, identifier }),
      ...(await movedOf(store, ring)),
    }
  },

  async matrix(
    { store, ...options }: Desk,
    { rows, columns, ...page }: RingPage & { readonly rows: number; readonly columns: number },
  ) {
    const ring = await ringOf(store, page)
    const found: RingMatrix = await ringMatrix(store, ring, { ...options, rowsMax: rows, columnsMax: columns })
    return { ...matrixView(found, options.run?.asOf ?? ring.head.lastSeen), ...(await movedOf(store, ring)) }
  },

  /** Of an identifier that ties the ring; `null` where links alone do not make it, so that nothing is foretold. */
  async without({ store, ...options }: Desk, { kind, ref, ...page }: RingPage & IdentifierKey) {
    const ring = await ringOf(store, page)
    const scene = await ringScene(store, ring, options)
    const tie = scene.evidence.ties.find((one) => one.kind === kind && one.ref === ref)
    if (!tie) throw new AppError('not_found', 'The identifier does not tie this ring: its matrix lists those that do')
    const without = scene.whatIf.isMadeByLinks ? withoutView(scene.whatIf.without([tie]), [tie]) : null
    const { mask } = tie
    return { ring: ring.id, version: ring.version, kind, ref, mask, without, ...(await movedOf(store, ring)) }
  },
}
