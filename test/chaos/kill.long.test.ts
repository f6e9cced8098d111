import { expect, test } from '@jest/globals'
import { tempDir } from '../support/temp-dir.ts'
import { killLoop } from './kill-loop.ts'
import { expectSurvival, storyOf } from './survival.ts'

test.each([1, 2, 3])(
  'with seed %i, 100 kills lose no acknowledged batch and keep none by half',
  async (seed) => {
    using dir = tempDir()

    const outcome = await killLoop({ dataDir: dir.path, seed, kills: 100 })

    console.info(`Seed ${seed}. ${storyOf(dir.path, outcome)}`)
    await expectSurvival(dir.path, outcome)
    expect(outcome.met['a batch in flight']).toBeGreaterThanOrEqual(15)
  },
  300_000,
)
