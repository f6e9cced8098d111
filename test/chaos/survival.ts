/** What must hold of an embedded store after any number of kills. */
import { expect } from '@jest/globals'
import type { StoredEvent } from '../../graph/model.ts'
import { comparableOf, storedState } from '../support/core/compare-states.ts'
import { expectedState } from '../support/core/oracle.ts'
import { openIn, openRows, openTempStore } from '../support/stores/embedded.ts'
import { batchNumberOf, batchOf, publishedUpTo } from './deeds.ts'
import type { KillLoopOutcome } from './kill-loop.ts'

export async function expectSurvival(dataDir: string, outcome: KillLoopOutcome): Promise<void> {
  const events = logOf(dataDir)
  const stored = Map.groupBy(events, ({ id }) => batchNumberOf(id))
  const partOf = (number: number) => (stored.get(number)?.length ?? 0) / batchOf(number).length

  const lost = [...outcome.acknowledged].filter((number) => partOf(number) !== 1)
  const torn = [...outcome.started].filter((number) => partOf(number) !== 0 && partOf(number) !== 1)
  const unheardOf = [...stored.keys()].filter((number) => !outcome.started.has(number))
  expect({ lost, torn, unheardOf }).toEqual({ lost: [], torn: [], unheardOf: [] })

  await expectState(dataDir, events)
  await expectRings(dataDir, outcome)
}

/** The state is the fold of exactly what is in the log. */
async function expectState(dataDir: string, events: readonly StoredEvent[]): Promise<void> {
  await using survivor = openIn(dataDir)
  await using fresh = await openTempStore()
  await fresh.record(events)
  while ((await survivor.foldSome()) > 0);

  expect(await survivor.digest()).toEqual(await fresh.digest())
  expect(await storedState(survivor)).toEqual(comparableOf(expectedState(events)))
}

/** What was said to be published is, wholly; what was begun may have come through unsaid. */
async function expectRings(
  dataDir: string,
  { publishingVersion, publishedVersion }: KillLoopOutcome,
): Promise<void> {
  await using survivor = openIn(dataDir)
  const version = (await survivor.published())?.version ?? 0
  const expected = publishedUpTo(version)
  const rings = await Promise.all([...(expected?.rings.keys() ?? [])].map((id) => survivor.ring(id)))

  expect(version).toBeGreaterThanOrEqual(publishedVersion)
  expect(version).toBeLessThanOrEqual(publishingVersion)
  expect(rings).toEqual([...(expected?.rings.values() ?? [])])
  expect(await survivor.snapshot()).toEqual(expected && { version, bytes: expected.publication.snapshot })
  const changes = Array.from({ length: version }, (_, i) => publishedUpTo(i + 1)?.publication.changes ?? [])
  expect(await survivor.changes({ limit: 10_000 })).toEqual(changes.flat())
}

function logOf(dataDir: string): readonly StoredEvent[] {
  using rows = openRows(dataDir)
  return rows
    .prepare('SELECT body FROM event ORDER BY seq')
    .all()
    .map(({ body }) => JSON.parse(String(body)) as StoredEvent)
}

/** For people: how much the kills had to do with. */
export function storyOf(dataDir: string, { met, acknowledged, abandoned }: KillLoopOutcome): string {
  const stored = new Set(logOf(dataDir).map(({ id }) => batchNumberOf(id)))
  const survived = [...abandoned].filter((number) => stored.has(number)).length
  const at = Object.entries(met).map(([work, kills]) => `${work} ${kills}`)
  return `Kills met: ${at.join(', ')}. Batches acknowledged: ${acknowledged.size}; abandoned in flight: ${abandoned.size}, of which stored whole: ${survived}.`
}
