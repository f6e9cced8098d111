/** The same world told otherwise: its events in another order, its accounts and identifiers under other names. */
import type { StoredEvent } from '../../../graph/model.ts'
import { Random } from '../../../range/random.ts'
import type { TruthLine } from '../../../range/truth.ts'
import { type MemoryState, memoryState } from '../../../src/cli/board/memory-state.ts'
import { record, type ToldPlace } from './told-world.ts'

export interface ToldOtherwise {
  readonly state: MemoryState
  /** What an account is called in the world as it was told first. */
  readonly nameOf: (account: string) => string
}

const eventsAtOnce = 10_000

export function toldOtherwise({ events, labels, truth }: ToldPlace, seed: number): ToldOtherwise {
  const random = new Random(seed, 'told otherwise')
  const { to, from } = otherNames(truth, random)
  const state = memoryState()
  const shuffled = random.shuffle(events)
  for (let first = 0; first < shuffled.length; first += eventsAtOnce) {
    const some = shuffled.slice(first, first + eventsAtOnce).map((event) => renamed(event, to))
    record(state, { events: some, labels: [] })
  }
  record(state, { events: [], labels: labels.map((label) => ({ ...label, account: to(label.account) })) })
  return { state, nameOf: from }
}

function otherNames(truth: readonly TruthLine[], random: Random) {
  const names = new Map(truth.map(({ account }) => [account, `acct_${random.word()}`]))
  const back = new Map([...names].map(([account, name]) => [name, account]))
  return {
    to: (account: string) => names.get(account) ?? account,
    from: (name: string) => back.get(name) ?? name,
  }
}

/** Identifiers are numbered in order of their references, so those are turned round. */
const renamed = (event: StoredEvent, to: (account: string) => string): StoredEvent => ({
  ...event,
  account: to(event.account),
  identifiers: event.identifiers.map((one) => ({ ...one, ref: [...one.ref].toReversed().join('') })),
  relations: event.relations.map((one) => ({ ...one, account: to(one.account) })),
})
