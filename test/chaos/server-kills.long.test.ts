import { expect, test } from '@jest/globals'
import { describeOn } from '../support/stores/servers.ts'
import { tempDir } from '../support/temp-dir.ts'
import { manyEvents } from './many-events.ts'
import { survive, type Victim } from './server-kills.ts'

describeOn(['neo4j-local', 'redis-local'], 'kills of the production profile’s parts', () => {
  test.each([1, 2])(
    'with seed %i, 24 kills during 100,000 events lose nothing',
    async (seed) => {
      using dir = tempDir()
      const round: readonly Victim[] = ['redis', 'worker', 'neo4j', 'worker']
      const victims = Array.from({ length: 6 }, () => round).flat()

      const outcome = await survive({ events: manyEvents(100_000), victims, dir: dir.path, seed })

      console.info(
        `Seed ${seed}: kills that met a batch in flight ${JSON.stringify(outcome.inFlight)}, ${outcome.sentAgain} deliveries sent again, ${Math.round(outcome.tookMs / 1_000)} s`,
      )
      expect(outcome.found).toEqual(outcome.expected)
      expect(Object.values(outcome.inFlight).reduce((sum, kills) => sum + kills, 0)).toBeGreaterThanOrEqual(
        18,
      )
      expect(outcome.sentAgain).toBeGreaterThan(0)
    },
    900_000,
  )
})
