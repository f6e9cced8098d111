/** What a check of the installation found (`ringleader doctor`). */
export interface Finding {
  readonly check: string
  readonly state: 'ok' | 'warning' | 'wrong'
  /** What was found and, unless it is well, how to mend it. */
  readonly detail: string
}
