import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { momentStart, momentsOf, windowWeight } from '../../../graph/evidence/moments.ts'

const minute = 60_000
const time = fc.integer({ min: -1e12, max: 4e12 })

const shared = (a: readonly number[], b: readonly number[]): readonly number[] => {
  const theirs = new Set(momentsOf(b))
  return momentsOf(a).filter((moment) => theirs.has(moment))
}

test('two times up to 7.5 minutes apart share a window, two 15 minutes apart or more share none', () => {
  fc.assert(
    fc.property(time, fc.integer({ min: 0, max: 20 * minute }), (at, gap) => {
      const windows = shared([at], [at + gap])

      if (gap <= 7.5 * minute) expect(windows.length).toBeGreaterThan(0)
      if (gap >= 15 * minute) expect(windows).toEqual([])
    }),
  )
})

test('a window begins before the time it holds and lasts 15 minutes', () => {
  fc.assert(
    fc.property(time, (at) => {
      const [odd, even] = momentsOf([at])

      expect(momentsOf([at])).toHaveLength(2)
      expect(((even ?? 0) - (odd ?? 0)) % 2).not.toBe(0)
      for (const moment of momentsOf([at])) {
        expect(momentStart(moment)).toBeLessThanOrEqual(at)
        expect(momentStart(moment) + 15 * minute).toBeGreaterThan(at)
      }
    }),
  )
})

test('however close, what two accounts did never counts more often than either did it', () => {
  const times = fc.array(fc.integer({ min: 0, max: 60 * minute }), { minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(times, times, (a, b) => {
      expect(shared(a, b).length * windowWeight).toBeLessThanOrEqual(Math.min(a.length, b.length))
    }),
  )
})

test('on average over where the grids lie, a gap of g counts 1 - g / 15 minutes', () => {
  for (const gap of [0, 3, 7.5, 12, 15]) {
    const starts = Array.from({ length: 900 }, (_, i) => i * 1_000)
    const counts = starts.map((at) => shared([at], [at + gap * minute]).length * windowWeight)
    const mean = counts.reduce((sum, one) => sum + one, 0) / counts.length

    expect(mean).toBeCloseTo(1 - gap / 15, 2)
  }
})

test('the order of times and their repeats do not matter', () => {
  fc.assert(
    fc.property(fc.array(time, { maxLength: 8 }), (times) => {
      expect(momentsOf([...times, ...times].toReversed())).toEqual(momentsOf(times))
    }),
  )
})
