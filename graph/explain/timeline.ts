/** When a ring came together: births of its accounts, and their arrivals at what holds them together. */
import { bornAtOf, tiesOf } from '../evidence/account-facts.ts'
import type { AccountState, IdentifierKey } from '../model.ts'
import { dayOf } from '../time.ts'

/** Rows of a timeline. A longer one counts by weeks, or by four weeks at a time. */
const rowsMax = 60
const steps = [1, 7, 28]

/** Accounts this near to each other came in one burst. */
const burstDays = 3

export interface TimelineRow {
  /** First day of the step. */
  readonly day: number
  readonly births: number
  readonly arrivals: number
}

export interface Burst {
  readonly day: number
  readonly days: number
  readonly accounts: number
}

export interface Timeline {
  readonly stepDays: number
  /** Steps in which something happened, ascending. */
  readonly rows: readonly TimelineRow[]
  /** The three days with most births, and with most arrivals; the earliest of several. */
  readonly births?: Burst
  readonly arrivals?: Burst
  readonly truncated: boolean
}

/** `decisive`: an account arrives when it first uses any of them. */
export function timelineOf(states: readonly AccountState[], decisive: readonly IdentifierKey[]): Timeline {
  const births = states.flatMap((state) => bornAtOf(state) ?? []).map(dayOf)
  const arrivals = states.flatMap((state) => arrivalOf(state, decisive)).map(dayOf)
  const stepDays = steps.find((step) => countSteps([...births, ...arrivals], step) <= rowsMax) ?? 28
  const rows = rowsOf(births, arrivals, stepDays)
  const [born, arrived] = [busiest(births), busiest(arrivals)]
  return {
    stepDays,
    rows: rows.slice(-rowsMax),
    ...(born && { births: born }),
    ...(arrived && { arrivals: arrived }),
    truncated: rows.length > rowsMax,
  }
}

function arrivalOf(state: AccountState, decisive: readonly IdentifierKey[]): readonly number[] {
  const times = tiesOf(state).flatMap(({ kind, ref, firstAt }) =>
    decisive.some((key) => key.kind === kind && key.ref === ref) ? [firstAt] : [],
  )
  return times.length > 0 ? [Math.min(...times)] : []
}

const stepOf = (day: number, step: number): number => Math.floor(day / step) * step

const countSteps = (days: readonly number[], step: number): number =>
  new Set(days.map((day) => stepOf(day, step))).size

function rowsOf(
  births: readonly number[],
  arrivals: readonly number[],
  step: number,
): readonly TimelineRow[] {
  const rows = new Map<number, { day: number; births: number; arrivals: number }>()
  const count = (days: readonly number[], what: 'births' | 'arrivals'): void => {
    for (const day of days.map((one) => stepOf(one, step))) {
      const row = rows.get(day) ?? { day, births: 0, arrivals: 0 }
      rows.set(day, row)
      row[what] += 1
    }
  }
  count(births, 'births')
  count(arrivals, 'arrivals')
  return [...rows.values()].toSorted((a, b) => a.day - b.day)
}

function busiest(days: readonly number[]): Burst | undefined {
  const counts = days.map((day) => ({
    day,
    days: burstDays,
    accounts: days.filter((other) => other >= day && other < day + burstDays).length,
  }))
  return counts.toSorted((a, b) => b.accounts - a.accounts || a.day - b.day)[0]
}
