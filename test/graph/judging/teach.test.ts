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
  const taughtWithOthersAs = (part: Part) =>
    teach(
      lessons.slice(0, 3).map(({ input, parts }) => ({
        input,
        parts: parts.map((own) => (own === 'honest' ? own : part)),
      })),
      brief,
    )

  const [untold, honest] = [taughtWithOthersAs('untold'), taughtWithOthersAs('honest')]

  // Everybody is honest either way: the fewer rows, the less that is sure.
  expect(untold.first.risk.base).toBeGreaterThan(honest.first.risk.base)
  expect(untold.ring.base).toBeGreaterThan(honest.ring.base)
})
