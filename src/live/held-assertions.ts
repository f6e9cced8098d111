/** What people hold to be true, as of the run that is served, for whoever comes since. */
import { type Asserted, assertedBy, standingAssertions } from '../../graph/assertions/standing.ts'
import type { Assertion } from '../../graph/model.ts'
import type { ReadingStore } from '../../graph/ports.ts'
import type { SnapshotHolder } from '../snapshot/holder.ts'

export interface HeldAssertions {
  now(): Asserted
  /** Reads them anew. Those that stand now and did not, or no longer do. */
  refresh(): Promise<readonly Assertion[]>
}

/** Read anew with every snapshot; while the store is away those read last are held to. */
export function heldAssertions(
  store: Pick<ReadingStore, 'assertions'>,
  snapshots: SnapshotHolder,
): HeldAssertions {
  let standing: readonly Assertion[] = []
  let held = assertedBy(standing)

  async function read(): Promise<readonly Assertion[]> {
    const run = snapshots.current()?.run
    // Before any run nobody was judged, and nothing was obeyed.
    if (!run) return []
    const before = standing
    standing = standingAssertions(await store.assertions(), run.asOf)
    held = assertedBy(standing)
    return [...onlyIn(before, standing), ...onlyIn(standing, before)]
  }

  /** One after the other, so that what was read last is newest. */
  let last: Promise<unknown> = Promise.resolve()
  const refresh = (): Promise<readonly Assertion[]> => {
    const news = last.then(read)
    last = news.catch(() => {})
    return news
  }

  snapshots.onSwap(async () => void (await refresh().catch(() => {})))
  return { now: () => held, refresh }
}

function onlyIn(some: readonly Assertion[], others: readonly Assertion[]): readonly Assertion[] {
  const known = new Set(others.map(({ id }) => id))
  return some.filter(({ id }) => !known.has(id))
}
