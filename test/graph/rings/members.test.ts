import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { linkAccounts } from '../../../graph/detect.ts'
import { judgingInput } from '../../../graph/judging/features/input.ts'
import type { Judgement } from '../../../graph/judging/judge.ts'
import { membersOf } from '../../../graph/rings/members.ts'
import { seen, stateOf } from '../../support/core/states.ts'
import { kindOf, names } from '../../support/core/tables.ts'

const accounts = names(5, 'a')
const probability = fc.integer({ min: 0, max: 1_000 }).map((thousandths) => thousandths / 1_000)

test('a victim is no suspect, whoever carries risk has a role that says so, and only they are flagged', async () => {
  const state = stateOf(accounts.map((account) => seen(account, ['device:one'])))
  const linked = await linkAccounts(state, { kindOf, method: 'cpm-leiden', onProgress: () => {} })
  const { table, communities } = judgingInput({ ...linked, kindOf })
  const [community] = communities
  if (!community) throw new Error('Accounts on one device are a community')
  const figures = fc.array(probability, { minLength: accounts.length, maxLength: accounts.length })

  fc.assert(
    fc.property(figures, figures, fc.constantFrom('shipped', 'local'), (risk, compromise, trust) => {
      const judgement = { risk, compromise } as unknown as Judgement
      const members = membersOf({ table, community, visitors: new Map(), judgement, trust })

      members.forEach((member, place) => {
        const [own, taken] = [risk[place] ?? 0, compromise[place] ?? 0]
        const isVictim = taken >= 0.35 && taken > own
        // A published figure is rounded to a millionth, which may be the other side of a bound.
        if (Math.min(Math.abs(taken - 0.35), Math.abs(own - 0.35), Math.abs(own - taken)) < 1e-5) return
        if (isVictim) expect(member.risk).toBeLessThan(0.35)
        expect(member.role === 'victim').toBe(isVictim)
        expect(['core', 'bridge', 'receiver'].includes(member.role)).toBe(!isVictim && own >= 0.35)
        const flagMin = trust === 'shipped' ? 0.9 : 0.75
        if (Math.abs(own - flagMin) > 1e-5) expect(member.flagged).toBe(!isVictim && own >= flagMin)
      })
    }),
  )
})
