import { expect, test } from '@jest/globals'
import { describeOn } from '../support/stores/servers.ts'
import { tempDir } from '../support/temp-dir.ts'
import { manyEvents } from './many-events.ts'
import { survive } from './server-kills.ts'

describeOn(['neo4j-local', 'redis-local'], 'kills of the production profile’s parts', () => {
  test('worker, Redis and Neo4j die while batches are joined, and nothing acknowledged is lost', async () => {
    using dir = tempDir()
    const victims = ['redis', 'worker', 'neo4j', 'redis', 'worker'] as const

    const outcome = await survive({ events: manyEvents(12_000), victims, dir: dir.path, seed: 1 })

    expect(outcome.found).toEqual(outcome.expected)
    expect(outcome.inFlight).toEqual({ redis: 2, worker: 2, neo4j: 1 })
  }, 240_000)
})
