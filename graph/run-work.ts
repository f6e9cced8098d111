/** What a run had to look at, and how it was checked. */

/** How much of the population a change made linking look at. */
export interface LinkingWork {
  readonly accountsChanged: number
  /** Accounts whose links were found again. */
  readonly accountsProjected: number
  /** Accounts in the components that were solved. */
  readonly accountsSolved: number
  /** Weeks on an address each. */
  readonly weeksCounted: number
}

/** How much of it judging looked at. */
export interface JudgingWork {
  readonly accountsJudged: number
  /** Accounts in the components of suspects that were solved, by either round. */
  readonly suspectsSolved: number
  readonly ringsMade: number
}

export interface DetectionWork extends LinkingWork, JudgingWork {}

export interface SelfCheck {
  /** Clock time. */
  readonly at: number
  /** Rings that only one of the two found, and 1 where anything else differed. */
  readonly mismatches: number
}
