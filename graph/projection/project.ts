/**
 * From shared identifiers to a graph of account pairs with probabilities, an account at a time: for each account
 * the evidence of all it shares with later accounts is summed in a dense table (Gustavson 1978), so that no pair
 * is stored before it is complete, and a hub never becomes a clique.
 */

import { asSaid, saidPairs } from '../assertions/links.ts'
import { capMicroNats, evidenceMin, fadedMicroNats, rarityNats } from '../evidence/share.ts'
import { ipClassWeight, signupIpEvidence } from '../identifiers/ip.ts'
import type { EvidencePolicy } from '../identifiers/kind.ts'
import type { Entities, Linking } from './entities.ts'
import { type LinkPairs, pairWriter } from './link-pairs.ts'
import { type Linkable, type LinkTable, linkable } from './link-table.ts'
import { membershipsOf } from './memberships.ts'
import type { EntityList, Publicness } from './publicness.ts'
import type { UseRows } from './uses/rows.ts'
import { isTold } from './uses/uses.ts'
import { weakEvidence } from './weak/weak.ts'

interface Told {
  readonly publicness: Publicness
}

export const project = (table: LinkTable, entities: Entities, told: Told): LinkPairs =>
  asSaid(projectEvidence(linkable(table), entities, told), saidPairs(table))

/** By what identifiers show alone, whatever people hold to be true. */
export function projectEvidence(
  table: Linkable,
  { linking, weak }: Entities,
  { publicness }: Told,
): LinkPairs {
  const accounts = table.birthDays.length
  const { starts, places, entityAt } = membershipsOf(linking, accounts)
  const sums = pairSums(
    accounts,
    linking.grounds.map(({ policy }) => policy),
  )
  const addShares = shareAdder(table, linking, { publicness, sums })
  const weakOf = weakEvidence(table, weak)
  const out = pairWriter()
  for (let account = 0; account < accounts; account++) {
    const from = starts[account] ?? 0
    const end = starts[account + 1] ?? 0
    if (from === end) continue
    for (let i = from; i < end; i++) {
      const place = places[i] ?? 0
      addShares(entityAt[place] ?? 0, place)
    }
    for (const other of sums.others()) {
      const strong = sums.totalOf(other)
      if (strong >= evidenceMin) out.push(account, other, strong + weakOf(account, other))
    }
    sums.clear()
  }
  return out.pairs()
}

/** Adds what the account at a place of an entity shares with those after it. */
function shareAdder(
  { uses, identifiers }: Linkable,
  linking: Linking,
  { publicness, sums }: { readonly publicness: Publicness; readonly sums: PairSums },
): (entity: number, place: number) => void {
  const factorOf = (entity: number): number => publicness(identifiers.at(linking.identifiers[entity] ?? -1))
  const { nats, weights } = rarities(linking, identifiers, factorOf)
  const { grounds, groundOf, starts, accounts } = linking
  return (entity, place) => {
    const ground = groundOf[entity] ?? 0
    const { policy, gapless } = grounds[ground] ?? noGround
    const rarity = nats[entity] ?? 0
    const weight = weights[entity] ?? 1
    const mine = linking.uses[place] ?? 0
    const end = starts[entity + 1] ?? 0
    for (let i = place + 1; i < end; i++) {
      const theirs = linking.uses[i] ?? 0
      if (isTold(uses, mine, theirs)) continue
      const gapMs = gapless ? 0 : gapOf(uses, mine, theirs)
      sums.add(accounts[i] ?? 0, ground, fadedMicroNats(policy, rarity, { gapMs, weight }))
    }
  }
}

const noGround = { policy: signupIpEvidence, gapless: true }

/** By entity, what is the same for every pair of its accounts; `factorOf`: its publicness. */
export function rarities(
  { grounds, groundOf, identifiers, starts }: EntityList,
  keys: Linkable['identifiers'],
  factorOf: (entity: number) => number,
): { readonly nats: Float64Array; readonly weights: Float64Array } {
  const [nats, weights] = [new Float64Array(groundOf.length), new Float64Array(groundOf.length).fill(1)]
  groundOf.forEach((ground, entity) => {
    const { policy, gapless } = grounds[ground] ?? noGround
    const accounts = (starts[entity + 1] ?? 0) - (starts[entity] ?? 0)
    nats[entity] = rarityNats(policy, { accounts, publicness: gapless ? 1 : factorOf(entity) })
    if (gapless) weights[entity] = ipClassWeight(keys.classAt(identifiers[entity] ?? -1))
  })
  return { nats, weights }
}

function gapOf({ firstAt, lastAt }: UseRows, one: number, other: number): number {
  const first = Math.max(firstAt[one] ?? 0, firstAt[other] ?? 0)
  return Math.max(0, first - Math.min(lastAt[one] ?? 0, lastAt[other] ?? 0))
}

/** Evidence of one account with others. */
interface PairSums {
  /** Micro-nats of a kind, by its place. */
  add(other: number, place: number, evidence: number): void
  /** Others with evidence, ascending; do not add while they are looked at. */
  others(): Int32Array
  /** Of one of them: its evidence, each kind capped. */
  totalOf(other: number): number
  clear(): void
}

/** `policies`: of each kind, by its place. */
function pairSums(accounts: number, policies: readonly EvidencePolicy[]): PairSums {
  const caps = policies.map(capMicroNats)
  const width = Math.max(1, caps.length)
  // One row an account would cost accounts x kinds; rows are given out only to accounts now touched.
  const rowOf = new Int32Array(accounts).fill(-1)
  let sums = new Float64Array(1_024 * width)
  let touched = new Int32Array(1_024)
  let count = 0

  function rowFor(other: number): number {
    const known = rowOf[other] ?? -1
    if (known >= 0) return known
    if (count === touched.length) {
      touched = grown(touched, new Int32Array(count * 2))
      sums = grown(sums, new Float64Array(count * 2 * width))
    }
    touched[count] = other
    rowOf[other] = count
    return count++
  }

  return {
    add(other, place, evidence) {
      const cell = rowFor(other) * width + place
      sums[cell] = (sums[cell] ?? 0) + evidence
    },
    others: () => touched.subarray(0, count).sort(),
    totalOf(other) {
      const row = (rowOf[other] ?? 0) * width
      let total = 0
      for (let place = 0; place < caps.length; place++)
        total += Math.min(caps[place] ?? 0, sums[row + place] ?? 0)
      return total
    },
    clear() {
      for (let i = 0; i < count; i++) rowOf[touched[i] ?? 0] = -1
      sums.fill(0, 0, count * width)
      count = 0
    },
  }
}

function grown<Column extends Int32Array | Float64Array>(from: Column, into: Column): Column {
  into.set(from)
  return into
}
