/** Populations of any size, made in no time: one town many times over, which share their carriers and nothing else. */
import type { AccountState, IdentifierState, StoredEvent } from '../../../graph/model.ts'
import type { StateStore } from '../../../graph/ports.ts'
import type { StateChange } from '../../../graph/projection/change-table.ts'
import { type MemoryState, memoryState } from '../../../src/cli/board/memory-state.ts'
import { type ToldWorld, toldWorld } from './town.ts'

export interface ManyTowns {
  readonly state: Pick<StateStore, 'scanAccounts' | 'scanIdentifiers'>
  /** Events that nobody has heard of yet, of accounts that are known. */
  readonly late: readonly StoredEvent[]
  /** Tells one town, which is the last, and what changes with it. */
  tell(event: StoredEvent): Promise<StateChange>
}

const townAccounts = 2_000

export async function manyTowns(
  towns: number,
  { late: lateMax }: { readonly late: number },
): Promise<ManyTowns> {
  const town = await toldWorld({ world: 'town', seed: 5, accounts: townAccounts })
  const late = lateOf(town, lateMax)
  const one = memoryState()
  one.record(town.events.filter((event) => !late.includes(event)))
  for (const label of town.labels) one.label(label)
  const accounts = await all(one.scanAccounts())
  const identifiers = await all(one.scanIdentifiers())
  const carriers = new Set(identifiers.filter(isCarriers).map(nameOf))
  const suffixes = Array.from({ length: towns }, (_, number) => `~${number}`)
  const named = names(carriers)
  return {
    state: {
      async *scanAccounts() {
        for (const suffix of suffixes) yield accounts.map((state) => named.account(state, suffix))
      },
      async *scanIdentifiers() {
        yield identifiers.filter((state) => carriers.has(nameOf(state)))
        const own = identifiers.filter((state) => !carriers.has(nameOf(state)))
        for (const suffix of suffixes) yield own.map((state) => ({ ...state, ref: `${state.ref}${suffix}` }))
      },
    },
    late,
    tell: (event) => change(one, event, { named, suffix: suffixes.at(-1) ?? '' }),
  }
}

/** Spread over all there is, half of them of accounts in rings. */
function lateOf({ events, truth }: ToldWorld, most: number): readonly StoredEvent[] {
  const inRings = new Set(truth.flatMap(({ account, ring }) => (ring === null ? [] : [account])))
  const late = [true, false].flatMap((isInRing) => {
    const some = events.filter(({ account }) => inRings.has(account) === isInRing)
    const every = Math.floor(some.length / (most / 2))
    return some.filter((_, at) => at % every === every - 1)
  })
  const known = new Set(events.filter((event) => !late.includes(event)).map(({ account }) => account))
  return late.filter(({ account }) => known.has(account))
}

async function all<Row>(batches: AsyncIterable<readonly Row[]>): Promise<readonly Row[]> {
  const rows: Row[] = []
  for await (const batch of batches) rows.push(...batch)
  return rows
}

const nameOf = ({ kind, ref }: { readonly kind: string; readonly ref: string }): string => `${kind}:${ref}`

/** Networks and providers that all of them share. */
const isCarriers = ({ kind, class: found }: IdentifierState): boolean =>
  kind === 'asn' || kind === 'emailDomain' || (kind === 'ip' && found === 'mobile')

function names(carriers: ReadonlySet<string>) {
  const ref = (key: { readonly kind: string; readonly ref: string }, suffix: string): string =>
    carriers.has(nameOf(key)) ? key.ref : `${key.ref}${suffix}`
  return {
    ref,
    account: (state: AccountState, suffix: string): AccountState => ({
      ...state,
      account: `${state.account}${suffix}`,
      uses: state.uses.map((use) => ({ ...use, ref: ref(use, suffix) })),
      relations: state.relations.map((one) => ({ ...one, to: `${one.to}${suffix}` })),
      labels: state.labels.map((label) => ({ ...label, account: `${label.account}${suffix}` })),
    }),
  }
}

async function change(
  one: MemoryState,
  event: StoredEvent,
  { named, suffix }: { readonly named: ReturnType<typeof names>; readonly suffix: string },
): Promise<StateChange> {
  one.record([event])
  const states = (await all(one.scanAccounts())).filter(({ account }) => account === event.account)
  const shown = new Set(event.identifiers.map(nameOf))
  const identifiers = (await all(one.scanIdentifiers())).filter((state) => shown.has(nameOf(state)))
  return {
    accounts: new Map(
      states.map((state) => [`${state.account}${suffix}`, named.account(state, suffix)] as const),
    ),
    identifiers: identifiers.map((state) => ({ ...state, ref: named.ref(state, suffix) })),
  }
}
