/** The state is a join-semilattice: what was delivered decides it, not how. */
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { AccountState, Label, StoredEvent } from '../../graph/model.ts'
import { type AccountDelta, foldEvents } from '../../graph/state/fold.ts'
import type { EmbeddedStore } from '../../src/store/sqlite/store.ts'
import { stateCases } from '../contract/state.ts'
import {
  assertions,
  batchesOf,
  deliveriesOf,
  label,
  runsFor,
  shuffled,
  storedEvents,
} from '../support/core/arbitraries.ts'
import { comparableOf, storedState } from '../support/core/compare-states.ts'
import { expectedState } from '../support/core/oracle.ts'
import { openTempStore } from '../support/stores/embedded.ts'

/** A batch of events goes in at once, or is accepted now and joined whenever folding comes round. */
type Step =
  | { readonly how: 'record' | 'accept'; readonly events: readonly StoredEvent[] }
  | { readonly how: 'fold' | 'foldAll' }
  | { readonly how: 'label'; readonly labels: readonly Label[] }

async function take(store: EmbeddedStore, step: Step): Promise<void> {
  if (step.how === 'record') await store.record(step.events)
  if (step.how === 'accept') await store.accept(step.events)
  if (step.how === 'fold') await store.foldSome()
  if (step.how === 'foldAll') await store.foldAll()
  if (step.how === 'label') await store.label(step.labels)
}

const stateOf = (
  account: string,
  { createdAt, activities, uses, relations }: AccountDelta,
): AccountState => ({
  account,
  ...(createdAt !== undefined && { createdAt }),
  activities: [...activities.values()],
  uses: [...uses.values()],
  relations: [...relations.values()],
  labels: [],
})

const foldAll = async (store: EmbeddedStore): Promise<void> => {
  while ((await store.foldSome()) > 0);
}

/** Half of the batches through accept and fold, half through record, labels between them. */
const stepsOf = (events: readonly StoredEvent[], labels: readonly Label[]): fc.Arbitrary<readonly Step[]> =>
  fc
    .tuple(
      deliveriesOf(events).chain(batchesOf),
      shuffled([...labels, ...labels]).chain(batchesOf),
      fc.boolean(),
    )
    .chain(([batches, labelBatches, recordFirst]) => {
      const eventSteps: readonly Step[] = batches.map((batch, i) => ({
        how: (i % 2 === 0) === recordFirst ? 'record' : 'accept',
        events: batch,
      }))
      const labelSteps: readonly Step[] = labelBatches.map((batch) => ({ how: 'label', labels: batch }))
      return shuffled([...eventSteps, ...labelSteps, { how: 'fold' }, { how: 'foldAll' }])
    })

const worlds = fc
  .tuple(storedEvents({ minLength: 1, maxLength: 120 }), fc.array(label, { maxLength: 8 }), assertions)
  .chain(([events, labels, asserted]) =>
    fc.record({
      events: fc.constant(events),
      labels: fc.constant(labels),
      asserted: fc.constant(asserted),
      steps: stepsOf(events, labels),
    }),
  )

describe('the state', () => {
  test('is the oracle’s, whatever the order, the repeats, the batches and the way in', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, async ({ events, labels, asserted, steps }) => {
        await using plainly = await openTempStore()
        await using anyhow = await openTempStore()

        await plainly.record(events)
        await plainly.label(labels)
        for (const one of asserted) await plainly.assert(one)
        for (const one of asserted.toReversed()) await anyhow.assert(one)
        for (const step of steps) await take(anyhow, step)
        await foldAll(anyhow)

        expect(await storedState(anyhow)).toEqual(comparableOf(expectedState(events, labels)))
        expect(await anyhow.digest()).toEqual(await plainly.digest())
      }),
      runsFor(60),
    )
  })

  test('is the oracle’s, before any store has joined it with another', () => {
    const delivered = storedEvents({ minLength: 1, maxLength: 120 }).chain((events) =>
      fc.tuple(fc.constant(events), deliveriesOf(events)),
    )
    fc.assert(
      fc.property(delivered, ([events, deliveries]) => {
        const { accounts, identifiers } = foldEvents(deliveries)

        const states = new Map([...accounts].map(([id, delta]) => [id, stateOf(id, delta)]))
        const folded = { accounts: states, identifiers: new Map(identifiers) }
        expect(comparableOf(folded)).toEqual(comparableOf(expectedState(events)))
      }),
      runsFor(50),
    )
  })

  test('is the same when it is made again from the log', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, async ({ events, labels, steps }) => {
        await using store = await openTempStore()
        for (const step of steps) await take(store, step)
        await foldAll(store)
        const before = await store.digest()

        await store.rebuild()

        expect(await store.digest()).toEqual(before)
        expect(await storedState(store)).toEqual(comparableOf(expectedState(events, labels)))
      }),
      runsFor(15),
    )
  })

  test('is told apart from any state that lacks one of its events or labels', async () => {
    const newAccount = storedEvents({ minLength: 2, maxLength: 12 }).map((events) =>
      events.map((event, i) => ({ ...event, id: `only ${i}`, account: `only ${i}` })),
    )
    await fc.assert(
      fc.asyncProperty(newAccount, async (events) => {
        await using whole = await openTempStore()
        await using lacking = await openTempStore()

        await whole.record(events)
        await lacking.record(events.slice(1))

        expect((await lacking.digest()).digest).not.toBe((await whole.digest()).digest)
      }),
      runsFor(10),
    )
  })
})

describe('the oracle', () => {
  test.each(stateCases.map((one) => [one.name, one] as const))(
    'knows that %s',
    (_, { events, labels, ...expected }) => {
      const state = expectedState(events, labels)

      for (const { account, ...lists } of expected.accounts) {
        const found = state.accounts.get(account)
        expect(found && inOrder(found)).toMatchObject(lists)
      }
      for (const row of expected.identifiers) {
        expect(
          [...state.identifiers.values()].find(({ kind, ref }) => kind === row.kind && ref === row.ref),
        ).toMatchObject(row)
      }
    },
  )
})

/** Case files list rows by their keys; the oracle lists them as it finds them. */
function inOrder<T extends object>(account: T): object {
  const byKeys = (a: unknown, b: unknown) => (keysOf(a) < keysOf(b) ? -1 : 1)
  return Object.fromEntries(
    Object.entries(account).map(([name, rows]) => [name, Array.isArray(rows) ? rows.toSorted(byKeys) : rows]),
  )
}

function keysOf(row: unknown): string {
  const { relation, to, kind, ref, source, type } = row as Readonly<Record<string, string | undefined>>
  return JSON.stringify([relation, to, kind, ref, source, type])
}
