/** Threads that compute for minutes leave the processor to those that answer. */
import { readlinkSync } from 'node:fs'
import { getPriority, setPriority } from 'node:os'
import { basename } from 'node:path'

/** A third of a normal thread's share where all cores are busy; all of a core that is free. */
const niceness = 5

/** Of the calling thread. Linux alone gives threads priorities of their own; elsewhere nothing changes. */
export function yieldToServing(): void {
  try {
    const thread = Number(basename(readlinkSync('/proc/thread-self')))
    if (getPriority(thread) < niceness) setPriority(thread, niceness)
  } catch {
    // Not Linux.
  }
}
