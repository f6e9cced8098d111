import { getPriority } from 'node:os'
import { Worker } from 'node:worker_threads'
import { expect, test } from '@jest/globals'

const file = JSON.stringify(new URL('../../../src/engine/yield-to-serving.ts', import.meta.url).href)

/** Yields in a thread, and tells the priorities of that thread before and after. */
const inThread = `
  import { readlinkSync } from 'node:fs'
  import { getPriority } from 'node:os'
  import { parentPort } from 'node:worker_threads'
  import { yieldToServing } from ${file}
  const own = () => {
    try { return getPriority(Number(readlinkSync('/proc/thread-self').split('/').at(-1))) } catch { return undefined }
  }
  const before = own()
  yieldToServing()
  parentPort.postMessage({ before, after: own() })
`

test('a thread that yields is less urgent than before, where threads can be, and the process is not', async () => {
  const processBefore = getPriority()
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(inThread)}`))
  const { before, after } = await new Promise<{ before?: number; after?: number }>((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
  })

  if (before !== undefined) expect(after).toBe(Math.max(before, 5))
  expect(getPriority()).toBe(processBefore)
})
