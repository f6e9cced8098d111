/**
 * Joins batches of events into the graph: identifiers, then accounts with what they used, each in lanes that share no
 * node (docs/decisions/0010). Whoever reads a row to join it holds a lock until the joined row is committed, so that
 * no other process joins the same row meanwhile. Every step may run again.
 */
import {
  type AddedIdentifier,
  type IdentifierFields,
  type Properties,
  state,
} from '../../../../cypher/catalogue.ts'
import type { Doing } from '../../../../graph/audit.ts'
import type { IdentifierState, Label, StoredEvent } from '../../../../graph/model.ts'
import type { Receipt } from '../../../../graph/ports.ts'
import { foldEvents } from '../../../../graph/state/fold.ts'
import { joinIdentifier, joinLabel, labelReceipt } from '../../../../graph/state/join.ts'
import { compareText } from '../../../../graph/state/order.ts'
import { labelled } from '../../../audit/acts.ts'
import { append } from '../acts/audit.ts'
import type { Bolt, Run } from '../bolt.ts'
import { countChange, hold } from '../hold.ts'
import { keyOf, labelsOf } from '../labels.ts'
import { type AddedAccount, claimAccounts, joinAccounts } from './account-writer.ts'
import { chunksOf, inLanes, oneAtATime, rowsPerWrite } from './lanes.ts'
import { joinRelations, type RelationDelta } from './relation-writer.ts'
import { identifierChange, identifierOf, identifierProperties, labelOf } from './rows.ts'
import { joinUses, type UseDelta } from './use-writer.ts'

/** Events joined at once: enough that many rows of one pair fall together. */
const eventsPerJoin = 50_000

export function stateWriter(bolt: Bolt) {
  const alone = oneAtATime()
  return {
    /** Joins of this process follow each other; those of other processes may come between. */
    record: (events: readonly StoredEvent[]): Promise<void> =>
      alone(async () => {
        for (const some of chunksOf(events, eventsPerJoin)) await join(bolt, some)
      }),

    label: (labels: readonly Label[], act?: Doing): Promise<readonly Receipt[]> =>
      labels.length === 0
        ? Promise.resolve([])
        : bolt.write(async (run) => {
            const receipts = await putLabels(run, labels)
            if (act && receipts.some((receipt) => receipt !== 'duplicate'))
              await append(run, labelled(labels, act))
            return receipts
          }),
  }
}

async function join(bolt: Bolt, events: readonly StoredEvent[]): Promise<void> {
  const { accounts, identifiers } = foldEvents(events)
  const nodes = new Map<string, number>()
  await inLanes([...identifiers.values()], {
    key: keyOf,
    write: (rows) =>
      inChunks(rows, async (some) => {
        for (const [key, node] of await bolt.write((run) => joinIdentifiers(run, some))) nodes.set(key, node)
      }),
  })
  await inLanes([...accounts], {
    key: ([id]) => id,
    write: async (rows) => {
      for (const some of accountChunks(rows))
        await bolt.write((run) => joinSome(run, { accounts: some, nodes }))
    },
  })
  const relations: RelationDelta[] = []
  for (const [account, delta] of accounts)
    for (const relation of delta.relations.values()) relations.push({ account, relation })
  await inChunks(relations, (some) => bolt.write((run) => joinRelations(run, some)))
  const newestAt = events.reduce((newest, { at }) => Math.max(newest, at), -Infinity)
  const joined = {
    newestAt,
    accounts: [...new Set([...accounts.keys(), ...relations.map(({ relation }) => relation.to)])],
    identifiers: [...identifiers.values()].map(keyOf),
  }
  await bolt.write((run) => countChange(run, joined))
}

/** Accounts, then what they used, in one transaction: the accounts are locked, so that nobody else joins either. */
async function joinSome(
  run: Run,
  { accounts, nodes }: { accounts: readonly AddedAccount[]; nodes: ReadonlyMap<string, number> },
): Promise<void> {
  const accountNodes = await joinAccounts(run, accounts)
  const uses: UseDelta[] = []
  for (const [id, delta] of accounts) {
    for (const use of delta.uses.values()) {
      const [account, identifier] = [accountNodes.get(id), nodes.get(keyOf(use))]
      if (account === undefined || identifier === undefined) throw new Error('A use without its ends')
      uses.push({ account, identifier, use })
    }
  }
  await joinUses(run, uses)
}

/** An account is never divided; one with very many uses fills a transaction alone. */
function* accountChunks(accounts: readonly AddedAccount[]): Generator<readonly AddedAccount[]> {
  let some: AddedAccount[] = []
  let rows = 0
  for (const account of accounts) {
    some.push(account)
    rows += 1 + account[1].uses.size
    if (rows < rowsPerWrite) continue
    yield some
    some = []
    rows = 0
  }
  if (some.length > 0) yield some
}

async function inChunks<Row>(
  rows: readonly Row[],
  write: (rows: readonly Row[]) => Promise<unknown>,
): Promise<void> {
  for (const some of chunksOf(rows, rowsPerWrite)) await write(some)
}

/** Answers their nodes' numbers by key. */
async function joinIdentifiers(
  run: Run,
  deltas: readonly IdentifierState[],
): Promise<ReadonlyMap<string, number>> {
  const byKey = new Map(deltas.map((row) => [keyOf(row), row]))
  const rows = [...byKey]
    .toSorted(([a], [b]) => compareText(a, b))
    .map(([key, row]) => ({ key, labels: labelsOf(row.kind), properties: identifierProperties(row) }))
  const found = await lookUp(run, state.findIdentifiers, rows)
  const missing = rows.filter(({ key }) => !found.nodes.has(key))
  const made = missing.length > 0 ? await lookUp(run, state.claimIdentifiers, missing) : nothingFound
  const nodes = new Map([...found.nodes, ...made.nodes])
  // What is known already stays known, so that only what is news has to be read again under a lock.
  const changed = changesOf([...found.stored, ...made.stored], byKey)
  if (changed.length > 0) {
    await hold(run, 'edges')
    const locked = changed.flatMap(({ key }) => nodes.get(key) ?? [])
    const stored = await run(state.lockIdentifiers, { nodes: locked })
    await run(state.setIdentifiers, { rows: changesOf(stored, byKey) })
  }
  // Counted together with it: whoever joins the same again, because this broke off later, finds no news.
  const news = [...new Set([...missing, ...changed].map(({ key }) => key))]
  if (news.length > 0) await countChange(run, { identifiers: news, news })
  return nodes
}

interface Found {
  readonly nodes: ReadonlyMap<string, number>
  readonly stored: readonly IdentifierFields[]
}

const nothingFound: Found = { nodes: new Map(), stored: [] }

async function lookUp(
  run: Run,
  statement: typeof state.findIdentifiers,
  rows: readonly AddedIdentifier[],
): Promise<Found> {
  const [found] = await run(statement, { rows })
  const nodes = new Map(found?.nodes.map(([n, node]) => [rows[n]?.key ?? '', node]))
  return { nodes, stored: found?.stored ?? [] }
}

function changesOf(
  stored: readonly IdentifierFields[],
  deltas: ReadonlyMap<string, IdentifierState>,
): readonly { key: string; properties: Properties }[] {
  return stored.flatMap((row) => {
    const added = deltas.get(row.key)
    if (!added) return []
    const known = identifierOf(added, row)
    const properties = identifierChange(joinIdentifier(known, added))
    return sameProperties(properties, identifierChange(known)) ? [] : { key: row.key, properties }
  })
}

/** Both made by the same function, so that their names come in one order. */
const sameProperties = (a: Properties, b: Properties): boolean => JSON.stringify(a) === JSON.stringify(b)

const labelKey = ({ account, source }: { account: string; source: string }): string =>
  JSON.stringify([account, source])

async function putLabels(run: Run, labels: readonly Label[]): Promise<readonly Receipt[]> {
  const ids = new Set(labels.map(({ account }) => account))
  await claimAccounts(run, ids)
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
  await hold(run, 'edges')
  await countChange(run, { accounts: [...ids] })
  return receipts
}
