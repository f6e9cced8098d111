/** What there is one of, held until the transaction ends, by one process at a time. */
import { server, state } from '../../../cypher/catalogue.ts'
import type { Run } from './bolt.ts'

/** `edges` is held from the first change of a relationship to the commit (docs/decisions/0010). */
export type Single = 'edges' | 'state' | 'publication' | 'tripwires' | 'audit'

export async function hold(run: Run, name: Single): Promise<void> {
  await run(server.hold, { name })
}

/** Changes that are known. Whoever is further behind reads the whole state. */
const changesKept = 4_096

export interface Joined {
  /** The newest time of the events that were joined; `null` when it was something else. */
  readonly newestAt: number | null
  readonly accounts: readonly string[]
  /** By their keys. */
  readonly identifiers: readonly string[]
  /** Those of them that were not there before, or of which something is known that was not. */
  readonly news: readonly string[]
}

/** After what was joined is there for everybody to read, or together with it. */
export async function countChange(
  run: Run,
  { newestAt = null, accounts = [], identifiers = [], news = [] }: Partial<Joined>,
): Promise<void> {
  await hold(run, 'state')
  await run(state.countChange, { newestAt, accounts, identifiers, news, kept: changesKept })
}
