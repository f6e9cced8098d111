/** What there is one of, held until the transaction ends, by one process at a time. */
import { server, state } from '../../../cypher/catalogue.ts'
import type { Run } from './bolt.ts'

/** `edges` is held from the first change of a relationship to the commit (docs/decisions/0010). */
export type Single = 'edges' | 'state' | 'publication' | 'tripwires'

export async function hold(run: Run, name: Single): Promise<void> {
  await run(server.hold, { name })
}

/** `newestAt` is the newest time of the events that were joined; `null` when it was something else. */
export async function countChange(run: Run, newestAt: number | null): Promise<void> {
  await hold(run, 'state')
  await run(state.countChange, { newestAt })
}
