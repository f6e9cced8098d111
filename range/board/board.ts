/** What is written as board.json: every method on every world, with intervals and comparisons. */
import type { Comparison, Estimate } from '../metrics/intervals.ts'
import type { LinkFigures } from '../metrics/links.ts'
import type { Measure } from '../metrics/measure.ts'
import type { VerdictFigures } from '../metrics/verdicts.ts'
import type { TempoFigures, TempoWorld } from '../tempo/tempo.ts'
import type { WorldCounts } from '../world.ts'

/** One method in one world. */
export interface MethodRun {
  readonly method: string
  readonly measure: Measure
  readonly tookMs: number
}

/** One world of one seed, as a thread hands it back. */
export interface WorldRun {
  readonly world: string
  readonly seed: number
  readonly counts: WorldCounts
  readonly tempo: TempoWorld
  readonly methods: readonly MethodRun[]
  /** Of our links, and of our groups as they are judged. */
  readonly links: LinkFigures
  readonly verdicts: VerdictFigures
}

export interface MethodTitle {
  readonly name: string
  readonly title: string
  readonly source: string
  readonly isOurs: boolean
  /** Which of ours it is compared with; the first when not given. */
  readonly comparedWith?: string
}

export interface BoardMethod extends MethodTitle {
  /** By name of figure. */
  readonly figures: Readonly<Record<string, BoardFigure>>
  readonly attacks: Readonly<Record<string, BoardAttack>>
  /** By kind of group; counts over all seeds. */
  readonly subgroups: Readonly<Record<string, BoardSubgroup>>
  /** Ours (`comparedWith`) less this one, by name of figure; none of ours. */
  readonly compared: Readonly<Record<string, Comparison>>
  readonly tookMs: number
}

export interface BoardFigure extends Estimate {
  /** In order of seeds. */
  readonly bySeed: readonly number[]
}

export interface BoardAttack {
  /** Over all seeds. */
  readonly rings: number
  readonly recall50: number
  readonly recall80: number
}

export interface BoardSubgroup {
  readonly benign: number
  readonly flagged: number
  readonly per10k: number
}

export interface BoardWorld {
  readonly world: string
  /** In order of seeds. */
  readonly counts: readonly WorldCounts[]
  /** Ring accounts that share anything small with their ring: what linking can reach at most. */
  readonly ceiling: Estimate
  readonly tempo: TempoFigures
  /** In order of seeds. */
  readonly links: readonly LinkFigures[]
  readonly verdicts: readonly VerdictFigures[]
  /** Ours first. */
  readonly methods: readonly BoardMethod[]
}

export interface Board {
  readonly version: 1
  readonly seeds: readonly number[]
  readonly accounts: number
  /** File of the models that judged; absent: those that are shipped. */
  readonly models?: string
  readonly worlds: readonly BoardWorld[]
}
