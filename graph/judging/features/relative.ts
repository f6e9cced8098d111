/**
 * Figures told by how rare they are in this deployment, among accounts of about the same age: a count that is a scandal
 * on one platform is a Tuesday on another, and what was learned elsewhere holds only of the rarity (detection.md).
 */
import type { LinkTable } from '../../projection/link-table.ts'
import { dayMs } from '../../time.ts'
import type { Rows } from '../rows.ts'
import type { ColumnWriter, FeatureColumns } from './columns.ts'
import {
  type Spread,
  spreadOf,
  type TailReference,
  type TailStep,
  type Tails,
  tailSteps,
  tailsOf,
} from './tails.ts'

/** `high`: so much or more is rare; `low`: so little or less; `rank`: the share of others below, both ends telling. */
type Tail = 'high' | 'low' | 'rank'

const tails: Readonly<Record<string, Tail>> = {
  age: 'rank',
  slept: 'high',
  toFirstPayment: 'low',
  toFirstPayout: 'low',
  paymentsRefused: 'high',
  refusedShare: 'high',
  chargebacks: 'high',
  chargebackShare: 'high',
  reports: 'high',
  loginsFailed: 'high',
  loginsFailedShare: 'high',
  credentialChanges: 'high',
  payoutChanges: 'high',
  reportedBy: 'high',
  refers: 'high',
  referredBy: 'high',
  money: 'high',
  ownShare: 'rank',
  hostedShare: 'high',
  companyNew: 'high',
  companyTroubled: 'high',
  signupCompany: 'high',
  arrivals: 'high',
  arrivalForced: 'high',
}

/** Days from which an account counts as of the next age. */
const ages = [7, 30, 90]

/** The age of each account, 0 the youngest; of unknown birth as the oldest. */
export const agesOf = ({ facts }: Pick<LinkTable, 'facts'>, asOf: number): Uint8Array =>
  Uint8Array.from(facts.births(), (bornAt) =>
    Number.isNaN(bornAt) ? ages.length : ages.findLastIndex((from) => asOf - bornAt >= from * dayMs) + 1,
  )

/** All accounts are of one age where age itself is told. */
const ageFor = (name: string, age: number): number => (name === 'age' ? 0 : age)

/** Before anything is told relatively. */
export function measureTails(
  populations: readonly { readonly columns: FeatureColumns['columns']; readonly ages: Uint8Array }[],
): TailReference {
  const reference: Record<string, (readonly TailStep[])[]> = {}
  for (const name of Object.keys(tails)) {
    reference[name] = Array.from({ length: name === 'age' ? 1 : ages.length + 1 }, (_, age) =>
      tailSteps(
        Float64Array.from(
          populations.flatMap(({ columns, ages: own }) =>
            [...(columns.get(name) ?? [])].filter((_value, at) => ageFor(name, own[at] ?? 0) === age),
          ),
        ),
      ),
    )
  }
  return reference
}

/** How the features of a deployment lie: by feature, then age. */
export type OwnSpreads = ReadonlyMap<string, readonly Spread[]>

/** Before anything is told relatively. */
export function measureSpreads(writer: ColumnWriter, ageOf: Uint8Array): OwnSpreads {
  return new Map(
    Object.keys(tails).map((name) => {
      const column = writer.column(name)
      const valuesAt = (age: number) =>
        column.filter((_, account) => ageFor(name, ageOf[account] ?? 0) === age)
      return [name, Array.from({ length: ages.length + 1 }, (_, age) => spreadOf(valuesAt(age)))] as const
    }),
  )
}

export function tellRelatively(
  writer: ColumnWriter,
  ageOf: Uint8Array,
  {
    spreads,
    reference,
    rows,
  }: { readonly spreads: OwnSpreads; readonly reference: TailReference; readonly rows: Rows },
): void {
  for (const [name, tail] of Object.entries(tails)) {
    const column = writer.column(name)
    const told = ages.map(() => new Map<number, number>()).concat(new Map())
    for (const account of rows.list) {
      const value = column[account] ?? Number.NaN
      if (Number.isNaN(value)) continue
      const age = ageFor(name, ageOf[account] ?? 0)
      const spread = spreads.get(name)?.[age] ?? nobody
      const seen = told[age]?.get(value) ?? telling(tailsOf(spread, value, reference[name]?.[age]), tail)
      told[age]?.set(value, seen)
      column[account] = seen
    }
  }
}

const nobody = spreadOf(new Float64Array())

function telling({ atLeast, atMost }: Tails, tail: Tail): number {
  if (tail === 'high') return 0 - Math.log(atLeast)
  return tail === 'low' ? 0 - Math.log(atMost) : (1 - atLeast + atMost) / 2
}
