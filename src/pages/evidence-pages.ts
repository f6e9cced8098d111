/** Pages of a ring's evidence: its links, its accounts by what they use, and what would be without an identifier. */
import { AppError } from '../../graph/errors.ts'
import { defaultPathCaps, explainAccounts, type LinkExplanation } from '../../graph/explain/path.ts'
import { type RingMatrix, ringMatrix } from '../../graph/explain/picture/matrix.ts'
import { type RingScene, ringScene } from '../../graph/explain/ring.ts'
import type { RingTie } from '../../graph/explain/ring-ties.ts'
import type { IdentifierKey } from '../../graph/model.ts'
import type { ReadingStore } from '../../graph/ports.ts'
import { explanationView } from '../views/explanation.ts'
import type { Place } from '../views/places.ts'
import { compareView } from '../views/reads/compare.ts'
import { matrixView } from '../views/reads/matrix.ts'
import { type LinksAsked, ringLinksView } from '../views/reads/ring-links.ts'
import { withoutView } from '../views/ring-explanation.ts'
import { type Desk, movedOf, type RingPage, ringOf } from './desk.ts'

export const evidencePages = {
  async links(
    { store, ...options }: Desk,
    {
      limit,
      after,
      account,
      identifier,
      ...page
    }: RingPage & LinksAsked & { readonly after?: Place | undefined },
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
    const found: RingMatrix = await ringMatrix(store, ring, {
      ...options,
      rowsMax: rows,
      columnsMax: columns,
    })
    return { ...matrixView(found, options.run?.asOf ?? ring.head.lastSeen), ...(await movedOf(store, ring)) }
  },

  /** Two accounts: how they are linked, and what else speaks for one owner and against. */
  async compare({ store, ...weighing }: Desk, { a, b, paths }: { a: string; b: string; paths: number }) {
    const { run } = weighing
    const found = await linkFound(store, [a, b], { ...weighing, paths })
    const [one, other] = await store.accounts([a, b])
    if (!one || !other) throw new AppError('account_not_found', 'Neither account may be the other')
    const asOf =
      run?.asOf ??
      Math.max(...[one, other].flatMap(({ activities }) => activities.map(({ lastAt }) => lastAt)))
    return {
      link: explanationView(found),
      ...(await compareView(store, [one, other], { ...weighing, direct: found.direct, asOf })),
    }
  },

  async link(
    { store, ...weighing }: Desk,
    { a, b, ...caps }: { a: string; b: string; paths: number; hopsMax: number },
  ) {
    return explanationView(await linkFound(store, [a, b], { ...weighing, ...caps }))
  },

  /** Of identifiers that tie the ring, all at once; `null` where links alone do not make it, so that nothing is foretold. */
  async without(
    { store, ...options }: Desk,
    { keys, ...page }: RingPage & { readonly keys: readonly IdentifierKey[] },
  ) {
    const ring = await ringOf(store, page)
    const scene = await ringScene(store, ring, options)
    const ties = keys.map((key) => tieOf(scene, key))
    const [first, ...others] = ties.map(({ kind, ref, mask }) => ({ kind, ref, mask }))
    if (!first) throw new AppError('invalid_input', 'No identifier is named')
    const without = scene.whatIf.isMadeByLinks ? withoutView(scene.whatIf.without(ties), ties) : null
    const { id, version } = ring
    const together = [first, ...others]
    return { ring: id, version, ...first, together, without, ...(await movedOf(store, ring)) }
  },
}

function tieOf({ evidence }: RingScene, { kind, ref }: IdentifierKey): RingTie {
  const tie = evidence.ties.find((one) => one.kind === kind && one.ref === ref)
  if (tie) return tie
  throw new AppError('not_found', 'The identifier does not tie this ring: its matrix lists those that do')
}

/** An explanation is begun to be told then; it says that there may be more. */
const answerWithinMs = 1_500

type LinkOptions = Omit<Desk, 'store'> & { readonly paths: number; readonly hopsMax?: number }

/** Throws `account_not_found`. */
async function linkFound(
  store: ReadingStore,
  [a, b]: readonly [string, string],
  { run, kindOf, publicness, asserted, paths, hopsMax = defaultPathCaps.hopsMax }: LinkOptions,
): Promise<LinkExplanation> {
  const until = performance.now() + answerWithinMs
  const found = await explainAccounts(store, [a, b], {
    kindOf,
    publicness,
    asserted,
    statistics: run?.statistics,
    caps: { ...defaultPathCaps, hopsMax },
    paths,
    isLate: () => performance.now() > until,
  })
  if (!('unknown' in found)) return found
  const which = found.unknown === a ? 'a' : 'b'
  throw new AppError('account_not_found', `The account given as ${which} is not known: no event named it`)
}
