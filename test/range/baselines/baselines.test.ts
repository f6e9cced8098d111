import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { baselines } from '../../../range/baselines/catalogue.ts'
import { evilCohort } from '../../../range/baselines/evilcohort.ts'
import { gdsP2p } from '../../../range/baselines/gds-p2p.ts'
import { gdsPaySim } from '../../../range/baselines/gds-paysim.ts'
import { sharedCount } from '../../../range/baselines/shared-count.ts'
import { sharedPairs } from '../../../range/baselines/sharing/pairs.ts'
import { signupGroups } from '../../../range/baselines/signup-groups.ts'
import { similarUsers } from '../../../range/baselines/similar-users.ts'
import { synchroTrap } from '../../../range/baselines/synchrotrap.ts'
import { baselineTable } from '../../../range/baselines/table.ts'
import { wcc } from '../../../range/baselines/wcc.ts'
import { dayMs, flaggedIn, groupsOf, noLinks, rows, tableOf } from './tables.ts'

const many = (count: number, identifier: string) =>
  Array.from({ length: count }, (_, n) => `x${n} ${identifier}`)

describe.each(baselines.map((baseline) => [baseline.name, baseline] as const))('%s', (_, baseline) => {
  const found = (told: Parameters<typeof baselineTable>[0]) => {
    const table = baselineTable(told)
    const links = sharedPairs(table, { usersMax: 50 })
    const { communityOf, flagged } = baseline.find({ table, links })
    return { groups: groupsOf(table, communityOf), flagged: flaggedIn(table, flagged), communityOf }
  }

  test('finds the same however rows are ordered', () => {
    const shuffled = rows.chain((told) =>
      fc.tuple(
        fc.constant(told),
        fc.record({
          accounts: fc.shuffledSubarray([...told.accounts], { minLength: told.accounts.length }),
          uses: fc.shuffledSubarray([...told.uses], { minLength: [...told.uses].length }),
          payments: fc.shuffledSubarray([...(told.payments ?? [])], {
            minLength: [...(told.payments ?? [])].length,
          }),
        }),
      ),
    )

    fc.assert(
      fc.property(shuffled, ([told, other]) => {
        expect(found(other)).toEqual(found(told))
      }),
      { numRuns: 40 },
    )
  })

  test('names communities by their least account', () => {
    fc.assert(
      fc.property(rows, (told) => {
        const { communityOf } = found(told)
        communityOf.forEach((community, account) => {
          expect(community).toBeLessThanOrEqual(account)
          expect(communityOf[community]).toBe(community)
        })
      }),
      { numRuns: 20 },
    )
  })

  test('finds nothing in nothing', () => {
    expect(found({ accounts: [], uses: [] })).toMatchObject({ groups: [], flagged: '' })
    expect(found({ accounts: [{ account: 'ada' }], uses: [] })).toMatchObject({ groups: [], flagged: '' })
  })
})

test('shared pairs agree with looking at every two accounts', () => {
  fc.assert(
    fc.property(
      rows,
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 3 }),
      (told, usersMax, sharedMin) => {
        const table = baselineTable(told)
        const expected = table.accounts.flatMap((_, a) =>
          table.accounts.flatMap((__, b) => {
            const shared = table.identifiers.filter(
              ({ uses }) =>
                uses.length <= usersMax && [a, b].every((one) => uses.some(({ account }) => account === one)),
            ).length
            return a < b && shared >= sharedMin ? [[a, b, shared]] : []
          }),
        )
        const { a, b, weight } = sharedPairs(table, { usersMax, sharedMin })

        expect(Array.from(a, (one, at) => [one, b[at], weight[at]])).toEqual(expected)
      },
    ),
  )
})

test('components follow chains of identifiers, but not through a hub', () => {
  const table = tableOf(
    ['ada device:1', 'ben device:1', 'ben payment:2', 'cid payment:2', 'dan ip:3', ...many(3, 'ip:3')],
    {
      accounts: ['ada', 'ben', 'cid', 'dan', 'x0', 'x1', 'x2'].map((account) => ({
        account,
        known: account === 'cid' ? 'fraud' : 'legit',
      })),
    },
  )
  const { communityOf, flagged } = wcc({ table, links: noLinks }, { usersMax: 3, addresses: 1 })

  expect(groupsOf(table, communityOf)).toEqual(['ada ben cid'])
  expect(flaggedIn(table, flagged)).toBe('ada ben cid')
})

test('Louvain on shared counts parts two groups that one identifier joins', () => {
  const table = tableOf([
    ...['a', 'b', 'c'].flatMap((name) => [`${name} device:1`, `${name} payment:2`]),
    ...['d', 'e', 'f'].flatMap((name) => [`${name} device:3`, `${name} payment:4`]),
    'c ip:5',
    'd ip:5',
  ])

  expect(
    groupsOf(table, sharedCount({ table, links: noLinks }, { usersMax: 20, addresses: 1 }).communityOf),
  ).toEqual(['a b c', 'd e f'])
  expect(
    groupsOf(table, sharedCount({ table, links: noLinks }, { usersMax: 2, addresses: 1 }).communityOf),
  ).toEqual(['c d'])
})

test('EvilCohort joins only who shares as much as s, and flags all of three and more', () => {
  const table = tableOf([
    ...['a', 'b', 'c'].flatMap((name) => [`${name} ip:1`, `${name} ip:2`, `${name} ip:3`]),
    'd ip:1',
    'd ip:2',
    'e ip:8',
    'f ip:8',
    'e ip:9',
    'f ip:9',
  ])
  const found = (sharedMin: number) => {
    const { communityOf, flagged } = evilCohort({ table, links: noLinks }, { sharedMin })
    return [groupsOf(table, communityOf), flaggedIn(table, flagged)]
  }

  expect(found(2)).toEqual([['a b c d', 'e f'], 'a b c d'])
  expect(found(3)).toEqual([['a b c'], 'a b c'])
})

test('the PaySim recipe flags who is most similar to others', () => {
  const table = tableOf([
    ...['a', 'b', 'c'].flatMap((name) => [`${name} email:1`, `${name} phone:2`]),
    ...['d', 'e'].flatMap((name) => [`${name} email:3`, `${name} phone:${name}`]),
    ...['f', 'g'].flatMap((name) => [`${name} email:4`, `${name} phone:${name}`]),
  ])
  const { communityOf, flagged } = gdsPaySim({ table, links: noLinks }, { usersMax: 10, top: 0.2 })

  expect(groupsOf(table, communityOf)).toEqual(['a b c', 'd e', 'f g'])
  // a, b and c are alike in all to two others; d to g in one of three to one.
  expect(flaggedIn(table, flagged)).toBe('a b c')
})

describe('the P2P recipe', () => {
  const communities = (uses: readonly string[], payments: readonly { from: string; to: string }[] = []) => {
    const table = tableOf(uses, { payments })
    return groupsOf(table, gdsP2p({ table, links: noLinks }, { usersMax: 3, sharedMin: 3 }).communityOf)
  }

  test('joins who shares a card or device and two more', () => {
    const three = ['a device:1', 'b device:1', 'a ip:2', 'b ip:2', 'a ip:3', 'b ip:3']

    expect(communities(three)).toEqual(['a b'])
    expect(communities(three.slice(0, 4))).toEqual([])
    expect(communities(['a ip:1', 'b ip:1', ...three.slice(2)])).toEqual([])
    expect(communities([...three, 'x device:1', 'y device:1'])).toEqual([])
  })

  test('joins who paid somebody that uses the same card, whoever else does', () => {
    const card = ['a', 'b', 'c', 'd', 'e'].map((name) => `${name} payment:1`)

    expect(communities(card, [{ from: 'b', to: 'a' }])).toEqual(['a b'])
    expect(communities(['a payment:1', 'b payment:2'], [{ from: 'b', to: 'a' }])).toEqual([])
  })
})

test('SynchroTrap joins who was at the same addresses on the same days', () => {
  const table = tableOf(
    ['a', 'b', 'c']
      .flatMap((name) => [`${name} ip:1 1 2 3`, `${name} ip:2 4`])
      .concat(['d ip:1 1 7 8 9', 'e ip:1 1']),
  )
  const { communityOf, flagged } = synchroTrap({ table, links: noLinks }, { similarMin: 0.25, actionsMin: 4 })

  expect(groupsOf(table, communityOf)).toEqual(['a b c'])
  expect(flaggedIn(table, flagged)).toBe('a b c')
})

test('the lichess score multiplies addresses and prints', () => {
  // 2 + 1 + 2 of a and b; 3 + 0 + 0 of c and d.
  const table = tableOf([
    ...['a', 'b'].flatMap((name) => [`${name} ip:1`, `${name} ip:2`, `${name} device:3`]),
    ...['c', 'd'].flatMap((name) => [`${name} ip:4`, `${name} ip:5`, `${name} ip:6`]),
  ])
  const groups = (scoreMin: number) =>
    groupsOf(table, similarUsers({ table, links: noLinks }, { scoreMin }).communityOf)

  expect([groups(3), groups(4), groups(5), groups(6)]).toEqual([['a b', 'c d'], ['a b'], ['a b'], []])
})

test('sign-ups are grouped by address and day', () => {
  const bornOn = (day: number) => (account: string) => ({ account, bornAt: day * dayMs + 5 })
  const table = tableOf(['a ip:1 1', 'b ip:1 1', 'c ip:1 1 2', 'd ip:1 2', 'e ip:2 1', 'f ip:1 1'], {
    accounts: [...['a', 'b', 'c', 'e'].map(bornOn(1)), ...['d'].map(bornOn(2)), { account: 'f' }],
  })
  const { communityOf, flagged } = signupGroups({ table, links: noLinks }, { sizeMin: 3 })

  expect(groupsOf(table, communityOf)).toEqual(['a b c'])
  expect(flaggedIn(table, flagged)).toBe('a b c')
})

test('without addresses a common one joins nobody', () => {
  const table = tableOf(['a ip:1', 'b ip:1', 'b device:2', 'c device:2'])
  const groups = (addresses: 0 | 1) =>
    [wcc, sharedCount].map((find) =>
      groupsOf(table, find({ table, links: noLinks }, { usersMax: 9, addresses }).communityOf),
    )

  expect(groups(1)).toEqual([['a b c'], ['a b c']])
  expect(groups(0)).toEqual([['b c'], ['b c']])
})
