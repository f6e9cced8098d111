/** How much people and gangs share. */
import { beforeAll, describe, expect, test } from '@jest/globals'
import { colonies } from '../../../range/colony/colonies.ts'
import { crimes } from '../../../range/colony/crimes/crimes.ts'
import { habits } from '../../../range/colony/habits/deal.ts'
import { fraudRoles } from '../../../range/truth.ts'
import { type MadeWorld, makeWorld } from '../made-world.ts'

/** Accounts by value, of what they chose to show; lent, carriers' and organisations' addresses left out. */
function usersOf({ events }: MadeWorld): ReadonlyMap<string, ReadonlySet<string>> {
  const users = new Map<string, Set<string>>()
  for (const { type, account, identifiers = {} } of events) {
    if (['login_failed', 'report', 'chargeback'].includes(type)) continue
    for (const [kind, value] of Object.entries(identifiers)) {
      if (kind === 'fingerprint' || /^24[4-9]\.|^25\d\.|^season-|^stock-/.test(value)) continue
      users.set(value, (users.get(value) ?? new Set()).add(account))
    }
  }
  return users
}

test('every weight of every colony is of a habit or crime there is, and all there are happen somewhere', () => {
  const known = { habits: habits.map(({ name }) => name), crimes: [...crimes.keys()] }

  for (const { habits: lived, crimes: done } of Object.values(colonies)) {
    expect(known.habits).toEqual(expect.arrayContaining(Object.keys(lived)))
    expect(known.crimes).toEqual(expect.arrayContaining(Object.keys(done)))
  }
  const named = (of: 'habits' | 'crimes') =>
    new Set(Object.values(colonies).flatMap((figures) => Object.keys(figures[of])))
  expect(named('habits')).toEqual(new Set(known.habits))
  expect(named('crimes')).toEqual(new Set(known.crimes))
})

describe.each(['bazaar', 'airwaves', 'purse'])('%s of 20,000', (world) => {
  let made: MadeWorld
  beforeAll(async () => {
    made = await makeWorld({ world, seed: 41, accounts: 20_000 })
  })

  test('has a ceiling of linking well above a half and well below all', () => {
    const ringOf = new Map(
      made.truth.flatMap(({ account, ring }) => (ring ? [[account, ring] as const] : [])),
    )
    const linked = new Set<string>()
    for (const users of usersOf(made).values()) {
      if (users.size > 50) continue
      for (const account of users) {
        const ring = ringOf.get(account)
        if (ring === undefined) continue
        if ([...users].some((other) => other !== account && ringOf.get(other) === ring)) linked.add(account)
      }
    }

    expect(made.counts.linkable).toBeCloseTo(linked.size / ringOf.size, 5)
    expect(made.counts.linkable).toBeGreaterThan(0.55)
    expect(made.counts.linkable).toBeLessThan(0.9)
  })

  test('has gangs that work from one room, and others that never meet', () => {
    const crews = Map.groupBy(
      made.truth.filter(({ role }) => fraudRoles.has(role)),
      ({ ring }) => ring,
    )
    const machines = [...usersOf(made)].filter(([value]) => /^(handset|crumb)-/.test(value))
    const meets = [...crews.values()].map((crew) => {
      const accounts = new Set(crew.map(({ account }) => account))
      const most = Math.max(
        ...machines.map(([, users]) => [...users].filter((user) => accounts.has(user)).length),
      )
      return accounts.size > 5 ? [most / accounts.size] : []
    })
    const met = meets.flat().filter((share) => share > 0.4).length / meets.flat().length

    expect(met).toBeGreaterThan(0.4)
    expect(met).toBeLessThan(0.95)
  })

  test('lives from honest sharing: most people share something small with somebody', () => {
    const sharing = new Set(
      [...usersOf(made).values()].flatMap((users) => (users.size > 1 ? [...users] : [])),
    )
    const honest = made.truth.filter(({ role }) => !fraudRoles.has(role))
    const groups = new Set(honest.flatMap(({ group }) => group?.replace(/-[a-z]{12}$/, '') ?? []))

    expect(honest.filter(({ account }) => sharing.has(account)).length / honest.length).toBeGreaterThan(0.5)
    expect(groups.size).toBeGreaterThan(20)
  })

  test('has bystanders near its rings, fewer than it has other honest people', () => {
    const count = (role: string) => made.truth.filter((line) => line.role === role).length

    const families = Map.groupBy(
      made.truth.filter(({ group }) => group?.startsWith('family-')),
      ({ group }) => group,
    )
    const besides = [...families.values()].filter((members) =>
      members.some(({ role }) => fraudRoles.has(role)),
    )

    expect(besides.length).toBeGreaterThan(20)
    expect(besides.flat().filter(({ role }) => role === 'benign')).toEqual([])
    expect(count('bystander')).toBeGreaterThan(200)
    expect(count('bystander')).toBeLessThan(count('benign') / 5)
    expect(
      made.truth.filter(({ role, ring }) => (ring === null) !== (role === 'bystander' || role === 'benign')),
    ).toEqual([])
  })
})

test('addresses of carriers are met in blocks made apart, and devices are not', async () => {
  const made = await makeWorld({ world: 'purse', seed: 2, accounts: 4_000 })
  const blockOf = new Map(made.truth.map(({ account }, at) => [account, at < 2_000 ? 0 : 1]))
  const spanning = new Set<string>()
  const first = new Map<string, number>()
  for (const { account, identifiers = {} } of made.events) {
    const block = blockOf.get(account) ?? 0
    for (const [kind, value] of Object.entries(identifiers)) {
      if ((first.get(`${kind}/${value}`) ?? block) !== block) spanning.add(kind)
      first.set(`${kind}/${value}`, block)
    }
  }

  expect([...spanning].toSorted()).toEqual(['fingerprint', 'image', 'ip', 'promo'])
})
