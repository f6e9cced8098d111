/** Identifiers that are shared by design, left out of all that detection reads: as if nobody had ever used them. */
import type { AccountFacts, Tie } from '../evidence/account-facts.ts'
import type { IdentifierKey } from '../model.ts'
import type { Asserted } from './standing.ts'

export const isShared = ({ shared }: Pick<Asserted, 'shared'>, { kind, ref }: IdentifierKey): boolean =>
  shared.size > 0 && shared.has(`${kind}:${ref}`)

interface Row {
  readonly facts: AccountFacts
  readonly ties: readonly Tie[]
}

export function rowWithout<Own extends Row>(row: Own, asserted: Asserted): Own {
  const { facts, ties } = row
  if (asserted.shared.size === 0) return row
  const isLeft = (tie: Tie): boolean => !isShared(asserted, tie)
  const isUntouched = [...ties, ...facts.failedLogins].every(
    (tie) => isLeft(tie) && !tie.through?.some((carrier) => asserted.shared.has(carrier)),
  )
  if (isUntouched) return row
  const failedLogins = facts.failedLogins.filter(isLeft)
  return {
    ...row,
    facts: { ...facts, failedLogins },
    ties: ties.filter(isLeft).map((tie) => seenWithout(tie, asserted)),
  }
}

/** What was seen only through one of them is seen by itself. */
export function seenWithout(tie: Tie, { shared }: Asserted): Tie {
  const { through, ...bare } = tie
  if (!through?.some((carrier) => shared.has(carrier))) return tie
  const left = through.filter((carrier) => !shared.has(carrier))
  return left.length > 0 ? { ...bare, through: left } : bare
}
