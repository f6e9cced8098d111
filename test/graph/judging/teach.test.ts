import { beforeAll, expect, test } from '@jest/globals'
import { judge } from '../../../graph/judging/judge.ts'
import { readModels } from '../../../graph/judging/models.ts'
import { type Lesson, type Part, teach } from '../../../graph/judging/teach.ts'
import { fitDefaults } from '../../../graph/judging/trees/fit.ts'
import { averagePrecision } from '../../../range/metrics/average-precision.ts'
import { lessonOf } from './lessons.ts'

const options = { fit: { ...fitDefaults, rounds: 15, depth: 3 } }
let lessons: readonly Lesson[] = []
beforeAll(async () => {
  lessons = await Promise.all([71, 72, 73, 74].map((seed) => lessonOf(seed)))
}, 120_000)

test('models say more than chance of a world that did not teach them', () => {
  const [unseen, ...taught] = lessons
  if (!unseen) throw new Error('There are lessons')
  const { risk, compromise } = judge(unseen.input, teach(taught, options))
  const precisionOf = (part: Part, scores: Float64Array): number =>
    averagePrecision({ scores, answers: Uint8Array.from(unseen.parts, (own) => (own === part ? 1 : 0)) })
  const shareOf = (part: Part): number =>
    unseen.parts.filter((own) => own === part).length / unseen.parts.length

  expect(precisionOf('fraud', risk)).toBeGreaterThan(5 * shareOf('fraud'))
  expect(precisionOf('victim', compromise)).toBeGreaterThan(5 * shareOf('victim'))
  risk.forEach((own, account) => {
    expect(own + (compromise[account] ?? 0)).toBeLessThanOrEqual(1 + 1e-9)
  })
})

test('the same lessons teach the same, and what is written can be read', () => {
  const models = teach(lessons, options)

  expect(teach(lessons, options)).toEqual(models)
  expect(readModels(JSON.parse(JSON.stringify(models)))).toEqual(models)
})

test('models that are told the opposite say the opposite', () => {
  const opposite = lessons.map(({ input, parts }) => ({
    input,
    parts: parts.map((part): Part => (part === 'fraud' ? 'honest' : part === 'honest' ? 'fraud' : part)),
  }))
  const [first] = lessons
  if (!first) throw new Error('There are lessons')
  const [one, other] = [lessons, opposite].map((all) => judge(first.input, teach(all, options)).risk)
  const meanOf = (risk: Float64Array | undefined, part: Part): number => {
    const own = [...(risk ?? [])].filter((_, account) => first.parts[account] === part)
    return own.reduce((sum, value) => sum + value, 0) / own.length
  }

  expect(meanOf(one, 'fraud')).toBeGreaterThan(meanOf(one, 'honest'))
  expect(meanOf(other, 'fraud')).toBeLessThanOrEqual(meanOf(other, 'honest') + 0.01)
})

test('of the untold, and of their communities, nothing is taught', () => {
  const brief = { fit: { ...options.fit, rounds: 1 } }
  const some = lessons.slice(0, 3)
  const untoldBut = (part: Part) =>
    some.map(({ input, parts }) => ({ input, parts: parts.map((own) => (own === part ? own : 'untold')) }))
  const honestCommunities = some.flatMap(({ input, parts }) =>
    input.communities.filter(({ members }) => members.every((account) => parts[account] === 'honest')),
  ).length

  const { ring, first } = teach(untoldBut('honest'), brief)
  const withFraud = teach(untoldBut('fraud'), brief)

  // Nobody is hostile among those that are told: half of one is added to either side.
  expect(ring.base).toBe(Math.round(Math.log(0.5 / (honestCommunities + 0.5)) * 1e6))
  expect(first.risk.base).toBeLessThan(-6e6)
  expect(withFraud.first.risk.base).toBeGreaterThan(6e6 / 2)
})
