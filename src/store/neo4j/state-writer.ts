/**
 * Joins batches of events into the graph: identifiers, then accounts, each in lanes that share no node, then what
 * ties them, in one lane (docs/decisions/0007). Whoever reads a row to join it holds a lock until the joined row is
 * committed, so that no other process joins the same row meanwhile. Every step may run again.
 */
import { type Properties, state } from '../../../cypher/catalogue.ts'
import type { IdentifierState, Label, StateType, StoredEvent } from '../../../graph/model.ts'
import type { Receipt } from '../../../graph/ports.ts'
import { type AccountDelta, foldEvents } from '../../../graph/state/fold.ts'
import {
  joinActivity,
  joinCreatedAt,
  joinIdentifier,
  joinLabel,
  labelReceipt,
} from '../../../graph/state/join.ts'
import { compareText } from '../../../graph/state/order.ts'
import type { Bolt, Run } from './bolt.ts'
import { countChange } from './hold.ts'
import { keyOf, labelsOf } from './labels.ts'
import { chunksOf, inLanes, oneAtATime, rowsPerWrite } from './lanes.ts'
import { joinRelations, type RelationDelta } from './relation-writer.ts'
import {
  activitiesOf,
  activityProperties,
  identifierChange,
  identifierOf,
  identifierProperties,
  labelOf,
} from './rows.ts'
import { joinUses, type UseDelta } from './use-writer.ts'

/** Events joined at once: enough that many rows of one pair fall together. */
const eventsPerJoin = 10_000

export function stateWriter(bolt: Bolt) {
  const alone = oneAtATime()
  return {
    /** Joins of this process follow each other; those of other processes may come between. */
    record: (events: readonly StoredEvent[]): Promise<void> =>
      alone(async () => {
        for (const some of chunksOf(events, eventsPerJoin)) await join(bolt, some)
      }),

    label: (labels: readonly Label[]): Promise<readonly Receipt[]> =>
      labels.length === 0 ? Promise.resolve([]) : bolt.write((run) => putLabels(run, labels)),
  }
}

async function join(bolt: Bolt, events: readonly StoredEvent[]): Promise<void> {
  const { accounts, identifiers } = foldEvents(events)
  const uses: UseDelta[] = []
  const relations: RelationDelta[] = []
  for (const [account, delta] of accounts) {
    for (const use of delta.uses.values()) uses.push({ account, key: keyOf(use), use })
    for (const relation of delta.relations.values()) relations.push({ account, relation })
  }
  await inLanes([...identifiers.values()], {
    key: keyOf,
    write: (rows) => inChunks(rows, (some) => bolt.write((run) => joinIdentifiers(run, some))),
  })
  await inLanes([...accounts], {
    key: ([id]) => id,
    write: (rows) => inChunks(rows, (some) => bolt.write((run) => joinAccounts(run, some))),
  })
  await inChunks(uses, (some) => bolt.write((run) => joinUses(run, some)))
  await inChunks(relations, (some) => bolt.write((run) => joinRelations(run, some)))
  const newestAt = events.reduce((newest, { at }) => Math.max(newest, at), -Infinity)
  await bolt.write((run) => countChange(run, newestAt))
}

async function inChunks<Row>(
  rows: readonly Row[],
  write: (rows: readonly Row[]) => Promise<unknown>,
): Promise<void> {
  for (const some of chunksOf(rows, rowsPerWrite)) await write(some)
}

async function joinIdentifiers(run: Run, deltas: readonly IdentifierState[]): Promise<void> {
  const byKey = new Map(deltas.map((row) => [keyOf(row), row]))
  const rows = [...byKey]
    .toSorted(([a], [b]) => compareText(a, b))
    .map(([key, row]) => ({ key, labels: labelsOf(row.kind), properties: identifierProperties(row) }))
  const changed: { key: string; properties: Properties }[] = []
  for (const stored of await run(state.claimIdentifiers, { rows })) {
    const added = byKey.get(stored.key)
    if (!added) continue
    const known = identifierOf(added, stored)
    const properties = identifierChange(joinIdentifier(known, added))
    if (!sameProperties(properties, identifierChange(known))) changed.push({ key: stored.key, properties })
  }
  if (changed.length > 0) await run(state.setIdentifiers, { rows: changed })
}

/** Both made by the same function, so that their names come in one order. */
const sameProperties = (a: Properties, b: Properties): boolean => JSON.stringify(a) === JSON.stringify(b)

async function joinAccounts(run: Run, deltas: readonly (readonly [string, AccountDelta])[]): Promise<void> {
  const byId = new Map(deltas)
  const rows = [...byId]
    .toSorted(([a], [b]) => compareText(a, b))
    .map(([id, { activities }]) => ({ id, types: [...activities.values()].map(({ type }) => type) }))
  const changed: { id: string; properties: Properties }[] = []
  for (const stored of await run(state.claimAccounts, { rows })) {
    const properties = accountChange(stored, byId.get(stored.id))
    if (properties) changed.push({ id: stored.id, properties })
  }
  if (changed.length > 0) await run(state.setAccounts, { rows: changed })
}

type StoredAccount = NonNullable<(typeof state.claimAccounts)['row']>

/** The account's properties that joining the delta changes; `undefined` when there are none. */
function accountChange(stored: StoredAccount, delta: AccountDelta | undefined): Properties | undefined {
  if (!delta) return undefined
  const known = new Map(activitiesOf(stored.activities).map((row) => [row.type, row]))
  const properties: Record<string, Properties[string]> = {}
  const types = new Set<StateType>(stored.activityTypes)
  for (const added of delta.activities.values()) {
    const before = known.get(added.type)
    const after = activityProperties(before ? joinActivity(before, added) : added)
    if (before && sameProperties(after, activityProperties(before))) continue
    Object.assign(properties, after)
    types.add(added.type)
  }
  if (types.size > stored.activityTypes.length) properties['activityTypes'] = [...types].toSorted(compareText)
  const createdAt = joinCreatedAt(stored.createdAt ?? undefined, delta.createdAt)
  if (createdAt !== undefined && createdAt !== stored.createdAt) properties['createdAt'] = new Date(createdAt)
  return Object.keys(properties).length > 0 ? properties : undefined
}

const labelKey = ({ account, source }: { account: string; source: string }): string =>
  JSON.stringify([account, source])

async function putLabels(run: Run, labels: readonly Label[]): Promise<readonly Receipt[]> {
  const ids = [...new Set(labels.map(({ account }) => account))].toSorted(compareText)
  await run(state.claimAccounts, { rows: ids.map((id) => ({ id, types: [] })) })
  const pairs = [...new Map(labels.map((label) => [labelKey(label), label])).values()]
  const rows = pairs.map(({ account, source }) => ({ account, source }))
  const stored = await run(state.readLabels, { rows })
  const known = new Map(stored.map((row) => [labelKey(row), labelOf(row.account, row)]))
  const receipts = labels.map((added): Receipt => {
    const before = known.get(labelKey(added))
    known.set(labelKey(added), before ? joinLabel(before, added) : added)
    return before ? labelReceipt(before, added) : 'accepted'
  })
  await run(state.putLabels, {
    rows: [...known.values()].map(({ account, source, label, reason = null, at }) => ({
      account,
      source,
      label,
      reason,
      at,
    })),
  })
  await countChange(run, null)
  return receipts
}
