import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from '@jest/globals'

const generate = join(import.meta.dirname, 'generate-in-child.ts')

test('a world of 60,000 accounts needs no more memory than one neighbourhood', async () => {
  // Its events alone would be 160 MB of text.
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--max-old-space-size=64', generate, '60000'],
    {
      env: { ...process.env, NODE_OPTIONS: '' },
    },
  )

  const counts = JSON.parse(stdout) as { accounts: number; events: number }
  expect(counts.accounts).toBe(60_000)
  expect(counts.events).toBeGreaterThan(500_000)
}, 120_000)
