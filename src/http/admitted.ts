/** Identifiers that are asked about, taken as the border takes those of an event, and with its refusals. */
import { AppError } from '../../graph/errors.ts'
import type { StoredEvent } from '../../graph/model.ts'
import { admitEvent } from '../sources/admit.ts'
import type { HttpServices } from './services.ts'

/** No customer's id may hold NUL, so this account is nobody's. */
const nobody = '\0'

export function admitted({ border }: Pick<HttpServices, 'border'>, sent: object): StoredEvent {
  const admission = admitEvent(border, { ...sent, eventId: 'match', account: 'match' }, { live: true })
  if ('value' in admission) return { ...admission.value, account: nobody }
  const { code, pointer, detail } = admission.refusal
  throw new AppError(code, `The body is not as it should be: ${pointer} ${detail}`, {
    issues: [{ pointer, detail }],
  })
}
