import { describe, expect, test } from '@jest/globals'
import { detectRings } from '../../../graph/detect.ts'
import { shippedKinds } from '../../../graph/identifiers/registry.ts'
import type { Label, StoredEvent } from '../../../graph/model.ts'
import type { FoundRing, Member } from '../../../graph/ring.ts'
import { day, seen, start, stateOf } from '../../support/core/states.ts'
import { townsfolk } from '../../support/core/takeovers.ts'

const hour = 3_600_000
const names = (count: number, prefix: string): readonly string[] =>
  Array.from({ length: count }, (_, i) => `${prefix}${i}`)

async function ringsOf(
  events: readonly StoredEvent[],
  labels: readonly Label[] = [],
): Promise<readonly FoundRing[]> {
  const options = {
    kindOf: (kind: string) => shippedKinds.get(kind),
    method: 'cpm-leiden' as const,
    onProgress: () => {},
  }
  return (await detectRings(stateOf(events, labels), options)).rings
}

const memberOf = (rings: readonly FoundRing[], account: string): Member | undefined =>
  rings.flatMap(({ members }) => members).find((member) => member.account === account)

/** Accounts made within hours on one device, then cards that are declined. */
const farm = names(8, 'farm').flatMap((account, i) => [
  seen(account, ['device:farm', `payment:f${i % 3}`], { type: 'signup', at: start + i * hour }),
  ...[1, 2, 3].map((n) =>
    seen(account, ['device:farm', `payment:f${i % 3}`], {
      type: 'payment_failed',
      at: start + (i + n) * hour,
    }),
  ),
])

/** People with years behind them and phones of their own, who share a television. */
const household = names(4, 'home').flatMap((account, i) => [
  seen(account, [`device:phone${i}`, 'ip:home'], { type: 'signup', at: start - (400 + 90 * i) * day }),
  ...[-200, -100, -20, 0].map((when) =>
    seen(account, [`device:phone${i}`, 'device:tv', 'ip:home'], { at: start + when * day }),
  ),
])

/** Established accounts that meet one device within a day, with payout details changed an hour later. */
const takeover = names(7, 'victim').flatMap((account, i) => [
  seen(account, [`device:own${i}`], { type: 'signup', at: start - 300 * day - i * 20 * day }),
  seen(account, [`device:own${i}`], { at: start - 10 * day }),
  seen(account, ['device:intruder'], { at: start + i * hour }),
  seen(account, ['device:intruder'], { type: 'payout_change', at: start + i * hour + 600_000 }),
])

describe('a sign-up farm', () => {
  test('is one ring of core members, to be looked at', async () => {
    const rings = await ringsOf([...farm, ...household])

    const ring = rings.find(({ members }) => members.some(({ account }) => account === 'farm0'))

    expect(ring?.members.map(({ account }) => account)).toEqual(names(8, 'farm'))
    expect(ring?.members.every(({ role, risk }) => role === 'core' && risk > 0.35)).toBe(true)
    // Models that no label has confirmed have to be surer.
    expect(ring?.members.some(({ flagged }) => flagged)).toBe(false)
    expect(ring?.head.topEvidence[0]).toMatchObject({ kind: 'device', ref: 'farm', members: 8, accounts: 8 })
    expect(ring?.head.class).toBe('uncertain')
  })

  test('is flagged once its payments are charged back, or one of its accounts is known for fraud', async () => {
    const chargebacks = names(8, 'farm').map((account, i) =>
      seen(account, [`payment:f${i % 3}`], { type: 'chargeback', at: start + 9 * day }),
    )
    const label = { account: 'farm0', label: 'fraud', source: 'review', at: start } as const

    const charged = await ringsOf([...farm, ...chargebacks, ...household])
    const known = await ringsOf([...farm, ...household], [label])

    for (const account of names(8, 'farm')) {
      expect(memberOf(charged, account)?.flagged).toBe(true)
      expect(memberOf(known, account)?.flagged).toBe(true)
    }
    for (const rings of [charged, known]) {
      const ring = rings.find(({ members }) => members.some(({ account }) => account === 'farm0'))
      expect(ring?.head.class).toBe('fraud_ring')
    }
  })
})

describe('a household', () => {
  test('may be linked, and nobody in it is flagged, suspected or a victim', async () => {
    const rings = await ringsOf([...farm, ...household])

    for (const account of names(4, 'home')) {
      expect(memberOf(rings, account)?.risk ?? 0).toBeLessThan(0.35)
      expect(memberOf(rings, account)?.compromise ?? 0).toBeLessThan(0.35)
      expect(memberOf(rings, account)?.flagged ?? false).toBe(false)
    }
  })

  test('is told by what speaks for honest people', async () => {
    const rings = await ringsOf([...farm, ...household])

    const ring = rings.find(({ members }) => members.some(({ account }) => account === 'home0'))

    expect(ring?.head.class).toBe('benign_shared')
    expect(ring?.head.subtype).toBe('household')
    const codes = ring?.head.reasons.map(({ code }) => code)
    expect(codes?.slice(0, 2)).toEqual(['meets_at_home', 'own_device'])
    expect(codes).toContain('long_standing')
  })
})

test('a farm on one line at home is no household', async () => {
  const atHome = farm.map((event) => ({
    ...event,
    identifiers: [...event.identifiers, { kind: 'ip', ref: 'den', mask: '' }],
  }))

  const rings = await ringsOf([...atHome, ...household])

  const ring = rings.find(({ members }) => members.some(({ account }) => account === 'farm0'))
  expect(ring?.head.class).toBe('uncertain')
  expect(ring?.head).not.toHaveProperty('subtype')
})

describe('a takeover', () => {
  test('makes victims whose risk stays below review, with the reason', async () => {
    const rings = await ringsOf([...townsfolk, ...takeover, ...household])

    for (const account of names(7, 'victim')) {
      const member = memberOf(rings, account)
      expect(member?.role).toBe('victim')
      expect(member?.compromise).toBeGreaterThan(0.9)
      expect(member?.risk).toBeLessThan(0.05)
      expect(member?.flagged).toBe(false)
      expect(member?.reasons.map(({ code }) => code)).toEqual(
        expect.arrayContaining(['new_identifier_on_established', 'sensitive_change']),
      )
    }
  })

  test('is not seen in an account that is new, or that never had another device', async () => {
    const newcomer = [
      seen('new', ['device:laptop'], { type: 'signup', at: start - 3 * day }),
      seen('new', ['device:intruder'], { at: start }),
    ]
    const bare = [
      seen('bare', ['email:old'], { type: 'signup', at: start - 300 * day }),
      seen('bare', ['device:intruder'], { at: start }),
    ]
    const later = [
      seen('later', ['email:other'], { type: 'signup', at: start - 300 * day }),
      seen('later', ['device:intruder'], { at: start }),
      seen('later', ['device:phone'], { at: start + day }),
    ]

    const rings = await ringsOf([...townsfolk, ...takeover, ...newcomer, ...bare, ...later])

    for (const account of ['new', 'bare', 'later']) {
      expect(memberOf(rings, account)?.compromise).toBeLessThan(0.35)
      expect(memberOf(rings, account)?.role).not.toBe('victim')
    }
  })

  test('names who received the money', async () => {
    const receiver = [
      seen('thief', ['device:intruder', 'payout:p'], { type: 'signup', at: start - day }),
      ...names(3, 'victim').map((account, i) =>
        seen(account, ['device:intruder', 'payout:p'], {
          type: 'payment',
          at: start + i * hour + 1_200_000,
          relations: [{ account: 'thief', relation: 'paid' }],
        }),
      ),
    ]

    const rings = await ringsOf([...townsfolk, ...takeover, ...receiver, ...household])

    expect(memberOf(rings, 'thief')?.role).toBe('receiver')
    expect(memberOf(rings, 'victim1')?.role).toBe('victim')
  })
})

test('devices of their own lower the risk of a group', async () => {
  const group = names(6, 'g').flatMap((account, i) => [
    seen(account, ['device:shared'], { type: 'signup', at: start + i * hour }),
    seen(account, ['device:shared'], { at: start + 20 * day }),
  ])
  const own = names(6, 'g').flatMap((account) =>
    [0, 20].map((when) => seen(account, [`device:of-${account}`], { at: start + when * day })),
  )

  const [without] = await ringsOf(group)
  const [withOwn] = await ringsOf([...group, ...own])

  expect(withOwn?.head.risk).toBeLessThan(without?.head.risk ?? 0)
})

test('a label of fraud raises the risk of its ring, and of its account most', async () => {
  const accounts = names(4, 'a').flatMap((account) => [
    seen(account, ['device:shared'], { type: 'signup', at: start - 100 * day }),
  ])
  const label = { account: 'a0', label: 'fraud', source: 'review', at: start } as const

  const before = await ringsOf(accounts)
  const after = await ringsOf(accounts, [label])

  expect(memberOf(after, 'a0')?.risk).toBeGreaterThan(memberOf(before, 'a0')?.risk ?? 1)
  expect(memberOf(after, 'a1')?.risk).toBeGreaterThan(memberOf(before, 'a1')?.risk ?? 1)
  expect(memberOf(after, 'a0')?.risk).toBeGreaterThan(memberOf(after, 'a1')?.risk ?? 1)
})

test('figures are probabilities, never certain, and members come by account', async () => {
  for (const { head, members } of await ringsOf([...farm, ...household, ...takeover])) {
    expect(members.map(({ account }) => account)).toEqual(members.map(({ account }) => account).toSorted())
    for (const figure of [
      head.risk,
      ...members.flatMap(({ risk, compromise, membership }) => [risk, compromise, membership]),
    ]) {
      expect(figure).toBeGreaterThanOrEqual(0)
      expect(figure).toBeLessThan(1)
    }
  }
})
