/** Attackers who learn from what is published: rings still found after each of five rounds. Shown, not asserted. */
import { afterAll, describe, expect, test } from '@jest/globals'
import { type Detection, detectRings } from '../../../graph/detect.ts'
import { linked, readSurroundings } from '../../../graph/explain/counterfactual/grouping.ts'
import { defaultSurroundingsCaps } from '../../../graph/explain/counterfactual/surroundings.ts'
import { decisiveTies } from '../../../graph/explain/cover.ts'
import { holding } from '../../../graph/explain/ring.ts'
import { ringTies } from '../../../graph/explain/ring-ties.ts'
import { shippedKinds } from '../../../graph/identifiers/registry.ts'
import { publicnessOf } from '../../../graph/projection/publicness.ts'
import { caughtBy, type Evasions, learn, noEvasions } from '../../../range/adaptive/attacker.ts'
import { evaded } from '../../../range/adaptive/evade.ts'
import { type RingTally, ringFigures, ringTallies } from '../../../range/metrics/ring-tallies.ts'
import type { TruthLine } from '../../../range/truth.ts'
import { worldBorder } from '../../../src/cli/board/admitted-world.ts'
import { memoryState } from '../../../src/cli/board/memory-state.ts'
import { type MadeWorld, makeWorld } from '../../range/made-world.ts'
import { type IndexedState, indexedState } from '../../support/core/indexed-state.ts'
import { kindOf } from './found.ts'
import { seeds, worlds } from './orders.ts'
import { figure, report, right } from './report.ts'

const accounts = 10_000
const roundCount = 5

const rows: { world: string; recall: readonly number[]; changed: number }[] = []

describe.each(worlds)('%s of 10,000', (world) => {
  test('is robbed by attackers who learn', async () => {
    const tallies: RingTally[][] = Array.from({ length: roundCount + 1 }, () => [])
    let [changed, rings] = [0, 0]
    for (const seed of seeds) {
      const made = await makeWorld({ world, seed, accounts })
      let evasions = noEvasions
      for (const [round, own] of tallies.entries()) {
        const seen = await playRound(made, evasions)
        own.push(...seen.tallies)
        if (round < roundCount) evasions = learn(evasions, await seen.caught())
      }
      changed += [...evasions.values()].reduce((sum, { size }) => sum + size, 0)
      rings += made.counts.rings
    }

    const recall = tallies.map((own) => ringFigures(own).recall50)
    rows.push({ world, recall, changed: changed / rings })
    // Whoever is caught changes something, so that the rounds are no mere repetition.
    expect(changed).toBeGreaterThan(0)
    expect(recall.at(-1)).toBeLessThanOrEqual(recall[0] ?? 0)
  })
})

async function playRound({ lines, truth }: MadeWorld, evasions: Evasions) {
  const border = await worldBorder(shippedKinds)
  const state = memoryState()
  state.record(evaded(lines.events, truth, evasions).map((line) => border.event(line)))
  for (const line of lines.labels) state.label(border.label(line))
  const found = await detectRings(state, { kindOf, method: 'cpm-leiden', onProgress: () => {} })
  const published = found.rings.map(({ members }) => ({ accounts: members.map(({ account }) => account) }))
  return {
    tallies: talliesOf(published, truth),
    async caught() {
      const store = await indexedState(state)
      const caught = [...caughtBy(truth, published)]
      const explained = caught.map(
        async ([planted, ring]) =>
          [planted, { decisive: await decisiveKinds(store, ring.accounts, found) }] as const,
      )
      return new Map(await Promise.all(explained))
    },
  }
}

function talliesOf(published: readonly { accounts: readonly string[] }[], truth: readonly TruthLine[]) {
  const members = published.flatMap((one, ring) =>
    one.accounts.map((account) => ({ account, ring: String(ring), role: 'core', flagged: false })),
  )
  return ringTallies(members, truth)
}

/** As an explanation lists them (graph/explain/ring.ts). */
async function decisiveKinds(
  store: IndexedState,
  members: readonly string[],
  { asOf, publicness }: Detection,
): Promise<readonly string[]> {
  const options = { kindOf, asOf, publicness: publicnessOf(publicness) }
  const read = await readSurroundings(store, members, { ...options, caps: defaultSurroundingsCaps })
  const { ties } = ringTies(read, await linked(read, options), { accounts: members, ...options })
  return decisiveTies(holding(ties, kindOf)).map(({ kind }) => kind)
}

afterAll(() =>
  report('Ring recall (.5) of attackers who learn, by round', rows, [
    { title: 'WORLD', text: ({ world }) => world },
    ...Array.from({ length: roundCount + 1 }, (_, round) =>
      right<(typeof rows)[number]>(String(round), ({ recall }) => figure(recall[round] ?? 0)),
    ),
    right('KINDS CHANGED A RING', ({ changed }) => figure(changed, 1)),
  ]),
)
