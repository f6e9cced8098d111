/** A world of the range through the border: what a store would be given, place by place. */
import { shippedKinds } from '../../../graph/identifiers/registry.ts'
import type { Label, StoredEvent } from '../../../graph/model.ts'
import type { TruthLine } from '../../../range/truth.ts'
import { generateWorld, type WorldOrder } from '../../../range/world.ts'
import { worldBorder } from '../../../src/cli/board/admitted-world.ts'
import { type MemoryState, memoryState } from '../../../src/cli/board/memory-state.ts'

export interface ToldPlace {
  readonly events: readonly StoredEvent[]
  readonly labels: readonly Label[]
  readonly truth: readonly TruthLine[]
}

export async function eachPlace(
  order: WorldOrder,
  onPlace: (place: ToldPlace) => Promise<void>,
): Promise<void> {
  const border = await worldBorder(shippedKinds)
  let events: StoredEvent[] = []
  let labels: readonly Label[] = []
  await generateWorld(order, {
    async events(lines) {
      for (const line of lines) events.push(border.event(line))
    },
    async labels(lines) {
      labels = lines.map(border.label)
    },
    // Of a place the truth comes last.
    async truth(lines) {
      await onPlace({ events, labels, truth: lines.map((line) => JSON.parse(line) as TruthLine) })
      events = []
    },
  })
}

export interface GrowingWorld {
  readonly state: MemoryState
  readonly truth: readonly TruthLine[]
}

/** The same world at several sizes: `at` is called when so many accounts have been told. */
export async function growing(
  order: WorldOrder,
  sizes: readonly number[],
  at: (size: number, world: GrowingWorld) => Promise<void>,
): Promise<void> {
  const state = memoryState()
  const truth: TruthLine[] = []
  await eachPlace(order, async (place) => {
    record(state, place)
    truth.push(...place.truth)
    if (sizes.includes(truth.length)) await at(truth.length, { state, truth })
  })
}

export function record(state: MemoryState, { events, labels }: Omit<ToldPlace, 'truth'>): void {
  state.record(events)
  for (const label of labels) state.label(label)
}

export async function wholeWorld(order: WorldOrder): Promise<GrowingWorld> {
  const state = memoryState()
  const truth: TruthLine[] = []
  await eachPlace(order, async (place) => {
    record(state, place)
    truth.push(...place.truth)
  })
  return { state, truth }
}
