import { expect, test } from '@jest/globals'
import { linkAccounts } from '../../../graph/detect.ts'
import { judgingInput } from '../../../graph/judging/features/input.ts'
import { apart } from '../../../graph/judging/judge.ts'
import { withTaken } from '../../../graph/judging/taken.ts'
import { stateOf } from '../../support/core/states.ts'
import { kindOf, names, numberOf } from '../../support/core/tables.ts'
import { attack, established, intrusion, townsfolk } from '../../support/core/takeovers.ts'

const victims = names(4, 'victim')

async function inputOf() {
  const events = [
    ...townsfolk,
    ...victims.flatMap(established),
    ...attack(victims, 'device:intruder', { change: 'payout_change' }),
    ...['one', 'other'].flatMap((name) => [
      ...established(name),
      ...intrusion(name, ['device:borrowed'], { change: 'payout_change' }),
    ]),
  ]
  const linked = await linkAccounts(stateOf(events), { kindOf, method: 'cpm-leiden', onProgress: () => {} })
  return judgingInput({ ...linked, kindOf })
}

test('two who met one device are no cohort, though they visited it', async () => {
  const input = await inputOf()

  expect(['one', 'other'].map((name) => input.visitors.has(numberOf(input.table, name)))).toEqual([
    true,
    true,
  ])
})

test('victims of a cohort are in other hands whatever the models say, and nobody else is', async () => {
  const input = await inputOf()
  const { table } = input
  const low = new Float64Array(table.facts.length).fill(0.01)
  const half = new Float64Array(table.facts.length).fill(0.5)

  const { risk, compromise } = withTaken(input, { risk: half, compromise: low })

  for (const victim of victims.map((name) => numberOf(table, name))) {
    expect(compromise[victim]).toBeGreaterThan(0.9)
    // What an intruder did says nothing of the owner.
    expect(risk[victim]).toBeLessThan(0.05)
  }
  const others = table.facts.ids.flatMap((account, number) => (victims.includes(account) ? [] : [number]))
  expect(others.filter((other) => compromise[other] !== 0.01 || risk[other] !== 0.5)).toEqual([])
})

test('a model that is surer than the visit is believed', async () => {
  const input = await inputOf()
  const sure = new Float64Array(input.table.facts.length).fill(0.9999)
  const none = new Float64Array(input.table.facts.length)

  expect([...withTaken(input, { risk: none, compromise: sure }).compromise]).toEqual([...sure])
})

test('risk and compromise share what is certain in their own proportion', () => {
  const { risk, compromise } = apart({
    risk: Float64Array.of(0.9, 0.2, 0),
    compromise: Float64Array.of(0.6, 0.3, 1),
  })

  expect([...risk].map((one) => one.toFixed(6))).toEqual(['0.600000', '0.200000', '0.000000'])
  expect([...compromise].map((one) => one.toFixed(6))).toEqual(['0.400000', '0.300000', '1.000000'])
})
