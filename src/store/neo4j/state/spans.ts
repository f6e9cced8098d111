/** When something was seen, as it is stored: days as texts that people can read, and only those that say more. */
import type { SpanFields } from '../../../../cypher/catalogue.ts'
import type { Span } from '../../../../graph/model.ts'
import { dayOf } from '../../../../graph/time.ts'
import { dayNumber, dayText } from '../values.ts'

export const spanOf = ({ firstAt, lastAt, days }: SpanFields): Span => ({
  firstAt,
  lastAt,
  days: days?.map(dayNumber) ?? endDays(firstAt, lastAt),
})
export const spanFields = ({ firstAt, lastAt, days }: Span): SpanFields => ({
  firstAt,
  lastAt,
  days: days.length === endDays(firstAt, lastAt).length ? null : days.map(dayText),
})

/** Those of the first and the last sight are active for certain, so that they need not be stored. */
function endDays(firstAt: number, lastAt: number): readonly number[] {
  const [first, last] = [dayOf(firstAt), dayOf(lastAt)]
  return first === last ? [first] : [first, last]
}
