/**
 * Publicness: an identifier whose users share nothing else is public (a library's computer, a shop's tablet, the
 * number of a reception) and says less of any two of them; one whose users share other things besides says more. It is
 * measured over the whole population once, and frozen with the run that measured it.
 */
import type { IdentifierKey } from '../model.ts'
import type { Entities, Linking } from './entities.ts'
import type { Linkable } from './link-table.ts'
import { membershipsOf } from './memberships.ts'

/** By what an identifier's kappa is multiplied; 1 where nothing else is known. */
export type Publicness = (key: IdentifierKey | undefined) => number

export const nothingPublic: Publicness = () => 1

/** Factors in thousandths by `kind:ref`, of those that differ from 1. */
export type PublicnessFactors = ReadonlyMap<string, number>

/** Of two users alone nothing can be told. */
const usersMin = 3

/** Counts as so many pairs that share as much as is usual for the kind. */
const priorPairs = 3
const [leastFactor, mostFactor] = [0.2, 2]

export const publicnessOf =
  (factors: PublicnessFactors): Publicness =>
  (key) =>
    (factors.get(`${key?.kind}:${key?.ref}`) ?? 1_000) / 1_000

/**
 * (3 pi + rich) / ((3 + pairs) pi) within .2 and 2: `pairs` of the identifier's users, `rich` those of them that share
 * an identifier of another family too (a device shows with its cookies by nature), pi the share of rich ones over all
 * identifiers of its kind.
 */
export function measurePublicness({ linking }: Entities, table: Linkable): PublicnessFactors {
  return factorsOf(linking, thousandthsOf(linking, countRich(linking, table.birthDays.length)), table)
}

/** Which entities there are, whoever is on them. */
export type EntityList = Pick<Linking, 'grounds' | 'groundOf' | 'identifiers' | 'starts'>

/** By entity. `rich`: pairs of its users that share something of another family too. */
export function thousandthsOf(linking: EntityList, rich: Int32Array): Int32Array {
  const usual = usualByGround(linking, rich)
  const thousandths = new Int32Array(rich.length).fill(1_000)
  for (let entity = 0; entity < rich.length; entity++) {
    const pairs = pairsOf(linking, entity)
    const pi = usual[linking.groundOf[entity] ?? -1] ?? 0
    if (pairs === 0 || pi === 0) continue
    const factor = (priorPairs * pi + (rich[entity] ?? 0)) / ((priorPairs + pairs) * pi)
    thousandths[entity] = Math.round(Math.min(mostFactor, Math.max(leastFactor, factor)) * 1_000)
  }
  return thousandths
}

/** By identifier, of entities whose factor differs from 1. */
export function factorsOf(
  { identifiers }: EntityList,
  thousandths: Int32Array,
  table: Pick<Linkable, 'identifiers'>,
): PublicnessFactors {
  const factors = new Map<string, number>()
  thousandths.forEach((factor, entity) => {
    if (factor === 1_000) return
    const key = table.identifiers.at(identifiers[entity] ?? -1)
    factors.set(`${key?.kind}:${key?.ref}`, factor)
  })
  return factors
}

/** Pairs of its users of which something can be told. */
function pairsOf({ grounds, groundOf, starts }: EntityList, entity: number): number {
  const users = (starts[entity + 1] ?? 0) - (starts[entity] ?? 0)
  const isSliced = grounds[groundOf[entity] ?? 0]?.gapless ?? true
  return isSliced || users < usersMin ? 0 : (users * (users - 1)) / 2
}

/** The share of rich pairs; 0 where there are no pairs. */
function usualByGround(linking: EntityList, rich: Int32Array): readonly number[] {
  const [richSums, pairSums] = [linking.grounds.map(() => 0), linking.grounds.map(() => 0)]
  linking.groundOf.forEach((ground, entity) => {
    richSums[ground] = (richSums[ground] ?? 0) + (rich[entity] ?? 0)
    pairSums[ground] = (pairSums[ground] ?? 0) + pairsOf(linking, entity)
  })
  return richSums.map((sum, ground) => (pairSums[ground] === 0 ? 0 : sum / (pairSums[ground] ?? 1)))
}

/** Rich pairs by entity: an account at a time, as project.ts goes; what a pair shares is a set of families, a bit each. */
function countRich(linking: Linking, accounts: number): Int32Array {
  const { starts, places, entityAt } = membershipsOf(linking, accounts)
  const families = sharedFamilies(linking, accounts)
  const rich = new Int32Array(linking.groundOf.length)
  const entityOf = (place: number): number => entityAt[place] ?? 0
  const count = (entity: number, place: number): void => {
    if (pairsOf(linking, entity) === 0) return
    rich[entity] = (rich[entity] ?? 0) + families.countBesides(entity, place)
  }
  for (let account = 0; account < accounts; account++) {
    const from = starts[account] ?? 0
    const end = starts[account + 1] ?? 0
    // Whoever is on one thing shares nothing besides.
    if (end - from < 2) continue
    const own = places.subarray(from, end)
    for (const place of own) families.add(entityOf(place), place)
    for (const place of own) count(entityOf(place), place)
    for (const place of own) families.forget(entityOf(place), place)
  }
  return rich
}

/** What one account shares with those after it at places of entities. */
function sharedFamilies({ grounds, groundOf, starts, accounts }: Linking, count: number) {
  const bits = familyBits(grounds)
  const shared = new Uint8Array(count)
  const bitOf = (entity: number): number => bits[groundOf[entity] ?? 0] ?? 0
  return {
    add(entity: number, place: number): void {
      const bit = bitOf(entity)
      const end = starts[entity + 1] ?? 0
      for (let i = place + 1; i < end; i++) shared[accounts[i] ?? 0] = (shared[accounts[i] ?? 0] ?? 0) | bit
    },
    /** With how many of those on the entity another family is shared too. */
    countBesides(entity: number, place: number): number {
      const others = ~bitOf(entity)
      const end = starts[entity + 1] ?? 0
      let found = 0
      for (let i = place + 1; i < end; i++) if (((shared[accounts[i] ?? 0] ?? 0) & others) !== 0) found += 1
      return found
    },
    forget(entity: number, place: number): void {
      const end = starts[entity + 1] ?? 0
      for (let i = place + 1; i < end; i++) shared[accounts[i] ?? 0] = 0
    },
  }
}

/** A bit a family, by ground; sign-ups of one day tell of no family. */
export function familyBits(grounds: Linking['grounds']): readonly number[] {
  const known = [...new Set(grounds.map(({ family }) => family))]
  return grounds.map(({ family, gapless }) => (gapless ? 0 : 1 << known.indexOf(family)))
}
