/** A town of the range as what is stored of it, event by event. */
import { shippedKinds } from '../../../graph/identifiers/registry.ts'
import type { Label, StoredEvent } from '../../../graph/model.ts'
import type { TruthLine } from '../../../range/truth.ts'
import { generateWorld, type WorldOrder } from '../../../range/world.ts'
import { worldBorder } from '../../../src/cli/board/admitted-world.ts'

export interface ToldWorld {
  /** By time. */
  readonly events: readonly StoredEvent[]
  readonly labels: readonly Label[]
  readonly truth: readonly TruthLine[]
}

export async function toldWorld(order: WorldOrder): Promise<ToldWorld> {
  const border = await worldBorder(shippedKinds)
  const events: StoredEvent[] = []
  const labels: Label[] = []
  const truth: TruthLine[] = []
  await generateWorld(order, {
    async events(lines) {
      for (const line of lines) events.push(border.event(line))
    },
    async labels(lines) {
      for (const line of lines) labels.push(border.label(line))
    },
    async truth(lines) {
      for (const line of lines) truth.push(JSON.parse(line) as TruthLine)
    },
  })
  return { events: events.toSorted((a, b) => a.at - b.at), labels, truth }
}

/** The same town elsewhere: nobody and nothing in it is known by the names it had. */
export function elsewhere({ events, labels, truth }: ToldWorld, suffix: string): ToldWorld {
  const named = <Row extends { readonly account: string }>(row: Row): Row => ({
    ...row,
    account: `${row.account}${suffix}`,
  })
  return {
    events: events.map((event) => ({
      ...named(event),
      id: `${event.id}${suffix}`,
      identifiers: event.identifiers.map((one) => ({ ...one, ref: `${one.ref}${suffix}` })),
      relations: event.relations.map(named),
    })),
    labels: labels.map(named),
    truth: truth.map(named),
  }
}
