import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { detectRings } from '../../../graph/detect.ts'
import { explainMember } from '../../../graph/explain/member.ts'
import { explainAccounts } from '../../../graph/explain/path.ts'
import { explainRing } from '../../../graph/explain/ring.ts'
import type { RingTie } from '../../../graph/explain/ring-ties.ts'
import { pivotWords, ringWords, victimWords } from '../../../graph/explain/ring-words.ts'
import { chanceWords } from '../../../graph/explain/words.ts'
import { shippedKinds } from '../../../graph/identifiers/registry.ts'
import type { StoredEvent } from '../../../graph/model.ts'
import { nothingPublic, publicnessOf } from '../../../graph/projection/publicness.ts'
import type { DetectionRun, Ring } from '../../../graph/ring.ts'
import { eventOracle, poissonTailPlainly } from '../../support/core/event-oracle.ts'
import { indexedState } from '../../support/core/indexed-state.ts'
import { runOf } from '../../support/core/publications.ts'
import { day, seen, start, stateOf } from '../../support/core/states.ts'
import { townsfolk } from '../../support/core/takeovers.ts'

const kindOf = (kind: string) => shippedKinds.get(kind)
const hour = 3_600_000

async function publish(events: readonly StoredEvent[]) {
  const state = await indexedState(stateOf(events))
  const found = await detectRings(state, { kindOf, method: 'cpm-leiden', onProgress: () => {} })
  const rings = found.rings.map(
    (ring, i): Ring => ({
      ...ring,
      id: `ring_1_${i}`,
      status: 'active',
      bornVersion: 1,
      version: 1,
    }),
  )
  const run: DetectionRun = { ...runOf(1, rings.length), asOf: found.asOf, statistics: found.statistics }
  return { state, run, rings, options: { kindOf, run, publicness: publicnessOf(found.publicness) } }
}

/** Devices and cards alone: kinds whose evidence has a half-life and a cap, and no slices by day. */
const kappas = new Map([
  ['device', { kappa: 4, halfLifeDays: 30, cap: 9 }],
  ['payment', { kappa: 3, halfLifeDays: 60, cap: 9 }],
])
const identifier = fc.constantFrom(
  ...['d1', 'd2', 'd3', 'd4'].map((ref) => `device:${ref}`),
  ...['p1', 'p2', 'p3'].map((ref) => `payment:${ref}`),
)
const world = fc.array(
  fc
    .record({
      who: fc.nat(11).map((i) => `a${i}`),
      what: fc.uniqueArray(identifier, { minLength: 1, maxLength: 3 }),
      dayOff: fc.nat(25),
    })
    .map(({ who, what, dayOff }) =>
      seen(who, what, { at: start + dayOff * day, createdAt: start + (dayOff % 4) * day }),
    ),
  { minLength: 10, maxLength: 40 },
)

test('every figure of a ring’s evidence can be made again from the events', async () => {
  await fc.assert(
    fc.asyncProperty(world, async (events) => {
      const { state, rings, options } = await publish(events)
      const truth = eventOracle(events)

      for (const ring of rings) {
        const found = await explainRing(state, ring, options)
        const accounts = ring.members.map(({ account }) => account)
        const sums = new Map<string, number>()
        for (const key of [...truth.allOf('device'), ...truth.allOf('payment')]) {
          const policy = kappas.get(key.split(':')[0] ?? '')
          const users = accounts.filter((account) => truth.accountsOn(key).has(account))
          const k = truth.accountsOn(key).size
          const factor = truth.publicness(key, [key.startsWith('device') ? 'payment' : 'device'])
          const kappa = ((policy?.kappa ?? 0) * Math.round(factor * 1_000)) / 1_000
          for (const a of users)
            for (const b of users.filter((other) => other > a)) {
              const decay = 2 ** (-truth.gapMs(key, a, b) / ((policy?.halfLifeDays ?? 1) * day))
              sums.set(key, (sums.get(key) ?? 0) + Math.log(1 + kappa / (k - 1)) * decay)
            }
        }
        const total = [...sums.values()].reduce((sum, one) => sum + one, 0)

        for (const tie of found.ties) {
          const key = `${tie.kind}:${tie.ref}`
          expect(tie.accounts).toBe(truth.accountsOn(key).size)
          expect(tie.members).toEqual(accounts.filter((account) => truth.accountsOn(key).has(account)))
          expect(tie.evidence).toBeCloseTo(sums.get(key) ?? 0, 2)
          expect(tie.share).toBeCloseTo((sums.get(key) ?? 0) / total, 3)
        }
        expect(found.ties.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 4)
        expect(found.kinds.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 4)
        expectChance(found.chance, { accounts, truth, strongest: found.ties[0] })
        expectTimeline(found, { accounts, truth, events })
      }
    }),
    { numRuns: 100 },
  )
})

test.each([6, 60, 300])(
  'kinds of %i ties of one weight are all of the evidence, and no more',
  async (devices) => {
    const events = Array.from({ length: devices }, (_, i) =>
      ['a', 'b', 'c'].map((side) => seen(`${side}${i}`, [`device:${i}`])),
    ).flat()
    const { state, options, rings } = await publish(events)
    const members = rings.flatMap((ring) => ring.members)
    const [ring] = rings
    if (!ring) throw new Error('Three on a device are a ring')

    const { kinds } = await explainRing(state, { ...ring, members }, options)

    expect(kinds).toEqual([{ kind: 'device', identifiers: devices, share: 1 }])
  },
)

function expectChance(
  chance: Awaited<ReturnType<typeof explainRing>>['chance'],
  {
    accounts,
    truth,
    strongest,
  }: { accounts: readonly string[]; truth: ReturnType<typeof eventOracle>; strongest: RingTie | undefined },
): void {
  if (!strongest) throw new Error('A ring is tied by something')
  const { identifiers, uses } = truth.spread(strongest.kind)
  const used = accounts.reduce((sum, account) => sum + truth.allOf(strongest.kind, account).size, 0)
  const expected = (used * truth.accountsOn(`${strongest.kind}:${strongest.ref}`).size) / uses
  expect(chance?.shared).toBe(strongest.members.length)
  expect(chance?.expected).toBeCloseTo(expected, 9)
  expect(chance?.p).toBeCloseTo(
    Math.min(1, identifiers * poissonTailPlainly(expected, strongest.members.length)),
    9,
  )
}

function expectTimeline(
  { timeline, decisive, covered }: Awaited<ReturnType<typeof explainRing>>,
  {
    accounts,
    truth,
    events,
  }: { accounts: readonly string[]; truth: ReturnType<typeof eventOracle>; events: readonly StoredEvent[] },
): void {
  const keys = decisive.map(({ kind, ref }) => `${kind}:${ref}`)
  const arrived = accounts.flatMap((account) => {
    const own = keys.filter((key) => truth.accountsOn(key).has(account))
    return own.length > 0
      ? [Math.floor(Math.min(...own.map((key) => truth.firstUse(key, account))) / day)]
      : []
  })
  const born = accounts.map((account) =>
    Math.floor(
      Math.min(
        ...events.filter((one) => one.account === account).map(({ createdAt = Infinity }) => createdAt),
      ) / day,
    ),
  )
  expect(covered).toBe(arrived.length)
  expect(timeline.stepDays).toBe(1)
  for (const { day: when, births, arrivals } of timeline.rows) {
    expect(births).toBe(born.filter((one) => one === when).length)
    expect(arrivals).toBe(arrived.filter((one) => one === when).length)
  }
  expect(timeline.rows.reduce((sum, { births }) => sum + births, 0)).toBe(born.length)
  expect(timeline.rows.reduce((sum, { arrivals }) => sum + arrivals, 0)).toBe(arrived.length)
}

test('the chance of what two accounts share can be made again from the events', async () => {
  await fc.assert(
    fc.asyncProperty(world, async (events) => {
      const { state, options } = await publish(events)
      const truth = eventOracle(events)
      const [a, b] = ['a0', 'a1']
      const found = await explainAccounts(state, [a, b], { ...options, statistics: options.run.statistics })
      if ('unknown' in found) return

      const shared = ['device', 'payment'].flatMap((kind) => {
        const both = [...truth.allOf(kind, a)].filter((key) => truth.allOf(kind, b).has(key)).length
        if (both === 0) return []
        const { uses, ordered } = truth.spread(kind)
        const expected = (truth.allOf(kind, a).size * truth.allOf(kind, b).size * ordered) / uses ** 2
        return [{ kind, shared: both, expected, p: poissonTailPlainly(expected, both) }]
      })
      expect(found.direct.chance).toHaveLength(shared.length)
      for (const one of found.direct.chance) {
        const same = shared.find(({ kind }) => kind === one.kind)
        expect(one.shared).toBe(same?.shared)
        expect(one.expected).toBeCloseTo(same?.expected ?? -1, 9)
        expect(one.p).toBeCloseTo(same?.p ?? -1, 9)
      }
    }),
    { numRuns: 100 },
  )
})

test('without a published run nothing is said of chance', async () => {
  const { state } = await publish(farm)

  const found = await explainAccounts(state, ['farm0', 'farm1'], { kindOf, publicness: nothingPublic })

  expect(found).toMatchObject({ direct: { chance: [] } })
})

const names = (count: number, prefix: string) => Array.from({ length: count }, (_, i) => `${prefix}${i}`)

const farm = names(8, 'farm').map((account, i) =>
  seen(account, ['device:farm', `payment:f${i % 3}`], { type: 'signup', at: start + i * hour }),
)

/** Established accounts that meet one device, change payout details and pay one account; one has a phone of its own. */
const takeover = [
  ...names(7, 'victim').flatMap((account, i) => [
    seen(account, [`device:own${i}`], { type: 'signup', at: start - 300 * day - i * 20 * day }),
    seen(account, [`device:own${i}`], { at: start - 10 * day }),
    seen(account, ['device:intruder'], { at: start + i * hour }),
    seen(account, ['device:intruder'], {
      type: 'payout_change',
      at: start + i * hour + 600_000,
      relations: i < 3 ? [{ account: 'thief', relation: 'paid' }] : [],
    }),
  ]),
  seen('victim0', ['device:later'], { at: start + 20 * day }),
  seen('thief', ['device:intruder', 'payout:p'], { type: 'signup', at: start - day }),
]

describe('a farm', () => {
  test('is told by the device of all its accounts, its burst, and what speaks against an honest group', async () => {
    const { state, rings, options } = await publish(farm)
    const [ring] = rings
    const found = ring && (await explainRing(state, ring, options))

    expect(found?.decisive).toHaveLength(1)
    expect(found?.decisive[0]).toMatchObject({ kind: 'device', ref: 'farm', adds: 8, accounts: 8 })
    expect(found?.timeline).toMatchObject({
      births: { accounts: 8, day: start / day },
      arrivals: { accounts: 8, day: start / day },
    })
    expect(found?.signs.every(({ speaksFor }) => speaksFor === 'fraud')).toBe(true)
    expect(found && ringWords(found)).toBe('8 of its 8 accounts use one device.')
    expect(found?.takeover).toBeUndefined()
  })
})

describe('a takeover', () => {
  test('is told by its pivot, its victims and their devices, and who was paid', async () => {
    const { state, rings, options } = await publish([...townsfolk, ...takeover])
    const [ring] = rings
    const told = ring && (await explainRing(state, ring, options)).takeover
    if (!told) throw new Error('There is no takeover')

    expect(told.pivots).toMatchObject([{ kind: 'device', ref: 'intruder', only: names(7, 'victim') }])
    expect(told.victims.map(({ account }) => account)).toEqual(names(7, 'victim'))
    for (const [i, story] of told.victims.entries()) {
      expect(story.at).toBe(start + i * hour)
      expect(story.met).toMatchObject([{ ref: 'intruder', victims: 7 }])
      expect(story.changed).toEqual([{ what: 'payout', at: start + i * hour + 600_000 }])
      expect(story.paid).toEqual(i < 3 ? ['thief'] : [])
      expect(story.safe).toMatchObject([{ ref: `own${i}`, accounts: 1 }])
    }
    expect(told.receivers).toMatchObject([{ account: 'thief', victims: names(3, 'victim') }])
    const [pivot] = told.pivots
    expect(pivot && pivotWords(pivot)).toContain(
      '7 accounts met device intruder for the first time on 2026-01-01',
    )
  })

  test('tells a victim what was new, what followed and what is safe, and a receiver who paid', async () => {
    const { state, rings, options } = await publish([...townsfolk, ...takeover])
    const [ring] = rings
    const victim = ring && (await explainMember(state, ring, { ...options, account: 'victim0' }))
    const receiver = ring && (await explainMember(state, ring, { ...options, account: 'thief' }))

    expect(victim?.victim && victimWords(victim.victim)).toEqual([
      'New to it on 2026-01-01: device intruder.',
      'Within three days payout details changed, 1 account got money.',
      'Safe: device own0, used before and by its household only.',
    ])
    expect(receiver?.paidBy).toEqual(names(3, 'victim'))
    expect(ring && (await explainMember(state, ring, { ...options, account: 'nobody' }))).toBeUndefined()
  })
})

test('no sentence claims nothing or certainty', () => {
  const words = chanceWords({ kind: 'device', shared: 2, expected: 0, p: 0 })

  expect(words).toBe('2 shared devices; below 1e-300 expected by chance (p below 1e-300)')
  expect(chanceWords({ kind: 'ip', shared: 1, expected: 4, p: 1 })).toContain('(p above 0.99)')
})
