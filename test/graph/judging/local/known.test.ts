import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { countKnown, knownIn } from '../../../../graph/judging/local/known.ts'
import { type LabelValue, labelValues } from '../../../../graph/model.ts'
import { type Decision, ringClasses, verdicts } from '../../../../graph/ring.ts'

const names = ['a', 'b', 'c', 'd']
const labels = fc.array(
  fc.record({ account: fc.constantFrom(...names), label: fc.constantFrom(...labelValues), at: fc.nat(9) }),
  { maxLength: 6 },
)
const decisions = fc.array(
  fc.record({
    ring: fc.constantFrom('r', 's'),
    class: fc.constantFrom(...ringClasses),
    core: fc.subarray(names, { minLength: 1 }),
    verdict: fc.constantFrom(...verdicts),
    at: fc.nat(9),
    isRetracted: fc.boolean(),
  }),
  { maxLength: 5 },
)

type Labels = readonly { account: string; label: LabelValue; at: number }[]
type Told = typeof decisions extends fc.Arbitrary<infer T> ? T : never

const known = (told: Labels, verdictsTold: Told) =>
  knownIn(
    names.map((account) => ({
      account,
      labels: told.filter((one) => one.account === account).map((one, n) => ({ ...one, source: `s${n}` })),
    })),
    verdictsTold.map(
      ({ isRetracted, ...one }, n): Decision => ({
        ...one,
        id: `dec_${n}`,
        ringVersion: 1,
        author: 'anna',
        reason: 'looked',
        ...(isRetracted && { retractedAt: 10 }),
      }),
    ),
  )

test('labels speak before verdicts, and retracted verdicts not at all', () => {
  fc.assert(
    fc.property(labels, decisions, (told, verdictsTold) => {
      const [byLabel, both] = [known(told, []), known(told, verdictsTold)]
      const standing = verdictsTold.filter(({ isRetracted }) => !isRetracted)

      expect(both).toEqual(known(told, standing))
      names.forEach((account, at) => {
        const [own, said] = [byLabel[at], both[at]]
        if (own !== undefined) return expect(said).toBe(own)
        const newest = standing.filter((one, n) =>
          standing.every((other, m) => {
            const isLater = other.at > one.at || (other.at === one.at && m > n)
            return other.ring !== one.ring || !isLater
          }),
        )
        const onIt = newest.filter(({ core }) => core.includes(account))
        const lastAt = Math.max(...onIt.map((one) => one.at))
        const might = onIt.map((one) => {
          if (one.at < lastAt) return 'superseded'
          if (one.verdict === 'benign') return 'legit'
          return one.class === 'takeover_cluster' ? undefined : 'fraud'
        })
        expect([...might, ...(might.length === 0 ? [undefined] : [])]).toContain(said)
      })
    }),
  )
})

const confirmed: Told[number] = {
  ring: 'r',
  class: 'fraud_ring',
  core: ['a', 'b'],
  verdict: 'confirm',
  at: 1,
  isRetracted: false,
}

test('a confirmed ring is fraud, a benign one honest, and who of a takeover was robbed is not known', () => {
  expect(known([], [confirmed])).toEqual(['fraud', 'fraud', undefined, undefined])
  expect(known([], [{ ...confirmed, verdict: 'benign' }])).toEqual(['legit', 'legit', undefined, undefined])
  expect(countKnown(known([], [{ ...confirmed, class: 'takeover_cluster' }]), 'fraud')).toBe(0)
})

test('the newest verdict speaks', () => {
  const again: Told[number] = { ...confirmed, core: ['b', 'c'], verdict: 'benign', at: 2 }

  expect(known([], [confirmed, again])).toEqual([undefined, 'legit', 'legit', undefined])
  expect(known([], [again, { ...confirmed, ring: 's' }])).toEqual(['fraud', 'legit', 'legit', undefined])
})
