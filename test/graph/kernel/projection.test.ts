/** Links by the kernel against the reference, byte for byte. That the reference is right: test/graph/projection. */
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { assertedBy, standingAssertions } from '../../../graph/assertions/standing.ts'
import { kindRegistry } from '../../../graph/identifiers/registry.ts'
import { newKernel } from '../../../graph/kernel/instance.ts'
import { projectionIn, referenceProjection } from '../../../graph/kernel/projection.ts'
import type { KindLookup } from '../../../graph/projection/entities.ts'
import { type LinkTable, readLinkTable } from '../../../graph/projection/link-table.ts'
import { endOfDay } from '../../../graph/time.ts'
import { scanAccounts, scanIdentifiers } from '../../bench/linking/state.ts'
import { columnsOf } from '../../bench/partition/columns.ts'
import { assertions } from '../../support/core/assertions.ts'
import { history, told } from '../../support/core/histories.ts'
import { day, seen, start } from '../../support/core/states.ts'
import { kindOf, names, onClass, tableOf } from '../../support/core/tables.ts'
import { world as weakWorld } from '../../support/core/weak-events.ts'

// One for all, so that each finds what the one before left behind.
const kernel = newKernel()

/** Both by what is measured and by what was measured before. */
function expectParity(table: LinkTable, kinds: KindLookup = kindOf, asOf = endOfDay(table.newestAt)): number {
  const options = { kindOf: kinds, asOf }
  const found = projectionIn(kernel, table, options)
  expect(found).toEqual(referenceProjection(table, options))
  expect([...found.publicness]).toEqual([...referenceProjection(table, options).publicness])
  const publicness = new Map([...found.publicness].map(([key, factor]) => [key, 2_200 - factor]))
  expect(projectionIn(kernel, table, { ...options, publicness })).toEqual(
    referenceProjection(table, { ...options, publicness }),
  )
  return found.pairs.a.length
}

/** Cards are forgotten after a while, and addresses; fingerprints say next to nothing, and quickly. */
const otherKinds = kindRegistry([
  { name: 'payment', keepDays: 30 },
  { name: 'ip', keepDays: 60, capNats: 0.3 },
  { name: 'fingerprint', kappa: 0.01, halfLifeDays: 0.05, capNats: 0.0100001 },
])

describe('the kernel finds the links that the reference finds', () => {
  test('in random histories, of all kinds and with what is held to be true', async () => {
    let links = 0
    await fc.assert(
      fc.asyncProperty(history, assertions, async (steps, held) => {
        for await (const { state } of told(steps.slice(0, 1))) {
          const assertedAt = (newestAt: number) => assertedBy(standingAssertions(held, newestAt))
          const table = await readLinkTable(state.scanAccounts(), state.scanIdentifiers(), { assertedAt })
          links += expectParity(table)
          links += expectParity(table, (name) => otherKinds.get(name), endOfDay(start + 40 * day))
        }
      }),
      { numRuns: 40 },
    )
    expect(links).toBeGreaterThan(500)
  })

  test('in worlds of weak evidence', async () => {
    await fc.assert(
      fc.asyncProperty(weakWorld, async (events) => {
        expectParity(await tableOf(Object.values(events).flat()))
      }),
      { numRuns: 60 },
    )
  })

  test.each([
    ['of small components', false, 1_000],
    ['with a giant component', true, 2_000],
  ])('in a larger population %s', async (_, crowd, least) => {
    const columns = columnsOf(4_000, { crowd, seed: 7 })
    const table = await readLinkTable(scanAccounts(columns, 3), scanIdentifiers(columns))

    expect(expectParity(table)).toBeGreaterThan(least)
  })

  test('on things of as many users as may be linked, and of one more', async () => {
    for (const [thing, most] of [
      ['device:d', 197],
      ['cookie:c', 200],
      ['address:h', 50],
      ['fingerprint:f', 10],
    ] as const) {
      const found: number[] = []
      for (const users of [2, most, most + 1])
        found.push(expectParity(await tableOf(names(users, 'a').map((account) => seen(account, [thing])))))
      expect(found).toEqual([1, (most * (most - 1)) / 2, 0])
    }
  })

  test('to the cap of each kind, of one kind and of several', async () => {
    const of = (kind: string) => Array.from({ length: 12 }, (_, i) => `${kind}:${i}`)
    const [cards, homes] = [of('payment'), of('address')]
    const both = ['ada', 'bob'].flatMap((account) => [seen(account, cards), seen(account, homes)])

    expect(expectParity(await tableOf([...both, seen('cem', cards), seen('dora', homes)]))).toBe(5)
  })

  test('on more things that say nothing any more than there are accounts', async () => {
    const things = Array.from({ length: 600 }, (_, i) => `device:${i}`)
    const long = [seen('ada', things), seen('bob', things, { at: start + 3_000 * day })]

    expect(
      expectParity(await tableOf([...long, seen('cem', ['device:x']), seen('dora', ['device:x'])])),
    ).toBe(1)
  })

  test('over sign-ups of several days on one address, of more accounts than are sorted one by one', async () => {
    for (const count of [2, 5, 49, 120, 150, 153, 160]) {
      const born = names(count, 'a').map((account, i) =>
        onClass(
          i % 2 === 0 ? 'vpn' : 'residential',
          seen(account, ['ip:cafe'], { type: 'signup', at: start + ((i * 7) % 3) * day }),
        ),
      )
      const passing = names(9, 'b').map((account) => seen(account, ['ip:cafe'], { at: start + day }))

      expectParity(await tableOf([...born, ...passing]))
    }
  })

  test('over an address with more users than are on it on any day, and of every class', async () => {
    for (const ipClass of ['residential', 'mobile', 'tor'] as const) {
      const crowd = names(300, 'a').map((account, i) =>
        onClass(ipClass, seen(account, ['ip:hub', `device:d${i >> 1}`], { at: start + (i % 40) * day })),
      )
      const together = names(6, 'b').flatMap((account) =>
        [0, 1, 2].map((at) => seen(account, ['ip:hub', 'device:own'], { at: start + at * day })),
      )

      expectParity(await tableOf([...crowd, ...together]))
    }
  })

  test('where there is nobody, or nobody shares anything', async () => {
    expect(expectParity(await tableOf([]))).toBe(0)
    expect(expectParity(await tableOf([seen('ada', ['device:d1']), seen('bob', ['ip:i'])]))).toBe(0)
  })
})
