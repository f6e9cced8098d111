import { expect, test } from '@jest/globals'
import { parameters } from '../../../range/baselines/parameters.ts'
import { chooseParameters, sweeps } from '../../../range/baselines/sweeps.ts'
import { groupsOf, noLinks, tableOf } from './tables.ts'

test('the candidate that does best on average is chosen, the first of equals', () => {
  const table = tableOf([
    'a device:1',
    'b device:1',
    ...['c', 'd', 'e', 'f'].map((name) => `${name} device:2`),
  ])
  const goodness = (communityOf: Int32Array, wanted: readonly string[]) =>
    Number(groupsOf(table, communityOf).join() === wanted.join())
  const inputs = [{ table, links: noLinks }]
  const chosen = (wanted: readonly string[]) =>
    chooseParameters(inputs, ({ communityOf }) => goodness(communityOf, wanted))[0]

  expect(chosen(['a b', 'c d e f'])).toEqual({
    name: 'wccTuned',
    parameters: { usersMax: 5, addresses: 0 },
    goodness: 1,
  })
  expect(chosen(['a b'])).toMatchObject({ parameters: { usersMax: 2 }, goodness: 1 })
})

test('what is chosen is among what was tried', () => {
  for (const { name, candidates } of sweeps) {
    expect(candidates.map((candidate) => candidate.parameters)).toContainEqual(
      parameters[name as keyof typeof parameters],
    )
  }
})
