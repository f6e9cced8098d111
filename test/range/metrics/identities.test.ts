import { describe, expect, test } from '@jest/globals'
import { familyOf } from '../../../range/attacks/lives/catalogue.ts'
import { identities, idsPerRing } from '../../../range/metrics/identities.ts'
import type { TruthLine } from '../../../range/truth.ts'

const accountsOf = (name: string): readonly string[] => Array.from({ length: 6 }, (_, i) => `${name}${i}`)
const truthOf = (...rings: readonly string[]): readonly TruthLine[] =>
  rings.flatMap((ring) =>
    accountsOf(ring).map((account) => ({
      account,
      ring,
      attack: 'farm',
      role: 'member' as const,
      group: null,
    })),
  )
const published = (rings: Readonly<Record<string, readonly string[]>>, role = 'core') =>
  Object.entries(rings).flatMap(([ring, accounts]) =>
    accounts.map((account) => ({ account, ring, role, flagged: false })),
  )
const [a, b] = [accountsOf('a'), accountsOf('b')]

describe('a planted ring', () => {
  test('has one id while one names most of it, however much else is in that ring', () => {
    const runs = [published({ r1: a.slice(0, 4) }), published({ r1: [...a, 'x', 'y'], r2: ['z'] })]

    expect(identities(runs, truthOf('a'))).toEqual([{ family: 'a', attack: 'farm', rings: 1, ids: ['r1'] }])
  })

  test('has another id for each run at which another names most of it', () => {
    const runs = [
      published({ r1: a }),
      published({ r1: a.slice(0, 3), r2: a.slice(3) }),
      published({ r1: a.slice(0, 2), r2: a.slice(2) }),
      published({ r3: a }),
    ]

    expect(identities(runs, truthOf('a'))[0]?.ids).toEqual(['r1', 'r2', 'r3'])
  })

  test('is not found by two of its accounts, nor by bystanders', () => {
    const runs = [published({ r1: a.slice(0, 2) }), published({ r1: a }, 'bystander')]

    expect(identities(runs, truthOf('a'))).toEqual([])
  })
})

describe('ids per ring', () => {
  const of = (...runs: readonly ReturnType<typeof published>[]) =>
    idsPerRing(identities(runs, truthOf('m-a', 'm-b'), familyOf))
  const [one, other] = [accountsOf('m-a'), accountsOf('m-b')]

  test('are one where two rings become one, or one becomes two', () => {
    const apart = published({ r1: one, r2: other })
    const together = published({ r1: [...one, ...other] })

    expect(of(apart, together)).toBe(1)
    expect(of(together, apart)).toBe(1)
    expect(of(together)).toBe(1)
  })

  test('are more where a third id comes up', () => {
    expect(of(published({ r1: one, r2: other }), published({ r3: [...one, ...other] }))).toBe(1.5)
  })

  test('make up for nothing: a ring with too few ids pays for none of another', () => {
    const runs = [
      published({ r1: [...a, ...b] }),
      published({ r2: accountsOf('c') }),
      published({ r3: accountsOf('c') }),
    ]

    expect(idsPerRing(identities(runs, truthOf('a', 'b', 'c')))).toBe(4 / 3)
  })

  test('of nothing are one', () => {
    expect(idsPerRing([])).toBe(1)
  })
})
