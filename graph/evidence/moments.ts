/**
 * Moments: when an account did something to a target, so that two that did it at nearly the same time can be told.
 *
 * Time is cut in windows of 15 minutes, on two grids that lie half a window apart. Every time lies in two windows, one of
 * each grid, and two times up to 7.5 minutes apart share one at least. A window that two accounts share counts half:
 * a coincidence that both grids see counts once, one that only one grid sees counts half (on average over where the grids
 * lie, 1 - gap / 15 minutes). So one coincidence is never counted twice, and one action never for more than one.
 */
const windowMs = 15 * 60_000
const stepMs = windowMs / 2

/** What a shared window counts for. */
export const windowWeight = 1 / 2

/** Numbers of the windows that hold one of the times, ascending; those of one grid are even, those of the other odd. */
export function momentsOf(times: readonly number[]): readonly number[] {
  const windows = new Set<number>()
  for (const at of times) {
    const newest = Math.floor(at / stepMs)
    windows.add(newest - 1).add(newest)
  }
  return [...windows].toSorted((a, b) => a - b)
}

/** When a window begins; it lasts 15 minutes. */
export const momentStart = (moment: number): number => moment * stepMs
