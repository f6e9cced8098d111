/** Joins what stands in the log into the state, a little in the log's order or all of it account by account. */
import type { StoredEvent } from '../../../../graph/model.ts'
import type { changeTable } from '../change-table.ts'
import type { EventLog, LogPart } from '../event-log.ts'
import type { Meta } from '../meta.ts'
import type { Joined, StateWriter } from '../state-writer.ts'
import { type FoldedPart, foldedPart } from './part.ts'

export type ChangeTable = ReturnType<typeof changeTable>

export interface Folding {
  readonly log: EventLog
  readonly state: StateWriter
  readonly meta: Meta
  readonly changes: ChangeTable
  readonly watch: (events: readonly StoredEvent[]) => void
}

export interface Folder extends AsyncDisposable {
  /** What a part of the log adds, account by account. */
  folded(part: LogPart): Iterable<FoldedPart> | AsyncIterable<FoldedPart>
}

/** Events folded and joined together. */
export const foldBatch = 1_000

/** Of many that wait, events sorted and joined in one transaction; SQLite sorts them in memory. */
const foldAllMax = 500_000

export const folderHere = (log: EventLog): Folder => ({
  folded: (part) => foldedParts(log, part),
  [Symbol.asyncDispose]: async () => {},
})

export function* foldedParts(log: EventLog, part: LogPart): Generator<FoldedPart> {
  for (const events of log.byAccount(part)) yield foldedPart(events)
}

/** Joins the next events of the log and moves the mark, both in the caller's transaction. */
export function foldInOrder({ log, state, meta, changes, watch }: Folding): number {
  const { events, upTo } = log.after(meta.number('folded_seq'), foldBatch)
  if (events.length === 0) return 0
  const part = foldedPart(events)
  const joined = state.join(part)
  watch(events)
  log.settleKeys()
  moveMark(meta, { newestAt: part.newestAt, upTo })
  countChange(meta, changes, joined)
  return events.length
}

/**
 * The same, many at once and in the order of their accounts: a row is touched once, and rows that lie together are
 * touched together. What a change so large joined is not kept: whoever wants to know reads the whole state.
 */
export async function foldByAccount(
  { log, state, meta, watch }: Folding,
  folder: Folder,
  onEvents: (events: number) => void = () => {},
): Promise<number> {
  const after = meta.number('folded_seq')
  const upTo = Math.min(log.lastSeq(), after + foldAllMax)
  let events = 0
  for await (const part of folder.folded({ after, upTo, limit: foldBatch })) {
    state.join(part)
    moveMark(meta, { newestAt: part.newestAt, upTo })
    events += part.events
    onEvents(part.events)
  }
  // Hits are noted in the order of the log.
  if (meta.number('tripwire_changes') > 0)
    for (const told of log.inOrder({ after, upTo, limit: foldBatch })) watch(told)
  log.settleKeys()
  if (events > 0) meta.set('state_changes', meta.number('state_changes') + 1)
  return events
}

function moveMark(meta: Meta, { newestAt, upTo }: { newestAt: number; upTo: number }): void {
  const before = Number(meta.text('newest_at') ?? -Infinity)
  meta.set('folded_seq', upTo)
  meta.set('newest_at', Math.max(before, newestAt))
}

export function countChange(meta: Meta, changes: ChangeTable, joined: Joined): void {
  const number = meta.number('state_changes') + 1
  meta.set('state_changes', number)
  changes.put(number, joined)
}
