import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { DirectLink } from '../../../graph/explain/link.ts'
import { defaultPathCaps, explainAccounts, linksOf } from '../../../graph/explain/path.ts'
import { shippedKinds } from '../../../graph/identifiers/registry.ts'
import { nothingPublic } from '../../../graph/projection/publicness.ts'
import { explanationView } from '../../../src/views/explanation.ts'
import { runsFor } from '../../support/core/arbitraries.ts'
import { indexedState } from '../../support/core/indexed-state.ts'
import { smallWorlds } from '../../support/core/published-world.ts'
import { seen, stateOf } from '../../support/core/states.ts'

const options = { kindOf: (kind: string) => shippedKinds.get(kind), publicness: nothingPublic }
type State = Awaited<ReturnType<typeof indexedState>>

/** Every path that goes through no account twice, by its probability; plainly. */
async function everyPath(state: State, { from, to, hops }: { from: string; to: string; hops: number }) {
  const near = new Map<string, readonly DirectLink[]>()
  for (const { account } of state.states) near.set(account, (await linksOf(state, account, options)).links)
  const found: { readonly accounts: readonly string[]; readonly probability: number }[] = []
  const walk = (accounts: readonly string[], probability: number): void => {
    const last = accounts.at(-1) ?? ''
    if (last === to) return void found.push({ accounts, probability })
    if (accounts.length > hops) return
    for (const link of near.get(last) ?? []) {
      const next = link.a === last ? link.b : link.a
      if (!accounts.includes(next)) walk([...accounts, next], probability * link.probability)
    }
  }
  walk([from], 1)
  return found.toSorted((x, y) => y.probability - x.probability)
}

const throughOf = (from: string, path: readonly DirectLink[]): readonly string[] => {
  const accounts = [from]
  for (const { a, b } of path) accounts.push(a === accounts.at(-1) ? b : a)
  return accounts
}

/** All paths among more would be too many to walk. */
const fewAccounts = 7

test('the k best paths are the k most probable of all there are', async () => {
  await fc.assert(
    fc.asyncProperty(smallWorlds, fc.integer({ min: 1, max: 5 }), async (world, paths) => {
      const events = world.filter(({ account }) => Number(account.slice(1)) < fewAccounts)
      const state = await indexedState(stateOf(events))
      const [one, other] = [state.states[0]?.account ?? '', state.states.at(-1)?.account ?? '']
      fc.pre(one !== other)
      // With as many hops as accounts no path is cut short.
      const caps = { ...defaultPathCaps, hopsMax: state.states.length }

      const found = await explainAccounts(state, [one, other], { ...options, caps, paths })
      if ('unknown' in found) throw new Error(found.unknown)
      const told = found.linked ? [{ probability: found.probability, path: found.path }, ...found.others] : []
      const all = await everyPath(state, { from: one, to: other, hops: caps.hopsMax })

      expect(told).toHaveLength(Math.min(paths, all.length))
      told.forEach(({ probability, path }, i) => {
        const through = throughOf(one, path)
        expect(probability).toBeCloseTo(all[i]?.probability ?? 0, 5)
        expect(through.at(-1)).toBe(other)
        expect(new Set(through).size).toBe(through.length)
      })
      expect(new Set(told.map(({ path }) => throughOf(one, path).join())).size).toBe(told.length)
    }),
    runsFor(60),
  )
})

test('whoever waited long enough gets what there is, and hears that there may be more', async () => {
  const chain = Array.from({ length: 6 }, (_, i) => seen(`a${i}`, [`device:d${i}`, `device:d${i + 1}`]))
  const state = await indexedState(stateOf(chain))

  const found = await explainAccounts(state, ['a0', 'a5'], { ...options, isLate: () => true })

  expect(found).toMatchObject({ linked: false, path: [], truncated: true })
})

test('two that share ten thousand identifiers are told the strongest, in far less than 1 MB', async () => {
  const many = Array.from({ length: 10_000 }, (_, i) => `device:d${i}`)
  const state = await indexedState(stateOf([seen('a', many), seen('b', many)]))

  const found = await explainAccounts(state, ['a', 'b'], options)
  if ('unknown' in found) throw new Error(found.unknown)
  const view = explanationView(found)

  expect(view).toMatchObject({ linked: true, truncated: true, direct: { sharedOmitted: 9_950 } })
  expect(JSON.stringify(view).length).toBeLessThan(100_000)
})
