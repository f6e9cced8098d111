/**
 * Detection that remembers what it found: after a change only what the change touches is linked again, by the statistics
 * of the run that measured them (docs/decisions/0019). Whatever it cannot be sure of, it detects in full, and reads only
 * what changed for that, too (docs/decisions/0031).
 */
import { isDeepStrictEqual } from 'node:util'
import { type Asserted, assertedBy, standingAssertions } from '../../graph/assertions/standing.ts'
import {
  asOfData,
  type Detection,
  detectAgain,
  detectRings,
  detectTable,
  foundIn,
} from '../../graph/detect.ts'
import type { ForetellOrder, Foretold } from '../../graph/foretold.ts'
import type { JudgingModels } from '../../graph/judging/models.ts'
import type { Solver } from '../../graph/kernel/partition.ts'
import type { Assertion } from '../../graph/model.ts'
import type { ChangedState, DetectOptions, LinkStore } from '../../graph/ports.ts'
import { changeTable, type StateChange } from '../../graph/projection/change-table.ts'
import type { KindLookup } from '../../graph/projection/entities.ts'
import type { LinkTable } from '../../graph/projection/link-table.ts'
import type { DetectionRun } from '../../graph/ring.ts'
import type { DetectionWork, SelfCheck } from '../../graph/run-work.ts'
import { endOfDay } from '../../graph/time.ts'
import { type ForetellReads, foretell, type Remembered } from './foretell.ts'

export type StateReads = Pick<
  LinkStore,
  'scanAccounts' | 'scanIdentifiers' | 'progress' | 'changedSince' | 'assertions'
>

export interface FindOptions extends Required<Pick<DetectOptions, 'onProgress'>> {
  readonly kindOf: KindLookup
  readonly method: DetectionRun['method']
  readonly asOf?: number
  /** Finds communities; in this thread alone when not given. */
  readonly solve?: Solver
  readonly models: JudgingModels
  /** Name and digest of the evidence policy. */
  readonly policy: string
  /** What is published, and the number of the publish to come. */
  readonly last: DetectionRun | undefined
  readonly version: number
}

export interface Found {
  readonly detection: Detection
  /** The state's number that it saw. */
  readonly stateChanges: number
  readonly measuredIn: number
  /** Absent where all was detected. */
  readonly work?: DetectionWork
  readonly selfCheck?: SelfCheck
}

interface Memory extends Remembered {
  readonly policy: string
}

export interface Resident {
  find(store: StateReads, options: FindOptions): Promise<Found>
  check(store: StateReads, options: CheckOptions): Promise<SelfCheck | undefined>
  /** `undefined` while nothing is remembered, or what is published is of another run. */
  foretell(store: ForetellReads, order: ForetellOrder): Promise<Foretold | undefined>
}

export interface CheckOptions
  extends Required<Pick<DetectOptions, 'onProgress'>>,
    Pick<FindOptions, 'solve'> {
  readonly clock: () => number
}

export function residentDetection(): Resident {
  let memory: Memory | undefined
  let selfCheck: SelfCheck | undefined
  return {
    async find(store, options) {
      const since = memory && (await happenedSince(memory, store))
      const again = memory && since && findAgain(memory, since, options)
      const table = again || !memory || !since ? undefined : tableNow(memory, since, options)
      // Let go first: two whole populations at once are too many.
      memory = undefined
      const found = again ?? (since && table ? findIn(table, since, options) : await findAnew(store, options))
      const { models, policy, kindOf, method } = options
      if (method === 'cpm-leiden') memory = { ...found, models, policy, kindOf }
      return { ...found, ...(selfCheck && { selfCheck }) }
    },

    async check(store, options) {
      if (!memory) return undefined
      const mismatches = await compare(memory, store, options)
      if (mismatches === undefined) return undefined
      if (mismatches > 0) memory = undefined
      selfCheck = { at: options.clock(), mismatches }
      return selfCheck
    },

    foretell: async (store, order) => memory && (await foretell(memory, store, order)),
  }
}

async function findAnew(store: StateReads, { version, ...options }: FindOptions): Promise<Found> {
  const { changes: stateChanges } = await store.progress()
  // After the number: an assertion that is made meanwhile is obeyed, or changes the state once more.
  const assertions = await store.assertions()
  return {
    detection: await detectRings(store, { ...options, assertions }),
    stateChanges,
    measuredIn: version,
  }
}

/** What happened since something was remembered. */
interface Since {
  readonly changed: ChangedState
  readonly assertions: readonly Assertion[]
}

/** `undefined` where it is not known any more. */
async function happenedSince({ stateChanges }: Memory, store: StateReads): Promise<Since | undefined> {
  const changed = await store.changedSince(stateChanges, 'news')
  return changed && { changed, assertions: await store.assertions() }
}

/** `undefined` where it has to be found in full. */
function findAgain(
  memory: Memory,
  { changed, assertions }: Since,
  { last, method, asOf, ...options }: FindOptions,
): Found | undefined {
  const { detection: known, measuredIn, models } = memory
  // Another process may have published by statistics of its own meanwhile.
  if (last?.measuredIn !== measuredIn || method !== 'cpm-leiden') return undefined
  if (memory.policy !== options.policy || !isDeepStrictEqual(models, options.models)) return undefined
  if (!isOfTheDay(known, changed) || (asOf ?? known.asOf) > known.asOf) return undefined
  const standing = standingAssertions(assertions, known.asOf)
  if (!isDeepStrictEqual(known.frozen.asserted, assertedBy(standing))) return undefined
  const { detection, work } = detectAgain(known, changeOf(changed), options)
  // Where models come to say too much, or no longer do, everybody is judged otherwise.
  if (detection.shift.alarm !== known.shift.alarm) return undefined
  return { detection, work, stateChanges: changed.changes, measuredIn }
}

/** All that a store would tell, of which only what changed is read; `undefined` where other identifiers are left out than before. */
function tableNow(
  { detection: { table: known } }: Memory,
  { changed, assertions }: Since,
  options: FindOptions,
): LinkTable | undefined {
  const { table } = changeTable(known, changeOf(changed))
  const asserted = assertedBy(standingAssertions(assertions, asOfData(table.newestAt, options)))
  const isLeftOut = (one: Asserted): ReadonlySet<string> => new Set(one.shared.keys())
  if (!isDeepStrictEqual(isLeftOut(known.asserted), isLeftOut(asserted))) return undefined
  return { ...table, asserted }
}

const findIn = (table: LinkTable, { changed }: Since, options: FindOptions): Found => ({
  detection: detectTable(table, options),
  stateChanges: changed.changes,
  measuredIn: options.version,
})

/** A new day moves the end of the data, and with it the age of everybody. */
const isOfTheDay = ({ asOf }: Detection, { newestAt }: ChangedState): boolean =>
  newestAt === undefined || endOfDay(newestAt) <= asOf

const changeOf = ({
  accounts,
  identifiers,
}: Pick<ChangedState, 'accounts' | 'identifiers'>): StateChange => ({
  accounts: new Map(accounts.map((state) => [state.account, state])),
  identifiers,
})

/** `undefined` where it is not known what changed. Events may go on: what came while all was read is told to both. */
async function compare(
  { detection: known, stateChanges, models, kindOf }: Memory,
  store: StateReads,
  { onProgress, solve }: CheckOptions,
): Promise<number | undefined> {
  const options = { kindOf, models, onProgress, ...(solve && { solve }) }
  let changed: ChangedState | undefined
  const meanwhile = async (): Promise<StateChange> => {
    changed = await store.changedSince(stateChanges, 'news')
    return changeOf(changed ?? { accounts: [], identifiers: [] })
  }
  const frozen = known.frozen
  const anew = await detectRings(store, { ...options, method: 'cpm-leiden', frozen, meanwhile })
  if (!changed) return undefined
  const { detection: again } = detectAgain(known, changeOf(changed), options)
  return mismatchesOf(again, anew)
}

function mismatchesOf(one: Detection, other: Detection): number {
  const texts = ({ rings }: Detection) =>
    new Set(rings.map(({ head, members }) => JSON.stringify([head, members])))
  const rings = texts(one).symmetricDifference(texts(other)).size
  return rings + (isDeepStrictEqual(foundIn(one), foundIn(other)) ? 0 : 1)
}
