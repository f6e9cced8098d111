/**
 * A graph of accounts and identifiers too large for an object a row: districts of 250,000 accounts, each of a seed of its
 * own, as one table. Of accounts and identifiers there is no more than linking reads of them: birth, kind and a number.
 */
import { nothingAsserted } from '../../../graph/assertions/standing.ts'
import { shippedKinds } from '../../../graph/identifiers/registry.ts'
import { Accounts } from '../../../graph/projection/account-columns.ts'
import { Int32Column, rowsByKey, startsOf } from '../../../graph/projection/columns.ts'
import { Identifiers } from '../../../graph/projection/identifier-columns.ts'
import type { LinkTable } from '../../../graph/projection/link-table.ts'
import { slotsOf } from '../../../graph/projection/slots.ts'
import { useRowWriter } from '../../../graph/projection/uses/rows.ts'
import type { Uses, UsesByIdentifier } from '../../../graph/projection/uses/uses.ts'
import { dayMs, dayOf } from '../../../graph/time.ts'
import { numbers } from '../graph.ts'
import { columnsOf, kinds } from '../partition/columns.ts'

const districtAccounts = 250_000
/** Of districts, one is tied into a giant component. */
const crowdedEvery = 20
const [firstDay, days] = [20_000, 180]
/** An account comes back on so many days at the most. */
const visitsMax = 4

/** The first moment after all of it. */
export const asOf = (firstDay + days + 1) * dayMs - 1

/** In order of name, as identifiers are numbered. */
const kindNames = (Object.keys(kinds) as (keyof typeof kinds)[]).toSorted()

interface Rows {
  readonly accounts: number
  readonly account: Int32Array
  readonly identifier: Int32Array
  /** How many identifiers there are of each of `kindNames`. */
  readonly counts: readonly number[]
}

export function largeTable(edges: number): LinkTable {
  const { accounts, account, identifier, counts } = rowsOf(edges)
  const identifiers = counts.reduce((sum, count) => sum + count, 0)
  const starts = startsOf(identifier, identifiers)
  const order = rowsByKey(identifier, starts)
  for (let use = 0; use < order.length; use++) order[use] = account[order[use] ?? 0] ?? 0
  const birthDays = birthDaysOf(accounts)
  return {
    facts: nameless(accounts),
    identifiers: alike(counts),
    uses: usesIn({ ...nothingElse, starts, accounts: order, ...timesOf(order, birthDays) }, accounts),
    birthDays,
    dataHasSignups: true,
    newestAt: asOf,
    asserted: nothingAsserted,
  }
}

/** As they are just read; what each account uses is not asked here. */
function usesIn(inOrder: UsesByIdentifier, accounts: number): Uses {
  const { starts } = inOrder
  return {
    inOrder,
    rows: inOrder,
    blocks: { starts: starts.subarray(0, -1), ends: starts.subarray(1) },
    own: { starts: nothing, ends: nothing, values: nothing },
    accounts: slotsOf(accounts),
    identifiers: slotsOf(starts.length - 1),
    log: { rows: useRowWriter(), own: new Int32Column(), rowsMax: 0 },
  }
}

const nothing = new Int32Array(0)

/** District by district, until there are as many rows. */
function rowsOf(edges: number): Rows {
  const [account, places] = [new Int32Array(edges), new Int32Array(edges)]
  const kindAt = new Uint8Array(edges)
  const counts = kindNames.map(() => 0)
  let [filled, accounts] = [0, 0]
  for (let district = 0; filled < edges; district++) {
    const columns = columnsOf(districtAccounts, {
      crowd: district % crowdedEvery === 0,
      seed: district + 1,
    })
    // A number among those of its kind.
    const numberOf = Int32Array.from(columns.kind, (kind) => {
      const place = placeOf[kind] ?? 0
      const number = counts[place] ?? 0
      counts[place] = number + 1
      return number
    })
    for (let row = 0; row < columns.account.length && filled < edges; row++, filled++) {
      const one = columns.identifier[row] ?? 0
      account[filled] = accounts + (columns.account[row] ?? 0)
      places[filled] = numberOf[one] ?? 0
      kindAt[filled] = placeOf[columns.kind[one] ?? 0] ?? 0
    }
    accounts += districtAccounts
  }
  const firsts = counts.map((_, place) => counts.slice(0, place).reduce((sum, count) => sum + count, 0))
  return {
    accounts,
    account,
    identifier: places.map((one, row) => one + (firsts[kindAt[row] ?? 0] ?? 0)),
    counts,
  }
}

/** By number of a kind in columns, its place among names in order. */
const placeOf = Object.entries(kinds)
  .toSorted(([, a], [, b]) => a - b)
  .map(([name]) => kindNames.findIndex((other) => other === name))

/** Of so many of each kind. */
function alike(counts: readonly number[]): Identifiers {
  for (const kind of kindNames) if (!shippedKinds.has(kind)) throw new Error(`There is no kind ${kind}`)
  const all = counts.reduce((sum, count) => sum + count, 0)
  const places = new Int32Array(all)
  let from = 0
  counts.forEach((count, place) => {
    places.fill(place, from, from + count)
    from += count
  })
  const same = new Int32Array(all)
  const rows = {
    refs: new Array<string>(all).fill(''),
    kinds: { texts: kindNames, places },
    masks: { texts: [''], places: same },
    classes: { texts: [undefined], places: same },
  }
  return new Identifiers({ rows, rowOf: slotsOf(all).slotOf })
}

const nothingElse = {
  times: new Float64Array(),
  through: new Int32Array(),
}

/** Accounts of which nothing is known. */
function nameless(accounts: number): Accounts {
  const never = new Float64Array(accounts).fill(Number.NaN)
  const none = { starts: new Int32Array(accounts + 1), values: new Float64Array() }
  const rows = {
    ids: new Array<string>(accounts).fill(''),
    bornAt: never,
    firstSeenAt: never,
    conduct: none,
    activeDays: { ...none, values: new Int32Array() },
    sensitiveChangesAt: none,
    payoutChangesAt: none,
    chargebacksAt: none,
    failedLoginsAt: none,
    rare: new Array<undefined>(accounts).fill(undefined),
  }
  return new Accounts({ rows, rowOf: slotsOf(accounts).slotOf })
}

function birthDaysOf(accounts: number): Int32Array {
  const random = numbers(11)
  return new Int32Array(accounts).map(() => firstDay + Math.floor(random() * days))
}

/** Each use on some days since its account was born, one in three from the first. */
function timesOf(accounts: Int32Array, birthDays: Int32Array) {
  const random = numbers(13)
  const uses = accounts.length
  const [firstAt, lastAt] = [new Float64Array(uses), new Float64Array(uses)]
  const dayStarts = new Int32Array(uses + 1)
  const seen = new Int32Array(uses * visitsMax)
  let count = 0
  const visits = new Float64Array(visitsMax)
  accounts.forEach((account, use) => {
    const bornAt = (birthDays[account] ?? 0) * dayMs
    const begin = bornAt + (random() < 1 / 3 ? 0 : Math.floor((asOf - bornAt) * random()))
    const own = visits.subarray(0, 1 + Math.floor(random() * visitsMax))
    for (let visit = 0; visit < own.length; visit++)
      own[visit] = visit === 0 ? begin : begin + Math.floor((asOf - begin) * random())
    own.sort()
    firstAt[use] = own[0] ?? 0
    lastAt[use] = own.at(-1) ?? 0
    for (const at of own) {
      const day = dayOf(at)
      if (count === (dayStarts[use] ?? 0) || seen[count - 1] !== day) seen[count++] = day
    }
    dayStarts[use + 1] = count
  })
  const nowhere = new Int32Array(uses + 1)
  return {
    firstAt,
    lastAt,
    dayStarts,
    days: seen.subarray(0, count),
    timeStarts: nowhere,
    throughStarts: nowhere,
  }
}
