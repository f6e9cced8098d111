import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { groupsBy } from '../../../graph/communities/groups.ts'

const accounts = 12
const label = fc.nat(accounts + 3)
const labels = fc.array(label, { minLength: accounts, maxLength: accounts })
/** Some accounts of a group get labels, old ones or new. */
const move = fc.record({
  from: fc.nat(accounts + 3),
  to: fc.array(fc.nat(accounts + 3), { maxLength: accounts }),
})

test('members are those who have the label, ascending, however often accounts moved', () => {
  fc.assert(
    fc.property(labels, fc.array(move), (begin, moves) => {
      const now = Int32Array.from(begin)
      const groups = groupsBy(now)

      for (const { from, to } of moves) {
        groups.membersOf(from).forEach((account, place) => {
          now[account] = to[place] ?? from
        })
        groups.renamed(from)

        for (let one = 0; one < accounts + 4; one++)
          expect(groups.membersOf(one)).toEqual([...now.keys()].filter((account) => now[account] === one))
      }
    }),
  )
})
