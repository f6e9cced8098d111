import { expect, test } from '@jest/globals'
import { linkAccounts } from '../../../graph/detect.ts'
import {
  compromiseFeatures,
  ringFeatures,
  riskFeatures,
  secondCompromiseFeatures,
  secondRiskFeatures,
} from '../../../graph/judging/catalogue.ts'
import { judgingInput } from '../../../graph/judging/features/input.ts'
import { addHostility, addSuspicion, lookAt } from '../../../graph/judging/look.ts'
import type { StoredEvent } from '../../../graph/model.ts'
import { day, seen, start, stateOf } from '../../support/core/states.ts'
import { kindOf, names } from '../../support/core/tables.ts'
import { attack, established, townsfolk } from '../../support/core/takeovers.ts'

const farm = names(6, 'farm')
const victims = names(4, 'victim')

/** Something of everything that features look at. */
const events: readonly StoredEvent[] = [
  ...townsfolk,
  ...victims.flatMap(established),
  ...attack(victims, 'device:intruder', { change: 'payout_change', paid: 'thief' }),
  ...farm.flatMap((account, i) => [
    seen(account, ['device:farm', 'payment:card', 'ip:den'], { type: 'signup', at: start + i * 3_600_000 }),
    seen(account, ['device:farm', 'payment:card', 'target:song'], { type: 'payment', at: start + day }),
  ]),
]

async function looked(all: readonly StoredEvent[]) {
  const linked = await linkAccounts(stateOf(all), { kindOf, method: 'cpm-leiden', onProgress: () => {} })
  const input = judgingInput({ ...linked, kindOf })
  const look = lookAt(input, {})
  addHostility(look, new Float64Array(input.communities.length).fill(0.5))
  const half = new Float64Array(linked.table.facts.length).fill(0.25)
  addSuspicion(look, { risk: half, compromise: half })
  return look
}

test('every feature that a model reads is there, and no other is made', async () => {
  const { accounts, communities } = await looked(events)

  const ofAccounts = [...secondRiskFeatures, ...secondCompromiseFeatures].map(({ name }) => name)
  const ofCommunities = ringFeatures.map(({ name }) => name)
  const read = new Set([...ofAccounts, ...ofCommunities])
  expect(ofAccounts.filter((name) => !accounts.columns.has(name))).toEqual([])
  expect(ofCommunities.filter((name) => !communities.columns.has(name))).toEqual([])
  expect([...accounts.columns.keys()].filter((name) => !isRead(name, read))).toEqual([])
  expect([...communities.columns.keys()].filter((name) => !isRead(name, read))).toEqual([])
})

/** As it is, of a ring, or as the mean over members or links. */
const isRead = (name: string, read: ReadonlySet<string>): boolean =>
  [name, `ring:${name}`, name.replace(/^ring:/, '')].some((one) => read.has(one)) ||
  [...read].some((one) => one.endsWith(`members:${name}`) || one === `linked:${name}`)

test('a feature is named once in a model', () => {
  for (const features of [
    ringFeatures,
    riskFeatures,
    compromiseFeatures,
    secondRiskFeatures,
    secondCompromiseFeatures,
  ]) {
    const named = features.map(({ name }) => name)
    expect(named.filter((name, at) => named.indexOf(name) !== at)).toEqual([])
  }
})

test('what accounts are called and the order of events change no feature', async () => {
  const one = await looked(events)
  const renamed = (name: string): string => `z${[...name].toReversed().join('')}`
  const other = await looked(
    events.toReversed().map((event) => ({
      ...event,
      account: renamed(event.account),
      relations: event.relations.map((row) => ({ ...row, account: renamed(row.account) })),
    })),
  )
  const rowOf = new Map(other.input.table.facts.ids.map((account, row) => [account, row]))
  // Clustering breaks ties by name, so features of clusters may differ; these few are told apart by nothing.
  for (const [name, column] of one.accounts.columns) {
    one.input.table.facts.ids.forEach((account, row) => {
      const same = other.accounts.columns.get(name)?.[rowOf.get(renamed(account)) ?? -1]
      const own = column[row] ?? Number.NaN
      expect([name, same]).toEqual([name, Number.isNaN(own) ? Number.NaN : expect.closeTo(own, 9)])
    })
  }
})
