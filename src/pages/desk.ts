/** What pages are made from, and how they find what they are of. */
import type { Asserted } from '../../graph/assertions/standing.ts'
import { AppError } from '../../graph/errors.ts'
import type { AccountState } from '../../graph/model.ts'
import type { ReadingStore } from '../../graph/ports.ts'
import type { KindLookup } from '../../graph/projection/entities.ts'
import type { Publicness } from '../../graph/projection/publicness.ts'
import type { DetectionRun, Ring } from '../../graph/ring.ts'
import type { BoardIn } from '../views/board.ts'
import { currentRing } from '../views/lineage.ts'
import type { SurenessIn } from '../views/reads/sureness.ts'

export interface Desk {
  readonly store: ReadingStore
  readonly kindOf: KindLookup
  /** As the run that is served measured it. */
  readonly publicness: Publicness
  readonly run: DetectionRun | undefined
  readonly asserted: Asserted
  readonly boardIn: BoardIn
  readonly sureIn: SurenessIn
}

export interface RingPage {
  readonly ring: string
  /** As it was at this publish. */
  readonly v?: number | undefined
}

/** What every list of rings is made with. */
export async function listing({ store, boardIn, sureIn, ...options }: Desk) {
  const [board, sure] = await Promise.all([boardIn(store), sureIn(store)])
  return { ...options, board, sure, decisions: board.decisions }
}

export async function ringOf(store: Pick<ReadingStore, 'ring'>, { ring: id, v }: RingPage): Promise<Ring> {
  const ring = await store.ring(id, v === undefined ? {} : { version: v })
  if (!ring) throw new AppError('ring_not_found', 'There is no such ring: see /v1/rings for those there are')
  return ring
}

/** Throws `account_not_found`. */
export async function accountOf(store: Pick<ReadingStore, 'accounts'>, id: string): Promise<AccountState> {
  const [state] = await store.accounts([id])
  if (state) return state
  throw new AppError('account_not_found', 'No event or label named this account: check the id')
}

export async function movedOf(store: Pick<ReadingStore, 'ring'>, ring: Ring): Promise<{ movedTo?: string }> {
  const current = await currentRing(store, ring)
  return current.id === ring.id ? {} : { movedTo: current.id }
}
