/**
 * How well published rings meet a world's truth, by the metrics of docs/range.md. Any partition and any truth of
 * these shapes can be scored; the scorer knows nothing of the detector.
 */
import { fraudRoles, type TruthLine } from './truth.ts'

export interface PublishedMember {
  readonly account: string
  readonly ring: string
  readonly role: string
  readonly flagged: boolean
  /** Probability that the owner takes part in fraud, where the method gives any. */
  readonly risk?: number
}

export interface Score {
  readonly rings: {
    readonly truth: number
    readonly published: number
    /** Planted rings that some published ring meets with a Jaccard index of at least .5, .8; of 1. */
    readonly recall50: number
    readonly recall80: number
    /** Published rings that the members of one planted ring are spread over, on average; 1 is best. */
    readonly fragmentation: number
    /** Members of published rings, of 1, that belong to no planted ring, where the ring holds any that do. */
    readonly contamination: number
    /** Published rings, of 1, at least half of whose members carry a planted ring, whichever. */
    readonly precision: number
  }
  /** Pairs of accounts in one ring, of which at least one carries a planted ring. */
  readonly pairs: { readonly precision: number; readonly recall: number; readonly f1: number }
  /** By account that carries a planted ring. */
  readonly bcubed: { readonly precision: number; readonly recall: number }
  /** Flagged accounts against those whose owner takes part in fraud; victims stand apart. */
  readonly accounts: {
    readonly precision: number
    readonly recall: number
    readonly f1: number
    /** Benign accounts that were flagged, of 10,000 benign ones. */
    readonly harmedPer10k: number
    readonly bystandersFlagged: number
  }
  readonly victims: { readonly truth: number; readonly flagged: number; readonly inARing: number }
  readonly attacks: Readonly<
    Record<string, { readonly rings: number; readonly recall50: number; readonly recall80: number }>
  >
}

/**
 * Associates and bystanders are shown, and count for nothing. Rings of every class count, because the class is
 * `uncertain` until there are models to judge by.
 */
export const countingRoles: ReadonlySet<string> = new Set(['core', 'bridge', 'receiver', 'victim'])

type Groups = ReadonlyMap<string, ReadonlySet<string>>

/** Accounts the truth does not name are taken for honest. Throws `RangeError` when one is told of twice. */
export function score(published: Iterable<PublishedMember>, truth: Iterable<TruthLine>): Score {
  const rows = toldOnce(published, 'the published rows')
  const lines = toldOnce(truth, 'the truth')
  const found = groupBy(rows.filter(({ role }) => countingRoles.has(role)))
  const planted = groupBy(lines.flatMap(({ account, ring }) => (ring === null ? [] : [{ account, ring }])))
  const ringOf = ringByAccount(found)
  const plantedOf = ringByAccount(planted)
  const overlaps = overlapsOf(planted, found, ringOf)
  return {
    rings: {
      truth: planted.size,
      published: found.size,
      ...recallOf([...overlaps.values()]),
      ...purity(planted, found, { ringOf, plantedOf }),
    },
    pairs: pairScore(planted, found, plantedOf),
    bcubed: bcubed(planted, found, { ringOf, plantedOf }),
    accounts: accountScore(rows, lines),
    victims: victimScore(rows, lines),
    attacks: attackScore(lines, overlaps),
  }
}

/** In two rings at once an account would be found twice, and shares would pass 1. */
function toldOnce<T extends { readonly account: string }>(told: Iterable<T>, where: string): readonly T[] {
  const rows = [...told]
  const seen = new Set<string>()
  rows.forEach(({ account }, at) => {
    if (seen.has(account))
      throw new RangeError(`Row ${at + 1} of ${where} repeats an account of an earlier one`)
    seen.add(account)
  })
  return rows
}

function groupBy(rows: readonly { readonly account: string; readonly ring: string }[]): Groups {
  const groups = new Map<string, Set<string>>()
  for (const { account, ring } of rows) groups.set(ring, (groups.get(ring) ?? new Set<string>()).add(account))
  return groups
}

const ringByAccount = (groups: Groups): ReadonlyMap<string, string> =>
  new Map([...groups].flatMap(([ring, accounts]) => [...accounts].map((account) => [account, ring] as const)))

/** Of each planted ring the best Jaccard index that any published ring reaches with it. */
function overlapsOf(
  planted: Groups,
  found: Groups,
  ringOf: ReadonlyMap<string, string>,
): ReadonlyMap<string, number> {
  return new Map(
    [...planted].map(([ring, accounts]) => {
      const shared = countBy([...accounts].flatMap((account) => ringOf.get(account) ?? []))
      const indexes = [...shared].map(
        ([other, count]) => count / (accounts.size + (found.get(other)?.size ?? 0) - count),
      )
      return [ring, indexes.reduce((best, index) => Math.max(best, index), 0)]
    }),
  )
}

const recallOf = (overlaps: readonly number[]) => ({
  recall50: ratio(overlaps.filter((overlap) => overlap >= 0.5).length, overlaps.length),
  recall80: ratio(overlaps.filter((overlap) => overlap >= 0.8).length, overlaps.length),
})

function countBy(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}

interface Lookups {
  readonly ringOf: ReadonlyMap<string, string>
  readonly plantedOf: ReadonlyMap<string, string>
}

function purity(planted: Groups, found: Groups, { ringOf, plantedOf }: Lookups) {
  const parts = [...planted.values()]
    .map((accounts) => new Set([...accounts].flatMap((account) => ringOf.get(account) ?? [])).size)
    .filter((count) => count > 0)
  const mixed = [...found.values()].filter((accounts) =>
    [...accounts].some((account) => plantedOf.has(account)),
  )
  const right = [...found.values()].filter(
    (accounts) => [...accounts].filter((account) => plantedOf.has(account)).length * 2 >= accounts.size,
  )
  const inMixed = mixed.reduce((sum, { size }) => sum + size, 0)
  const strangers = mixed.reduce(
    (sum, accounts) => sum + [...accounts].filter((account) => !plantedOf.has(account)).length,
    0,
  )
  return {
    fragmentation: ratio(
      parts.reduce((sum, count) => sum + count, 0),
      parts.length,
    ),
    contamination: ratio(strangers, inMixed),
    precision: ratio(right.length, found.size),
  }
}

const pairsOf = (count: number): number => (count * (count - 1)) / 2

function pairScore(planted: Groups, found: Groups, plantedOf: ReadonlyMap<string, string>): Score['pairs'] {
  let both = 0
  let claimed = 0
  for (const accounts of found.values()) {
    const honest = [...accounts].filter((account) => !plantedOf.has(account)).length
    claimed += pairsOf(accounts.size) - pairsOf(honest)
    const perRing = countBy([...accounts].flatMap((account) => plantedOf.get(account) ?? []))
    for (const count of perRing.values()) both += pairsOf(count)
  }
  const real = [...planted.values()].reduce((sum, { size }) => sum + pairsOf(size), 0)
  return { precision: ratio(both, claimed), recall: ratio(both, real), f1: f1(both, claimed, real) }
}

/**
 * Bagga & Baldwin 1998, over accounts that carry a planted ring; an account in no ring is a ring of its own. Summed
 * by published ring and not by account, since a ring may hold half of the accounts there are.
 */
function bcubed(planted: Groups, found: Groups, { ringOf, plantedOf }: Lookups): Score['bcubed'] {
  let precision = 0
  let recall = 0
  for (const accounts of found.values()) {
    const perRing = countBy([...accounts].flatMap((account) => plantedOf.get(account) ?? []))
    for (const [ring, count] of perRing) {
      precision += count ** 2 / accounts.size
      recall += count ** 2 / (planted.get(ring)?.size ?? count)
    }
  }
  for (const [account, ring] of plantedOf) {
    if (ringOf.has(account)) continue
    precision += 1
    recall += 1 / (planted.get(ring)?.size ?? 1)
  }
  return { precision: ratio(precision, plantedOf.size), recall: ratio(recall, plantedOf.size) }
}

function accountScore(rows: readonly PublishedMember[], lines: readonly TruthLine[]): Score['accounts'] {
  const flagged = new Set(rows.filter((row) => row.flagged).map(({ account }) => account))
  const hit = (wanted: (line: TruthLine) => boolean): number =>
    lines.filter((line) => wanted(line) && flagged.has(line.account)).length
  const fraud = lines.filter(({ role }) => fraudRoles.has(role)).length
  const benign = lines.filter(({ role }) => role === 'benign').length
  const right = hit(({ role }) => fraudRoles.has(role))
  const claimed = flagged.size - hit(({ role }) => role === 'victim')
  return {
    precision: ratio(right, claimed),
    recall: ratio(right, fraud),
    f1: f1(right, claimed, fraud),
    harmedPer10k: ratio(hit(({ role }) => role === 'benign') * 10_000, benign),
    bystandersFlagged: hit(({ role }) => role === 'bystander'),
  }
}

function victimScore(rows: readonly PublishedMember[], lines: readonly TruthLine[]): Score['victims'] {
  const rowOf = new Map(rows.map((row) => [row.account, row]))
  const victims = lines.filter(({ role }) => role === 'victim')
  return {
    truth: victims.length,
    flagged: victims.filter(({ account }) => rowOf.get(account)?.flagged).length,
    inARing: victims.filter(({ account }) => rowOf.has(account)).length,
  }
}

function attackScore(lines: readonly TruthLine[], overlaps: ReadonlyMap<string, number>): Score['attacks'] {
  const attackOf = new Map(lines.map(({ ring, attack }) => [ring, attack]))
  const byAttack = Map.groupBy(overlaps, ([ring]) => attackOf.get(ring) ?? 'unknown')
  return Object.fromEntries(
    [...byAttack]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([attack, rings]) => [
        attack,
        { rings: rings.length, ...recallOf(rings.map(([, overlap]) => overlap)) },
      ]),
  )
}

const f1 = (both: number, claimed: number, real: number): number => ratio(2 * both, claimed + real)

/** 0 where there is nothing to count; six digits. */
const ratio = (part: number, whole: number): number =>
  whole === 0 ? 0 : Math.round((part / whole) * 1e6) / 1e6
