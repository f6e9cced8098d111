import { describe, expect, test } from '@jest/globals'
import { AppError } from '../../../graph/errors.ts'
import { type KindPolicy, kindRegistry, shippedKinds } from '../../../graph/identifiers/registry.ts'

function issuesOf(policies: readonly KindPolicy[]): readonly string[] {
  try {
    kindRegistry(policies)
    return []
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'config_invalid') throw error
    return error.issues.map(({ pointer }) => pointer)
  }
}

describe('a registry', () => {
  test('without a policy holds the shipped kinds', () => {
    expect([...kindRegistry()]).toEqual([...shippedKinds])
  })

  test('adds a kind that reads like a shipped one and weighs as the policy says', () => {
    const kinds = kindRegistry([
      { name: 'wallet', like: 'email', kappa: 2, links: 'weak', household: true, keepDays: 90 },
    ])
    const wallet = kinds.get('wallet')

    expect(wallet?.normalise('A.B+c@gmail.com')).toBe('ab@gmail.com')
    expect(wallet?.evidence).toEqual({ ...shippedKinds.get('email')?.evidence, kappa: 2, links: 'weak' })
    expect(wallet).toMatchObject({ name: 'wallet', household: true, keepDays: 90 })
    expect(kinds.size).toBe(shippedKinds.size + 1)
  })

  test('changes the figures of a shipped kind and nothing else', () => {
    const device = kindRegistry([{ name: 'device', halfLifeDays: 7, capNats: 5 }]).get('device')
    const shipped = shippedKinds.get('device')

    expect(device).toEqual({ ...shipped, evidence: { ...shipped?.evidence, halfLifeDays: 7, capNats: 5 } })
    expect(shipped?.evidence.halfLifeDays).toBe(30)
  })

  test('accepts in events what does not follow from something else', () => {
    const accepted = kindRegistry([{ name: 'wallet', like: 'device' }]).accepted()

    expect(accepted).toEqual(expect.arrayContaining(['device', 'ip', 'promo', 'wallet']))
    expect(accepted).not.toEqual(expect.arrayContaining(['ip24']))
    expect(accepted).toHaveLength(15)
  })

  test.each<[string, KindPolicy[], string[]]>([
    ['a shipped name', [{ name: 'device', like: 'cookie' }], ['/0/name']],
    ['a new name without a model', [{ name: 'wallet' }], ['/0/like']],
    ['an unknown model', [{ name: 'wallet', like: 'purse' }], ['/0/like']],
    ['a derived model', [{ name: 'wallet', like: 'ip24' }], ['/0/like']],
    ['a name that is none', [{ name: 'My wallet', like: 'device' }], ['/0/name']],
    ['a name of one letter', [{ name: 'w', like: 'device' }], ['/0/name']],
    ['a name of 33 letters', [{ name: 'w'.repeat(33), like: 'device' }], ['/0/name']],
    ['a name of every object', [{ name: '__proto__', like: 'device' }], ['/0/name']],
    [
      'a name twice',
      [
        { name: 'wallet', like: 'device' },
        { name: 'wallet', like: 'ip' },
      ],
      ['/1/name'],
    ],
    [
      'figures out of range',
      [{ name: 'device', kappa: 0, halfLifeDays: -1, capNats: Number.NaN, keepDays: 1.5 }],
      ['/0/kappa', '/0/halfLifeDays', '/0/capNats', '/0/keepDays'],
    ],
    ['an unknown way to link', [{ name: 'device', links: 'always' as 'pairs' }], ['/0/links']],
  ])('refuses %s, and says where', (_, policies, pointers) => {
    expect(issuesOf(policies)).toEqual(pointers)
  })
})
