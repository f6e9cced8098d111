import { expect, test } from '@jest/globals'
import { plainCustomers } from '../../range/benign/plain.ts'
import { networksOf } from '../../range/networks.ts'
import { type Told, tellPlace } from '../../range/place.ts'
import type { Attack, Population } from '../../range/plan.ts'
import { type WorldFigures, worlds } from '../../range/worlds.ts'

const times = { startAt: Date.UTC(2026, 0, 1), endAt: Date.UTC(2026, 3, 1) }
const town = worlds['town'] as WorldFigures

const told = (figures: WorldFigures, accounts = 800) =>
  tellPlace({
    figures,
    seed: 8,
    name: '0',
    accounts,
    ringed: 40,
    times,
    campaigns: [times.startAt + 9e8],
    networks: networksOf(figures.networks, accounts, times),
  })

/** What honest people did on their own: without others, whose order of arrival decides whom they pay or follow. */
function honestLives({ events, truth }: Told): ReadonlyMap<string, string> {
  const honest = new Set(truth.flatMap(({ account, role }) => (role === 'benign' ? [account] : [])))
  const lives = Map.groupBy(
    events.filter(
      ({ account, counterparties, target }) =>
        honest.has(account) && counterparties === undefined && target?.startsWith('acct_') !== true,
    ),
    ({ account }) => account,
  )
  return new Map([...lives].map(([account, life]) => [account, JSON.stringify(life)]))
}

function commonOf(a: Told, b: Told) {
  const [ours, theirs] = [honestLives(a), honestLives(b)]
  const common = [...ours.keys()].filter((account) => theirs.has(account))
  return { common, changed: common.filter((account) => ours.get(account) !== theirs.get(account)) }
}

const groupIn = (figures: WorldFigures) => {
  const groups = new Map(told(figures).truth.map(({ account, group }) => [account, group]))
  return (account: string) => groups.get(account)
}

test('an attack more or less leaves the lives of the honest as they were', () => {
  const all = told(town)
  const { common, changed } = commonOf(all, told({ ...town, attacks: town.attacks.slice(0, 1) }))

  expect(common.length).toBeGreaterThan(700)
  expect(changed).toEqual([])
})

test('another population takes room, and leaves the people of others as they were', () => {
  const students: Population = { ...plainCustomers, name: 'students' }
  const { common, changed } = commonOf(
    told(town),
    told({ ...town, populations: [[students, 0.4], ...town.populations] }),
  )

  expect(common.length).toBeGreaterThan(400)
  // A household that does not fit is cut to the room there is: the last before the attacks, and the last of all.
  expect(new Set(changed.map(groupIn(town))).size).toBeLessThanOrEqual(2)
})

test('rings carry what they may, and never more', () => {
  for (let ringed = 0; ringed <= 60; ringed += 6) {
    const { truth } = tellPlace({
      figures: town,
      seed: ringed,
      name: '3',
      accounts: 600,
      ringed,
      times,
      campaigns: [],
      networks: networksOf(town.networks, 600, times),
    })
    const carried = truth.filter(({ ring }) => ring !== null).length

    expect(truth).toHaveLength(600)
    expect(carried).toBeLessThanOrEqual(ringed)
    // Too little for the smallest ring may stay.
    expect(carried).toBeGreaterThan(ringed - 5)
  }
})

test('a place nobody can be robbed in is left alone', () => {
  const takeoverOnly = town.attacks.filter(([attack]) => attack.name === 'takeover')
  const newcomers: Population = {
    ...plainCustomers,
    name: 'newcomers',
    plan(place, request) {
      const plan = plainCustomers.plan(place, request)
      return { ...plan, settlers: plan.settlers.map((person) => ({ ...person, bornAt: place.endAt })) }
    },
  }

  const { truth } = told({ ...town, attacks: takeoverOnly, populations: [[newcomers, 1]] })

  expect(truth).toHaveLength(800)
  expect(truth.every(({ ring }) => ring === null)).toBe(true)
})

test('who carries a ring keeps it whatever a later attack says, and every victim stays in its household', () => {
  const slander: Attack = {
    name: 'slander',
    accountsMin: 1,
    reasons: ['spam'],
    plan: ({ residents }) => ({
      settlers: [],
      events: [],
      truth: residents.map(({ account }) => ({
        account,
        ring: null,
        attack: null,
        role: 'bystander',
        group: null,
      })),
    }),
  }
  const robbing = town.attacks.filter(([{ name }]) => name === 'takeover')
  const attacks: WorldFigures['attacks'] = [...robbing, [slander, 1]]

  const { truth } = told({ ...town, attacks })

  const victims = truth.filter(({ role }) => role === 'victim')
  expect(victims.length).toBeGreaterThan(10)
  expect(truth.some(({ role }) => role === 'bystander')).toBe(true)
  expect(victims.some(({ group }) => group?.startsWith('household'))).toBe(true)
})
