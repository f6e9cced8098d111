/** What people decide on rings and hold to be true, as stores keep it. */
import type { Assertion } from './model.ts'
import type { Decision, Verdict } from './ring.ts'
import type { Tripwire } from './tripwires/tripwire.ts'

/** What a decision writes besides itself. */
export interface DecisionMore {
  /** Who, where it is not the author: a retraction. */
  readonly by?: string
  /** Those it arms, and those it disarms. */
  readonly tripwires?: readonly Tripwire[]
  /** Of a verdict: the receipt as JSON, kept as it is (src/receipts/receipt.ts). */
  readonly receipt?: string
}

/** Which assertions a page is of. */
export interface AssertionsAsked {
  readonly kind?: Assertion['kind']
  /** Those that name this account. */
  readonly account?: string
  /** Those that stand then, by the days of the data: neither taken back nor expired. */
  readonly standingAt?: number
  /** The last one of the page before. */
  readonly after?: Pick<Assertion, 'at' | 'id'>
  readonly limit: number
}

/** What people decided and hold to be true. */
export interface VerdictStore {
  /** With all that comes of it, in one step. */
  decide(decision: Decision, more?: DecisionMore): Promise<void>
  decisions(options: { ring?: string }): Promise<readonly Decision[]>
  /** How many of each were not taken back; none of a verdict that nobody gave. */
  standingVerdicts(): Promise<readonly { verdict: Verdict; count: number }[]>
  /** As it was frozen with a decision. */
  receipt(decision: string): Promise<string | undefined>
  assert(assertion: Assertion, by?: string): Promise<void>
  assertions(): Promise<readonly Assertion[]>
  /** Newest first, of one time the last id first. */
  assertionPage(asked: AssertionsAsked): Promise<readonly Assertion[]>
}
