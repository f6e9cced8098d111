/**
 * Evidence that links accounts, an account at a time (graph/projection/project.ts): what it shares with those after it is
 * summed in tables by account, one for the ground that is looked at and one for all before it. Sums stop at caps, so that
 * 32 bits suffice; they are whole numbers, so that order does not matter.
 */
import { arcBytes, putArc } from '../graph/arc'
import { extend, mark, release, reserve } from '../memory/arena'
import { fillBytes, Table, table } from '../memory/table'
import { Entities } from './entities'
import { Fade, fadedMicroNats } from './fade'
import { Grounds } from './grounds'
import { Memberships } from './memberships'
import { emptyRows, Rows } from './rows'
import { isTold, Uses } from './uses'

@unmanaged
class Sums {
  /** By account: of the ground that is looked at, and of all before; 0 of those that are not listed. */
  ofGround: Table<i32>
  total: Table<i32>
  /** One longer than there are accounts: the next is written before it is known to be new. */
  inGround: Table<i32>
  inGroundCount: i32
  listed: Table<i32>
  listedCount: i32
}

/** `nats`: by entity, what sharing it says while it does not fade. */
export function strongRows(
  uses: Uses,
  entities: Entities,
  memberships: Memberships,
  grounds: Grounds,
  fade: Fade,
  nats: Table<f64>,
  evidenceMin: i32,
): Rows {
  const sums = emptySums(uses.accounts)
  const rows = emptyRows(uses.accounts)
  let filled = 0
  for (let account = 0; account < uses.accounts; account++) {
    rows.starts[account] = filled
    const from = memberships.starts[account]
    const end = memberships.starts[account + 1]
    if (from == end) continue
    const first = entities.grounds[memberships.entities[from]]
    let ground = first
    for (let i = from; i < end; i++) {
      const entity = memberships.entities[i]
      if (entities.grounds[entity] != ground) closeGround(sums)
      ground = entities.grounds[entity]
      addShares(sums, uses, entities, grounds, fade, nats[entity], entity, memberships.places[i])
    }
    // Most are on one kind of thing, whose sums are all there is.
    if (ground == first)
      filled = putRow(rows, sums.inGround, sums.inGroundCount, sums.ofGround, filled, evidenceMin)
    else {
      closeGround(sums)
      filled = putRow(rows, sums.listed, sums.listedCount, sums.total, filled, evidenceMin)
    }
    sums.inGroundCount = 0
    sums.listedCount = 0
  }
  rows.starts[uses.accounts] = filled
  return rows
}

function emptySums(accounts: i32): Sums {
  const sums = changetype<Sums>(reserve(offsetof<Sums>()))
  sums.ofGround = table<i32>(accounts)
  sums.total = table<i32>(accounts)
  sums.inGround = table<i32>(accounts + 1)
  sums.listed = table<i32>(accounts + 1)
  sums.inGroundCount = 0
  sums.listedCount = 0
  fillBytes<i32>(sums.ofGround, accounts, 0)
  fillBytes<i32>(sums.total, accounts, 0)
  return sums
}

/** What the account at a place of an entity shares with those after it. */
function addShares(
  sums: Sums,
  uses: Uses,
  entities: Entities,
  grounds: Grounds,
  fade: Fade,
  nats: f64,
  entity: i32,
  place: i32,
): void {
  const ground = entities.grounds[entity]
  const cap = grounds.caps[ground]
  const halfLifeMs = grounds.halfLivesMs[ground]
  const firstAt = entities.firstAt
  const lastAt = entities.lastAt
  const accounts = entities.accounts
  const ofGround = sums.ofGround
  const inGround = sums.inGround
  const first = firstAt[place]
  const last = lastAt[place]
  const end = entities.starts[entity + 1]
  let count = sums.inGroundCount
  for (let i = place + 1; i < end; i++) {
    if (uses.isTold && isTold(uses, entities.uses[place], entities.uses[i])) continue
    const gapMs = max<i64>(0, max(first, firstAt[i]) - min(last, lastAt[i]))
    const evidence = fadedMicroNats(fade, nats, f64(gapMs), halfLifeMs)
    // Only what says something is listed, or it would be twice.
    if (evidence == 0) continue
    const other = accounts[i]
    const sum = ofGround[other]
    inGround[count] = other
    count += i32(sum == 0)
    ofGround[other] = min(cap, sum + evidence)
  }
  sums.inGroundCount = count
}

/** Adds what was summed of a ground to what was before. */
function closeGround(sums: Sums): void {
  const inGround = sums.inGround
  const ofGround = sums.ofGround
  const totals = sums.total
  const listed = sums.listed
  const end = sums.inGroundCount
  let count = sums.listedCount
  for (let i = 0; i < end; i++) {
    const other = inGround[i]
    const total = totals[other]
    listed[count] = other
    count += i32(total == 0)
    totals[other] = total + ofGround[other]
    ofGround[other] = 0
  }
  sums.listedCount = count
  sums.inGroundCount = 0
}

/** Those with evidence enough to be linked, in no order; gives the place after the last. Sums are 0 again afterwards. */
function putRow(
  rows: Rows,
  others: Table<i32>,
  count: i32,
  sums: Table<i32>,
  from: i32,
  evidenceMin: i32,
): i32 {
  const before = mark()
  const arcs = rows.arcs
  extend(u64(count) * arcBytes<i32>())
  let filled = from
  for (let i = 0; i < count; i++) {
    const other = others[i]
    const sum = sums[other]
    sums[other] = 0
    if (sum >= evidenceMin) putArc<i32>(arcs, filled++, other, sum)
  }
  release(before + u64(filled - from) * arcBytes<i32>())
  return filled
}
