import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { Float64Column, Int32Column } from '../../../graph/projection/columns.ts'

const from = (first: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, i) => first + i)

describe('a column', () => {
  test('holds whatever was put in, in its order, and what was seen of it stays', () => {
    const part = fc.array(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), { maxLength: 40 })
    const step = fc.record({ part, how: fc.constantFrom('push', 'pushAll', 'more'), isSeen: fc.boolean() })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), fc.boolean(), (steps, isExact) => {
        const column = new Int32Column(0)
        const told: number[] = []
        const seen: { values: Int32Array; told: readonly number[] }[] = []
        for (const { part, how, isSeen } of steps) {
          if (how === 'push') for (const value of part) column.push(value)
          else if (how === 'pushAll') column.pushAll(part)
          else column.more(part.length).set(part)
          told.push(...part)
          if (isSeen) seen.push({ values: isExact ? column.exactly() : column.values(), told: [...told] })
        }
        expect([...column.values()]).toEqual(told)
        for (const { values, told } of seen) expect([...values]).toEqual(told)
      }),
    )
  })

  test('gives back the memory it grows out of, unless somebody has seen it', () => {
    const column = new Int32Column(0)
    const [first, , seen] = [column.more(10), column.pushAll(from(0, 10)), column.values()]
    column.pushAll(from(0, 100))

    expect(first.buffer.detached).toBe(true)
    expect(seen.buffer.detached).toBe(false)
  })

  test('has no room for more once that is asked', () => {
    const values = new Float64Column(1_000)
    values.pushAll([1.5, 2.5])

    expect(values.exactly().buffer.byteLength).toBe(16)
  })
})
