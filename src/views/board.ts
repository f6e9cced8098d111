/** What decides which rings a list shows and in what order, of every active ring, kept from one publish to the next. */
import type { ReadingStore } from '../../graph/ports.ts'
import type { Decision, DetectionRun, Ring, Verdict } from '../../graph/ring.ts'
import type { RingStep, RunTime } from '../../graph/ring-lists.ts'
import { countDecisions } from '../../graph/rings/lineage/standing.ts'
import { type Queueable, queued, queueFiguresOf } from '../../graph/rings/queue.ts'
import { dayMs } from '../../graph/time.ts'
import { netOf, readGrowth, weekDays } from './reads/growth.ts'

/** A ring without its members. */
export interface BoardRow extends Queueable {
  readonly ring: Pick<Ring, 'id' | 'bornVersion' | 'version'> & {
    readonly head: Pick<Ring['head'], 'class' | 'risk' | 'verdict'>
  }
  readonly size: number
  /** Kinds of identifier that tie it most. */
  readonly kinds: readonly string[]
  readonly owner: string | undefined
}

export interface Board {
  readonly run: DetectionRun | undefined
  /** In no order. */
  readonly rows: readonly BoardRow[]
  /** Those that wait for somebody's look, best first. */
  readonly queue: readonly BoardRow[]
  /** Ids of those of the queue that grew within a week. */
  readonly growing: ReadonlySet<string>
  readonly decisions: readonly Decision[]
  /** Of the publish in which a ring was born or changed last. */
  readonly timeOf: (version: number) => RunTime | undefined
}

export type BoardReads = Pick<
  ReadingStore,
  'rings' | 'decisions' | 'published' | 'steps' | 'runTimes' | 'feedEnd'
>
export type BoardIn = (store: BoardReads) => Promise<Board>

interface Known {
  readonly version: number
  /** The last that was noted between publishes: who looks after what. */
  readonly note: number
  readonly rows: Map<string, BoardRow>
  readonly times: Map<number, RunTime>
  /** Changes of the last week, of those that were asked about and have not changed since. */
  readonly steps: Map<string, readonly RingStep[]>
}

/**
 * Reads all rings once, then what each publish changed; nothing while nothing was published, decided or assigned.
 * A reading that failed is not remembered.
 */
export function ringBoard(): BoardIn {
  let known: Known | undefined
  let made: { readonly of: string; readonly board: Board } | undefined
  let turn: Promise<unknown> = Promise.resolve()

  async function update(store: BoardReads): Promise<Board> {
    const [run, decisions, { note }] = await Promise.all([
      store.published(),
      store.decisions({}),
      store.feedEnd(),
    ])
    const version = run?.version ?? 0
    const of = `${version} ${countDecisions(decisions)} ${note}`
    if (made?.of === of) return made.board
    const isOlder = known !== undefined && known.version > version
    known = await joined(store, isOlder ? undefined : known, { version, note })
    const board = await boardOf(store, known, { run, decisions })
    made = { of, board }
    return board
  }

  return (store) => {
    const mine = turn.then(() => update(store))
    turn = mine.catch(() => {
      known = undefined
      made = undefined
    })
    return mine
  }
}

/** With what changed since. */
async function joined(
  store: BoardReads,
  known: Known | undefined,
  { version, note }: Pick<Known, 'version' | 'note'>,
): Promise<Known> {
  const since = known ? { changedSince: known.version } : {}
  const { rows, times, steps } = known ?? nothingKnown()
  if (known?.version !== version) {
    const [changed, merged, dissolved] = await Promise.all([
      store.rings({ status: 'active', ...since }),
      known ? store.rings({ status: 'merged', ...since }) : [],
      known ? store.rings({ status: 'dissolved', ...since }) : [],
    ])
    for (const { id } of [...merged, ...dissolved]) rows.delete(id)
    for (const { id } of [...changed, ...merged, ...dissolved]) steps.delete(id)
    for (const ring of changed) rows.set(ring.id, rowOf(ring))
    await readTimes(store, { rows, times })
  }
  if (known && known.note !== note) await readOwners(store, rows)
  return { version, note, rows, times, steps }
}

const nothingKnown = (): Pick<Known, 'rows' | 'times' | 'steps'> => ({
  rows: new Map(),
  times: new Map(),
  steps: new Map(),
})

async function readTimes(store: BoardReads, { rows, times }: Pick<Known, 'rows' | 'times'>): Promise<void> {
  const versions = new Set([...rows.values()].flatMap(({ ring }) => [ring.bornVersion, ring.version]))
  const missing = [...versions].filter((version) => !times.has(version))
  const found = missing.length > 0 ? await store.runTimes(missing) : []
  for (const time of found) times.set(time.version, time)
}

async function readOwners(store: BoardReads, rows: Known['rows']): Promise<void> {
  const owned = await store.rings({ status: 'active', isOwned: true })
  const ownerOf = new Map(owned.map(({ id, owner }) => [id, owner?.name]))
  for (const [id, row] of rows) {
    const owner = ownerOf.get(id)
    if (row.owner !== owner) rows.set(id, { ...row, owner })
  }
}

function rowOf(ring: Ring): BoardRow {
  const { id, bornVersion, version, head, members, owner } = ring
  const { class: name, risk, verdict } = head
  return {
    ring: { id, bornVersion, version, head: { class: name, risk, ...(verdict && { verdict }) } },
    size: members.length,
    kinds: [...new Set(head.topEvidence.filter(({ share }) => share > 0).map(({ kind }) => kind))],
    owner: owner?.name,
    ...queueFiguresOf(ring),
  }
}

async function boardOf(
  store: BoardReads,
  { rows: known, times, steps }: Known,
  { run, decisions }: Pick<Board, 'run' | 'decisions'>,
): Promise<Board> {
  const rows = [...known.values()]
  const queue = queued(rows, decisions, run?.asOf)
  const ids = queue.map(({ ring }) => ring.id)
  const missing = ids.filter((id) => !steps.has(id))
  const found = await readGrowth(store, run, { days: weekDays, rings: missing })
  for (const id of missing) steps.set(id, found.steps.get(id) ?? [])
  const isOfWeek = ({ asOf }: RingStep): boolean => asOf > found.weekAt
  const growing = new Set(ids.filter((id) => netOf((steps.get(id) ?? []).filter(isOfWeek)) > 0))
  return { run, rows, queue, growing, decisions, timeOf: (version) => times.get(version) }
}

export interface Narrowed {
  readonly class?: Ring['head']['class'] | undefined
  readonly minRisk?: number | undefined
  readonly minSize?: number | undefined
  /** Publish number. */
  readonly changedSince?: number | undefined
  readonly changedWithinDays?: number | undefined
  /** Kind of an identifier that ties it. */
  readonly tiedBy?: string | undefined
  readonly verdict?: Verdict | 'none' | undefined
  readonly owner?: string | undefined
  readonly isOwned?: boolean | undefined
}

/** Whether a ring is asked for. */
export function isAsked(
  { run, timeOf }: Pick<Board, 'run' | 'timeOf'>,
  { changedWithinDays, ...asked }: Narrowed,
): (row: BoardRow) => boolean {
  const after = changedWithinDays === undefined ? -Infinity : (run?.asOf ?? 0) - changedWithinDays * dayMs
  return (row) =>
    isLike(row, asked) &&
    isOf(row, asked) &&
    row.ring.version > (asked.changedSince ?? 0) &&
    (timeOf(row.ring.version)?.asOf ?? Infinity) > after
}

const isLike = ({ ring: { head }, size, kinds }: BoardRow, asked: Narrowed): boolean =>
  (asked.class ?? head.class) === head.class &&
  head.risk >= (asked.minRisk ?? 0) &&
  size >= (asked.minSize ?? 0) &&
  (asked.tiedBy === undefined || kinds.includes(asked.tiedBy))

const isOf = ({ ring: { head }, owner }: BoardRow, asked: Narrowed): boolean =>
  (asked.verdict === undefined || asked.verdict === verdictOf(head)) &&
  (asked.owner === undefined || asked.owner === owner) &&
  (asked.isOwned === undefined || asked.isOwned === (owner !== undefined))

const verdictOf = ({ verdict }: Pick<Ring['head'], 'verdict'>): Verdict | 'none' =>
  verdict?.holds ? verdict.verdict : 'none'

/** How many rings each tab of the queue has. */
export function countsOf({ run, rows, queue, growing, decisions }: Board, owner: string | undefined) {
  const count = (of: readonly BoardRow[], test: (row: BoardRow) => boolean): number => of.filter(test).length
  const weekAgo = (run?.publishedAt ?? 0) - weekDays * dayMs
  return {
    toDecide: queue.length,
    growing: growing.size,
    takeovers: count(queue, ({ ring }) => ring.head.class === 'takeover_cluster'),
    uncertain: count(queue, ({ ring }) => ring.head.class === 'uncertain'),
    again: count(queue, ({ ring }) => ring.head.verdict?.holds === false),
    unowned: count(queue, (row) => row.owner === undefined),
    mine: owner === undefined ? null : count(rows, (row) => row.owner === owner),
    decided: count(rows, ({ ring }) => ring.head.verdict?.holds === true),
    decidedInWeek: decisions.filter(({ at, retractedAt }) => retractedAt === undefined && at > weekAgo)
      .length,
    bornInRun: count(queue, ({ ring }) => ring.bornVersion === run?.version),
  }
}
