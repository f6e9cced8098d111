/** Why people did something, in their own words: kept for ever, so that nothing may stand in it by mistake. */
import { AppError } from '../graph/errors.ts'
import { looksLikeCardNumber } from '../graph/identifiers/card-number.ts'

export const reasonLettersMax = 500

/** Trimmed. Throws `invalid_input` and `card_number`. */
export function checkedReason(reason: string): string {
  const said = reason.trim()
  if (said === '' || said.length > reasonLettersMax) {
    throw new AppError('invalid_input', `A reason has 1 to ${reasonLettersMax} characters`)
  }
  if (looksLikeCardNumber(said)) {
    throw new AppError('card_number', 'The reason holds what looks like a card number: leave it out')
  }
  return said
}
