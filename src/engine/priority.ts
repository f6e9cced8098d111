/** Detection gives way: it takes seconds and may take some more, a look-up takes a millisecond. */
import { setPriority } from 'node:os'

/** Of 19 steps down: it still gets a quarter of a core that it has to share. */
const steps = 6

/** The thread that calls it, on Linux, where threads have priorities of their own; elsewhere nothing. */
export function giveWay(): void {
  if (process.platform !== 'linux') return
  setPriority(steps)
}
