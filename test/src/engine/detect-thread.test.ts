import { expect, test } from '@jest/globals'
import { readConfig } from '../../../src/config.ts'
import { beginDetectThread, heapMiBMost } from '../../../src/engine/detect-thread.ts'
import { tempDir } from '../../support/temp-dir.ts'

test('a thread that detects may have three quarters of the memory there is', async () => {
  using dir = tempDir()
  const thread = beginDetectThread(readConfig({ dataDir: dir.path }, {}))

  const { maxOldGenerationSizeMb } = thread.resourceLimits ?? {}
  await thread.terminate()

  expect(heapMiBMost()).toBeGreaterThan(500)
  expect(maxOldGenerationSizeMb).toBe(heapMiBMost())
})
