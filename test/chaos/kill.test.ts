import { expect, test } from '@jest/globals'
import { tempDir } from '../support/temp-dir.ts'
import { killLoop } from './kill-loop.ts'
import { expectSurvival, storyOf } from './survival.ts'

test('a process that is killed again and again loses no acknowledged batch and keeps none by half', async () => {
  using dir = tempDir()
  const options = { dataDir: dir.path, seed: 20_260_502, kills: 24 }

  const outcome = await killLoop(options)

  console.info(`Seed ${options.seed}. ${storyOf(dir.path, outcome)}`)
  await expectSurvival(dir.path, outcome)
  expect(outcome.met['a batch in flight']).toBeGreaterThanOrEqual(3)
  expect(outcome.acknowledged.size).toBeGreaterThanOrEqual(10)
}, 60_000)
