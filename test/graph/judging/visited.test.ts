import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { linkAccounts } from '../../../graph/detect.ts'
import { shippedKinds } from '../../../graph/identifiers/registry.ts'
import { withVisited } from '../../../graph/judging/visited.ts'
import type { StoredEvent } from '../../../graph/model.ts'
import { day, seen, start, stateOf } from '../../support/core/states.ts'

const kindOf = (kind: string) => shippedKinds.get(kind)
const hour = 3_600_000

/** On the gang's laptop, where it works for weeks. */
const gang = ['gang0', 'gang1'].flatMap((account) =>
  [0, 7, 14].map((when) => seen(account, ['device:laptop'], { at: start + when * day })),
)

interface Visit {
  readonly account: string
  readonly bornDaysBefore?: number
  readonly stays?: number
  readonly changesAfter?: number
  readonly meets?: string
}

/** Of an account with a phone of its own that met something once. */
function visit({ account, ...more }: Visit): readonly StoredEvent[] {
  const { bornDaysBefore = 9, stays = 0, changesAfter = hour, meets = 'device:laptop' } = more
  return [
    seen(account, [`device:${account}`], { type: 'signup', at: start - bornDaysBefore * day }),
    seen(account, [meets], { at: start + hour }),
    ...(stays > 0 ? [seen(account, [meets], { at: start + hour + stays * day })] : []),
    seen(account, [], { type: 'payout_change', at: start + hour + changesAfter }),
  ]
}

const cases: readonly (Visit & { readonly isVisited: boolean })[] = [
  { account: 'visited', isVisited: true },
  { account: 'came_back_next_day', stays: 1, isVisited: true },
  { account: 'stayed', stays: 9, isVisited: false },
  { account: 'born_there', bornDaysBefore: 0, isVisited: false },
  { account: 'changed_weeks_later', changesAfter: 20 * day, isVisited: false },
  { account: 'changed_before', changesAfter: -5 * day, isVisited: false },
  { account: 'met_nobody', meets: 'device:shop', isVisited: false },
  { account: 'met_a_browser', meets: 'fingerprint:laptop', isVisited: false },
]

async function suspectedOf(events: readonly StoredEvent[]) {
  const options = { kindOf, method: 'cpm-leiden' as const, onProgress: () => {} }
  const { table } = await linkAccounts(stateOf(events), options)
  const risk = Float64Array.from(table.facts, () => 0.8)
  const compromise = Float64Array.from(table.facts, () => 0.1)
  const placeOf = (account: string) => table.facts.numberOf(account)
  return { table, risk, compromise, placeOf }
}

test.each(cases)('$account: what came of a visit is laid to the visitor', async ({ isVisited, ...own }) => {
  const { table, placeOf, ...suspicion } = await suspectedOf([
    ...gang,
    seen('gang0', ['fingerprint:laptop'], { at: start }),
    ...visit(own),
  ])

  const after = withVisited({ table, kindOf }, suspicion)

  const at = placeOf(own.account)
  expect(after.compromise[at]).toBeCloseTo(isVisited ? 0.8 : 0.1, 12)
  expect(after.risk[at]).toBeCloseTo(isVisited ? 0.8 * 0.2 : 0.8, 12)
  expect(after.risk[placeOf('gang0')]).toBe(0.8)
})

test('nobody is made more suspicious of taking part, or less of being taken over', async () => {
  const { table } = await suspectedOf([...gang, ...cases.flatMap(visit)])
  const share = fc.double({ min: 0, max: 1, noNaN: true })
  const column = fc.array(share, { minLength: table.facts.length, maxLength: table.facts.length })

  fc.assert(
    fc.property(column, column, (risks, others) => {
      const before = {
        risk: Float64Array.from(risks),
        compromise: Float64Array.from(others, (own, at) => own * (1 - (risks[at] ?? 0))),
      }
      const after = withVisited({ table, kindOf }, before)

      after.risk.forEach((own, at) => {
        expect(own).toBeLessThanOrEqual(before.risk[at] ?? 0)
        expect(after.compromise[at]).toBeGreaterThanOrEqual(before.compromise[at] ?? 0)
        expect(own + (after.compromise[at] ?? 0)).toBeLessThanOrEqual(1 + 1e-12)
      })
    }),
  )
})

test('a device that a crowd uses is nobody’s', async () => {
  const crowd = Array.from({ length: 150 }, (_, i) => seen(`guest${i}`, ['device:laptop'], { at: start }))
  const { table, placeOf, risk, compromise } = await suspectedOf([
    ...gang,
    ...crowd,
    ...visit({ account: 'visited' }),
  ])
  const honest = risk.map((own, at) => (table.facts.idAt(at).startsWith('guest') ? 0 : own))
  const calm = compromise.map((own, at) => (table.facts.idAt(at).startsWith('guest') ? 0 : own))

  const after = withVisited({ table, kindOf }, { risk: honest, compromise: calm })

  expect(after.risk[placeOf('visited')]).toBe(0.8)
})
