/**
 * Publicness: an identifier whose users share nothing else is public (a library's computer, a shop's tablet, the
 * number of a reception) and says less of any two of them; one whose users share other things besides says more. It is
 * measured over the whole population once, and frozen with the run that measured it.
 */
import type { IdentifierKey } from '../model.ts'
import type { Entities, KindLookup, LinkingEntity } from './entities.ts'
import type { LinkTable } from './link-table.ts'

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
export function measurePublicness(
  { linking }: Entities,
  { identifiers, facts }: Pick<LinkTable, 'identifiers' | 'facts'>,
  kindOf: KindLookup,
): PublicnessFactors {
  const unsliced = linking.filter(({ gapless }) => !gapless)
  const counts = countPairs(unsliced, { accounts: facts.length, bits: familyBits(unsliced, kindOf) })
  const usual = usualByKind(unsliced, counts)
  const factors = new Map<string, number>()
  unsliced.forEach(({ kind, identifier }, number) => {
    const { pairs, rich } = counts
    const pi = usual.get(kind) ?? 0
    if (pairs[number] === 0 || pi === 0) return
    const factor = (priorPairs * pi + (rich[number] ?? 0)) / ((priorPairs + (pairs[number] ?? 0)) * pi)
    const thousandths = Math.round(Math.min(mostFactor, Math.max(leastFactor, factor)) * 1_000)
    const ref = identifiers[identifier]?.ref ?? ''
    if (thousandths !== 1_000) factors.set(`${kind}:${ref}`, thousandths)
  })
  return factors
}

interface PairCounts {
  /** By entity; 0 for those of two users. */
  readonly pairs: Float64Array
  readonly rich: Float64Array
}

function usualByKind(
  linking: readonly LinkingEntity[],
  { pairs, rich }: PairCounts,
): ReadonlyMap<string, number> {
  const sums = new Map<string, { pairs: number; rich: number }>()
  linking.forEach(({ kind }, number) => {
    const sum = sums.get(kind) ?? { pairs: 0, rich: 0 }
    sums.set(kind, sum)
    sum.pairs += pairs[number] ?? 0
    sum.rich += rich[number] ?? 0
  })
  return new Map([...sums].map(([kind, sum]) => [kind, sum.pairs === 0 ? 0 : sum.rich / sum.pairs]))
}

/** An account at a time, as project.ts goes; what a pair shares is a set of families, a bit each. */
function countPairs(
  linking: readonly LinkingEntity[],
  { accounts, bits }: { accounts: number; bits: readonly number[] },
): PairCounts {
  const at: number[][] = Array.from({ length: accounts }, () => [])
  linking.forEach((entity, number) => {
    for (const account of entity.accounts) at[account]?.push(number)
  })
  const counts = { pairs: new Float64Array(linking.length), rich: new Float64Array(linking.length) }
  const shared = new Uint8Array(accounts)
  const usersOf = (number: number) => linking[number]?.accounts ?? []
  at.forEach((own, account) => {
    for (const number of own) {
      for (const other of usersOf(number)) shared[other] = (shared[other] ?? 0) | (bits[number] ?? 0)
    }
    for (const number of own.filter((one) => usersOf(one).length >= usersMin)) {
      const later = usersOf(number).filter((other) => other > account)
      const rich = later.filter((other) => ((shared[other] ?? 0) & ~(bits[number] ?? 0)) !== 0)
      counts.pairs[number] = (counts.pairs[number] ?? 0) + later.length
      counts.rich[number] = (counts.rich[number] ?? 0) + rich.length
    }
    for (const number of own) for (const other of usersOf(number)) shared[other] = 0
  })
  return counts
}

function familyBits(linking: readonly LinkingEntity[], kindOf: KindLookup): readonly number[] {
  const families = linking.map(({ kind }) => kindOf(kind)?.family)
  const known = [...new Set(families)]
  return families.map((family) => 1 << known.indexOf(family))
}
