import { expect, test } from '@jest/globals'
import { inTime } from '../../src/in-time.ts'

test('an answer that comes in time is given, and none that comes later or never', async () => {
  const ask = inTime(
    async (ms: number) => new Promise<number | undefined>((resolve) => setTimeout(() => resolve(ms), ms)),
    50,
  )

  expect(await ask(1)).toBe(1)
  expect(await ask(200)).toBeUndefined()
  await expect(inTime(() => Promise.reject(new Error('away')), 50)(1)).rejects.toThrow('away')
})
