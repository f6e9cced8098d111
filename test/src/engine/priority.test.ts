import { getPriority } from 'node:os'
import { Worker } from 'node:worker_threads'
import { expect, test } from '@jest/globals'

test('a thread that gives way is the only one of its process that does', async () => {
  const before = getPriority()

  const worker = new Worker(new URL('./giving-way.ts', import.meta.url))
  const inThread = await new Promise<unknown>((resolve) => worker.once('message', resolve))
  await worker.terminate()

  expect(inThread).toBe(6)
  expect(getPriority()).toBe(before)
})
