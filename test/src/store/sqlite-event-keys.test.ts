/** Repeats are told from news whatever became of what was known of them: joined, kept, read again or undone. */
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { StoredEvent } from '../../../graph/model.ts'
import type { Receipt } from '../../../graph/ports.ts'
import { eventOf } from '../../support/core/events.ts'
import { openIn, openRows } from '../../support/stores/embedded.ts'
import { tempDir } from '../../support/temp-dir.ts'

const event = fc
  .record({
    id: fc.constantFrom('e1', 'e2', 'e3'),
    content: fc.constantFrom('c1', 'c2'),
    tables: fc.constantFrom(0, 1),
  })
  .map((key) => ({ ...eventOf({ id: key.id }), ...key }))

const steps = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.array(event, { maxLength: 4 }) },
    fc.constantFrom('fold' as const, 'foldAll' as const, 'reopen' as const),
  ),
  { maxLength: 14 },
)

/** Remembers every event that came. */
function oracle() {
  const contents = new Map<string, Set<string>>()
  return ({ id, content }: StoredEvent): Receipt => {
    const known = contents.get(id) ?? new Set()
    const receipt = known.has(content) ? 'duplicate' : known.size > 0 ? 'conflict' : 'accepted'
    contents.set(id, known.add(content))
    return receipt
  }
}

test('a repeat is a repeat before and after it is joined, and when the store was closed between', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      using dir = tempDir()
      let store = openIn(dir.path)
      const receiptOf = oracle()

      for (const step of all) {
        if (step === 'fold') await store.foldSome()
        else if (step === 'foldAll') await store.foldAll()
        else if (step === 'reopen') {
          await store[Symbol.asyncDispose]()
          store = openIn(dir.path)
        } else expect(await store.accept(step)).toEqual(step.map(receiptOf))
      }

      await store[Symbol.asyncDispose]()
    }),
    { numRuns: 40 },
  )
})

test('what could not be stored is not known', async () => {
  using dir = tempDir()
  await using store = openIn(dir.path)
  {
    using rows = openRows(dir.path)
    rows.exec(
      `CREATE TRIGGER full BEFORE INSERT ON event WHEN NEW.id = 'last' BEGIN SELECT RAISE(ABORT, 'disk full'); END`,
    )
  }
  const [first, last] = [eventOf({ id: 'first' }), eventOf({ id: 'last' })]

  await expect(store.accept([first, last])).rejects.toThrow('disk full')

  expect(await store.accept([first])).toEqual(['accepted'])
  expect(await store.accept([first])).toEqual(['duplicate'])
})
