import { expect, test } from '@jest/globals'
import { graphFeatures } from '../../../range/baselines/supervised/graph-features.ts'
import { supervised } from '../../../range/baselines/supervised/supervised.ts'
import { baselineTable } from '../../../range/baselines/table.ts'
import { flaggedIn, groupsOf, noLinks, tableOf, use } from './tables.ts'

test('graph features by hand: two devices, one of three users, and a component of four', () => {
  const table = tableOf(['a device:1', 'b device:1', 'c device:1', 'a device:2', 'c ip:3', 'd ip:3'])
  const ofAccount = (account: number) => graphFeatures(table).map((column) => column[account])

  // device: own, shared, most users, rarity; ip: the same; others, shared in all, with the closest; component.
  expect(ofAccount(0)).toEqual([2, 1, 3, 0.5, 0, 0, 0, 0, 2, 2, 1, 4])
  expect(ofAccount(2)).toEqual([1, 1, 3, 0.5, 1, 1, 2, 1, 3, 3, 1, 4])
})

test('who looks like known fraud is flagged, and flagged accounts that share are one community', () => {
  const names = Array.from({ length: 400 }, (_, n) => `h${n}`)
  const rings = Array.from({ length: 10 }, (_, ring) =>
    ['a', 'b', 'c', 'd'].map((member) => `r${ring}${member}`),
  )
  const table = baselineTable({
    accounts: [
      ...names.map((account) => ({ account })),
      ...rings.flatMap((members) =>
        members.map((account, n) => ({ account, ...(n === 0 && { known: 'fraud' as const }) })),
      ),
    ],
    uses: [
      ...names.map((name) => use(`${name} device:${name}`)),
      ...rings.flatMap((members, ring) => members.map((name) => use(`${name} device:${ring}`))),
    ],
  })
  const { communityOf, flagged } = supervised({ table, links: noLinks }, { flagMin: 0.1 })

  expect(flaggedIn(table, flagged)).toBe(rings.flat().sort().join(' '))
  expect(groupsOf(table, communityOf)).toEqual(rings.map((members) => members.join(' ')).sort())
})
