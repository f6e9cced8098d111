/** What somebody looks for, as it would be stored. */
import { AppError } from '../../graph/errors.ts'
import { looksLikeCardNumber } from '../../graph/identifiers/card-number.ts'
import { seeIdentifiers } from '../../graph/identifiers/pseudonymise.ts'
import type { IdentifierKey } from '../../graph/model.ts'
import type { BorderOptions } from './admit.ts'

/** As every kind that takes the text would store it; and what it names, as `kind:ref`. Throws `card_number`. */
export function soughtKeys(border: BorderOptions, text: string): readonly IdentifierKey[] {
  if (looksLikeCardNumber(text))
    throw new AppError('card_number', 'The text looks like a card number: search for its token instead')
  const [named, kindName = '', ref = ''] = /^([A-Za-z][A-Za-z0-9]*):([\w-]{22})$/.exec(text) ?? []
  const options = { ...border, seal: undefined, pseudonym: border.secrets.pseudonym }
  const values = border.registry.accepted().flatMap((kind) => {
    const sight = seeIdentifiers(kind, [text], options)
    return 'seen' in sight ? sight.seen.filter((one) => one.kind === kind) : []
  })
  return [
    ...(named === undefined ? [] : [{ kind: kindName, ref }]),
    ...values.map(({ kind, ref: own }) => ({ kind, ref: own })),
  ]
}
