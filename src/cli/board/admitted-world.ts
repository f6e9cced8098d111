/** A world of the range, through the project's own border, in memory. */

import type { KindRegistry } from '../../../graph/identifiers/registry.ts'
import type { Label, StoredEvent } from '../../../graph/model.ts'
import { tempoRow } from '../../../range/tempo/features.ts'
import { type TempoWorld, tempoWorld } from '../../../range/tempo/tempo.ts'
import type { TruthLine } from '../../../range/truth.ts'
import { generateWorld, type WorldCounts, type WorldOrder } from '../../../range/world.ts'
import { readFacetTables } from '../../facet-files.ts'
import { secretsFrom } from '../../secrets/secrets.ts'
import {
  type Admission,
  admitEvent,
  admitLabel,
  type BorderOptions,
  borderDomains,
} from '../../sources/admit.ts'
import { type MemoryState, memoryState } from './memory-state.ts'

export interface AdmittedWorld {
  readonly state: MemoryState
  readonly truth: readonly TruthLine[]
  readonly counts: WorldCounts
  readonly tempo: TempoWorld
}

/** Any key will do: nothing outlives the run. The same each time, so that the same order gives the same rings. */
const boardKey = new Uint8Array(32)

/** Lines of a world to what is stored of them. Throws for one that the border refuses. */
export interface WorldBorder {
  readonly event: (line: string) => StoredEvent
  readonly label: (line: string) => Label
}

export async function worldBorder(registry: KindRegistry): Promise<WorldBorder> {
  const secrets = secretsFrom(boardKey, [...borderDomains, ...registry.keys()])
  const tables = await readFacetTables(undefined)
  const border: BorderOptions = { secrets, registry, tables, masks: false, clock: Date.now }
  return {
    event: (line) => admitted(admitEvent(border, JSON.parse(line), { live: false })),
    label: (line) => admitted(admitLabel(JSON.parse(line))),
  }
}

export async function admittedWorld(order: WorldOrder, registry: KindRegistry): Promise<AdmittedWorld> {
  const border = await worldBorder(registry)
  const state = memoryState()
  const truth: TruthLine[] = []
  const tempoRows = new Map<string, readonly number[]>()
  const counts = await generateWorld(order, {
    async events(lines) {
      const events = lines.map(border.event)
      state.record(events)
      // A place tells all of its accounts at once.
      for (const [account, own] of byAccount(events)) tempoRows.set(account, tempoRow(own))
    },
    async labels(lines) {
      for (const line of lines) state.label(border.label(line))
    },
    async truth(lines) {
      for (const line of lines) truth.push(JSON.parse(line) as TruthLine)
    },
  })
  return { state, truth, counts, tempo: tempoWorld(truth, (account) => tempoRows.get(account)) }
}

const byAccount = (events: readonly StoredEvent[]) => Map.groupBy(events, ({ account }) => account)

/** The range speaks the contract, so a refusal is a fault of one of the two. */
function admitted<T>(admission: Admission<T>): T {
  if ('value' in admission) return admission.value
  const { pointer, detail } = admission.refusal
  throw new Error(`The border refused a line of the world: ${pointer || 'the line'} ${detail}`)
}
