/** A world in memory, parsed. */
import { createHash } from 'node:crypto'
import type { TruthLine } from '../../range/truth.ts'
import { generateWorld, type WorldCounts, type WorldOrder } from '../../range/world.ts'

export interface MadeEvent {
  readonly eventId: string
  readonly type: string
  readonly occurredAt: string
  readonly account: string
  readonly identifiers?: Readonly<Record<string, string>>
  readonly counterparties?: readonly { readonly account: string; readonly relation: string }[]
  readonly accountCreatedAt?: string
  readonly sessionId?: string
  readonly attributes?: { readonly amount: number; readonly currency: string }
}

export interface MadeLabel {
  readonly account: string
  readonly label: string
  readonly at: string
}

export interface MadeWorld {
  readonly counts: WorldCounts
  readonly lines: { readonly events: string[]; readonly labels: string[]; readonly truth: string[] }
  readonly events: readonly MadeEvent[]
  readonly labels: readonly MadeLabel[]
  readonly truth: readonly TruthLine[]
}

export async function makeWorld(order: WorldOrder): Promise<MadeWorld> {
  const lines: MadeWorld['lines'] = { events: [], labels: [], truth: [] }
  const keep = (list: string[]) => async (more: readonly string[]) => {
    for (const line of more) list.push(line)
  }
  const counts = await generateWorld(order, {
    events: keep(lines.events),
    labels: keep(lines.labels),
    truth: keep(lines.truth),
  })
  const parsed = <T>(list: readonly string[]) => list.map((line) => JSON.parse(line) as T)
  return {
    counts,
    lines,
    events: parsed<MadeEvent>(lines.events),
    labels: parsed<MadeLabel>(lines.labels),
    truth: parsed<TruthLine>(lines.truth),
  }
}

export function digestOf({ lines }: MadeWorld): string {
  const hash = createHash('sha256')
  for (const list of [lines.events, lines.labels, lines.truth]) hash.update(`${list.join('\n')}\n\n`)
  return hash.digest('hex')
}
