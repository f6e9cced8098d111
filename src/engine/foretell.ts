/** What the next run would publish were something said: found by what the last one remembers, and kept nowhere. */
import { isDeepStrictEqual } from 'node:util'
import { assertedBy, standingAssertions } from '../../graph/assertions/standing.ts'
import type { Detection } from '../../graph/detect.ts'
import {
  type Fate,
  type ForetellOrder,
  type Foretold,
  fateRings,
  movedOthers,
  type Saying,
} from '../../graph/foretold.ts'
import type { JudgingModels } from '../../graph/judging/models.ts'
import type { AccountState, Assertion } from '../../graph/model.ts'
import type { LinkStore } from '../../graph/ports.ts'
import type { KindLookup } from '../../graph/projection/entities.ts'
import { rowOf } from '../../graph/projection/link-table.ts'
import type { Ring } from '../../graph/ring.ts'
import { updateRings } from '../../graph/rings/lineage/publish.ts'
import { concernedBy, detectSupposing, movesLinks, supposedBy } from '../../graph/suppose.ts'
import { type KnownReads, knownRingsIn } from './known-rings.ts'

export type ForetellReads = KnownReads &
  Pick<LinkStore, 'published' | 'decisions' | 'assertions' | 'accounts' | 'users'>

export interface Remembered {
  readonly detection: Detection
  readonly stateChanges: number
  readonly measuredIn: number
  readonly models: JudgingModels
  readonly kindOf: KindLookup
}

/** Accounts concerned by what is said; more are not read to answer a question. */
const concernedMax = 5_000
const usesMax = 4 * concernedMax
const idsAtOnce = 500

/** `undefined` where what is remembered is not what is published, or more was said or happened since than it can tell. */
export async function foretell(
  known: Remembered,
  store: ForetellReads,
  { about: accounts, ifs }: ForetellOrder,
): Promise<Foretold | undefined> {
  const { detection } = known
  const last = await store.published()
  if (!last || last.measuredIn !== known.measuredIn || last.stateChanges !== known.stateChanges)
    return undefined
  const standing = standingAssertions(await store.assertions(), detection.asOf)
  if (!isDeepStrictEqual(detection.frozen.asserted, assertedBy(standing))) return undefined
  const about = new Set(accounts)
  const publish = await publishing(store, { asOf: detection.asOf, published: last.version })
  const asItIs = publish(detection)
  const after: (Fate | undefined)[] = []
  for (const sayings of ifs) {
    const supposed = await supposing(known, store, { standing, sayings })
    const rings = supposed && publish(supposed)
    after.push(
      rings && {
        rings: fateRings(rings, { about, published: last.version }),
        others: movedOthers(asItIs, rings, about),
      },
    )
  }
  return { run: last.version, before: fateRings(asItIs, { about, published: last.version }), after }
}

/** The rings there would be after a publish. */
async function publishing(
  store: ForetellReads,
  { asOf, published }: { readonly asOf: number; readonly published: number },
): Promise<(found: Detection) => readonly Ring[]> {
  const known = await knownRingsIn(store, asOf)
  const decisions = await store.decisions({})
  return ({ rings, frozen }) => {
    const point = { version: published + 1, asOf, decisions, asserted: frozen.asserted }
    return updateRings(rings, known, point).active
  }
}

/** `undefined` where it concerns too many, or somebody who was seen later than anybody was judged. */
async function supposing(
  { detection, models, kindOf }: Remembered,
  store: ForetellReads,
  { standing, sayings }: { readonly standing: readonly Assertion[]; readonly sayings: readonly Saying[] },
): Promise<Detection | undefined> {
  const asserted = supposedBy(standing, sayings)
  // Only what is told of the rings that are found changes.
  if (!sayings.some(movesLinks)) return { ...detection, frozen: { ...detection.frozen, asserted } }
  const concerned = await concernedIn(store, sayings)
  if (!concerned?.every((state) => rowOf(state).newestAt <= detection.asOf)) return undefined
  return detectSupposing(detection, { asserted, concerned }, { kindOf, models, onProgress: () => {} })
}

async function concernedIn(
  store: Pick<ForetellReads, 'accounts' | 'users'>,
  sayings: readonly Saying[],
): Promise<readonly AccountState[] | undefined> {
  const { accounts, identifiers } = concernedBy(sayings)
  const found = identifiers.length > 0 ? await store.users(identifiers, { usesMax }) : []
  if (found.some((one) => one.accounts > concernedMax || one.uses.length === usesMax)) return undefined
  const users = found.flatMap(({ uses }) => uses.map(({ account }) => account))
  const ids = [...new Set([...accounts, ...users])]
  if (ids.length > concernedMax) return undefined
  const states: AccountState[] = []
  for (let from = 0; from < ids.length; from += idsAtOnce)
    states.push(...(await store.accounts(ids.slice(from, from + idsAtOnce))))
  return states
}
