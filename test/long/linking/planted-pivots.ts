/**
 * What an attacker brought to accounts of others, told from the truth and from who used what when: an identifier that
 * at least three victims of one ring, all of them established, first met within seven days.
 */
import { type LinkTable } from '../../../graph/projection/link-table.ts'
import { usedBy } from '../../../graph/projection/uses/of.ts'
import type { TruthLine } from '../../../range/truth.ts'

/** An address, a card or a browser's print that victims newly share says little of who brought it. */
const broughtKinds: ReadonlySet<string> = new Set([
  'device',
  'cookie',
  'email',
  'phone',
  'payout',
  'document',
])
const dayMs = 86_400_000
const withinMs = 7 * dayMs
const establishedMs = 30 * dayMs
const victimsMin = 3

export interface PlantedPivot {
  readonly attack: string
  readonly ring: string
  readonly identifier: number
  /** Account numbers: those of the ring's victims who met it while at least two others did. */
  readonly victims: readonly number[]
}

export function plantedPivots(table: LinkTable, truth: readonly TruthLine[]): readonly PlantedPivot[] {
  const numberOf = new Map(table.facts.ids.map((account, number) => [account, number]))
  const victims = truth.filter(({ role }) => role === 'victim')
  return [...Map.groupBy(victims, ({ ring }) => ring ?? '')].flatMap(([ring, lines]) => {
    const meetings = meetingsOf(
      table,
      lines.flatMap(({ account }) => numberOf.get(account) ?? []),
    )
    return [...meetings].flatMap(([identifier, met]) => {
      const together = metTogether(met)
      if (together.length < victimsMin) return []
      return [{ attack: lines[0]?.attack ?? '', ring, identifier, victims: together }]
    })
  })
}

interface Meeting {
  readonly account: number
  readonly at: number
}

function meetingsOf(table: LinkTable, victims: readonly number[]): ReadonlyMap<number, readonly Meeting[]> {
  const all = victims.flatMap((account) => {
    const { bornAt = -Infinity } = table.facts.at(account) ?? {}
    const { ties, identifiers } = usedBy(table, account)
    return ties.flatMap(({ kind, firstAt }, place) =>
      broughtKinds.has(kind) && firstAt - bornAt >= establishedMs
        ? [{ account, at: firstAt, identifier: identifiers[place] ?? -1 }]
        : [],
    )
  })
  return Map.groupBy(all, ({ identifier }) => identifier)
}

/** Who is in any seven days that hold three meetings. */
function metTogether(met: readonly Meeting[]): readonly number[] {
  const inWeekFrom = (from: number) => met.filter(({ at }) => at >= from && at - from <= withinMs)
  const weeks = met.map(({ at }) => inWeekFrom(at)).filter(({ length }) => length >= victimsMin)
  return [...new Set(weeks.flat().map(({ account }) => account))]
}
