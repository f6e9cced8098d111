/** What a baseline is: a way to part accounts, and its author's own rule for whom to flag. */
import type { WeightedPairs } from './sharing/pairs.ts'
import type { BaselineTable } from './table.ts'

export interface BaselineInput {
  readonly table: BaselineTable
  /** Our own links: account pairs with their probability, of 1. */
  readonly links: WeightedPairs
}

export interface Found {
  /** The community of each account, named by its least account. */
  readonly communityOf: Int32Array
  /** 1 where the method's author would act on the account. */
  readonly flagged: Uint8Array
}

export interface Baseline {
  /** As `--methods` names it. */
  readonly name: string
  readonly title: string
  readonly source: string
  find(input: BaselineInput): Found
}
