/** Files as the border lets them in: what a store is given, without a store. */

import { noFacetTables } from '../../graph/identifiers/facet-tables.ts'
import { kindRegistry } from '../../graph/identifiers/registry.ts'
import type { Label, StoredEvent } from '../../graph/model.ts'
import { secretsFrom } from '../../src/secrets/secrets.ts'
import { type BorderOptions, borderDomains } from '../../src/sources/admit.ts'
import { fileDeliveries } from '../../src/sources/files.ts'
import { eventLine, labelLine } from '../../src/sources/lines.ts'
import type { Mapping } from '../../src/sources/mapping.ts'

export async function testBorder(): Promise<BorderOptions> {
  const registry = kindRegistry()
  const secrets = secretsFrom(Buffer.alloc(32, 7), [...borderDomains, ...registry.keys()])
  return { secrets, registry, tables: noFacetTables, masks: true, clock: Date.now }
}

export interface Admitted {
  readonly events: readonly StoredEvent[]
  readonly labels: readonly Label[]
}

/** Each file with its mapping, if it is CSV, and which stream it is. */
export async function admittedFrom(
  files: readonly { file: string; stream: 'events' | 'labels'; mapping?: Mapping }[],
  border: BorderOptions,
): Promise<Admitted> {
  const events: StoredEvent[] = []
  const labels: Label[] = []
  for (const { file, stream, mapping } of files) {
    for await (const delivery of fileDeliveries(file, { ...(mapping && { mapping }) })) {
      if (stream === 'labels') taken(labels, labelLine(delivery).admission)
      else taken(events, eventLine(border, delivery, { live: false }).admission)
    }
  }
  return { events, labels }
}

function taken<T>(into: T[], admission: { value: T } | { refusal: unknown }): void {
  if ('value' in admission) into.push(admission.value)
}
