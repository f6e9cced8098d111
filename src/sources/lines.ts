/** Deliveries through the border. */
import { looksLikeCardNumber } from '../../graph/identifiers/card-number.ts'
import type { Label, StoredEvent } from '../../graph/model.ts'
import type { Line } from '../../jobs/ingest.ts'
import { type Admission, admitEvent, admitLabel, type BorderOptions, cardRefusal } from './admit.ts'
import type { Delivery } from './delivery.ts'

export const eventLine = (
  border: BorderOptions,
  delivery: Delivery,
  { live }: { live: boolean },
): Line<StoredEvent> => lineOf(delivery, (raw) => admitEvent(border, raw, { live }))

export const labelLine = (delivery: Delivery): Line<Label> => lineOf(delivery, admitLabel)

function lineOf<T>({ line, text, content }: Delivery, admit: (raw: unknown) => Admission<T>): Line<T> {
  if ('raw' in content) return { line, text, admission: admit(content.raw) }
  // A line that is not JSON may still hold a card number, and then must not be kept.
  const refusal = looksLikeCardNumber(text()) ? cardRefusal('') : content.refusal
  return { line, text, admission: { refusal } }
}
