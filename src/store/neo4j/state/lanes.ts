/**
 * Parallel writes that cannot deadlock: rows are dealt into lanes by the node they lock, so that lanes share none.
 */

export const laneCount = 4

/** FNV-1a, because lanes only have to be alike everywhere and about even. */
export function laneOf(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return (hash >>> 0) % laneCount
}

/** Runs `write` on each lane's rows, all lanes at once. */
export async function inLanes<Row>(
  rows: readonly Row[],
  { key, write }: { key: (row: Row) => string; write: (rows: readonly Row[]) => Promise<void> },
): Promise<void> {
  const lanes = Array.from({ length: laneCount }, (): Row[] => [])
  for (const row of rows) lanes[laneOf(key(row))]?.push(row)
  await Promise.all(lanes.flatMap((lane) => (lane.length > 0 ? [write(lane)] : [])))
}

/** Rows a transaction takes at the most. */
export const rowsPerWrite = 2_000

export function* chunksOf<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let from = 0; from < items.length; from += size) yield items.slice(from, from + size)
}

/** One at a time, in the order asked; a failure does not stop those behind it. */
export function oneAtATime(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const next = last.then(work, work)
    last = next.catch(() => {})
    return next
  }
}
