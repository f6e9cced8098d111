/** Deliveries through the border. */
import { AppError } from '../../graph/errors.ts'
import { looksLikeCardNumber } from '../../graph/identifiers/card-number.ts'
import type { Label, StoredEvent } from '../../graph/model.ts'
import type { Line } from '../../jobs/ingest.ts'
import { type Admission, admitEvent, admitLabel, type BorderOptions, cardRefusal } from './admit.ts'
import { type Delivery, ndjsonDelivery } from './delivery.ts'

export const eventLine = (
  border: BorderOptions,
  delivery: Delivery,
  { live }: { live: boolean },
): Line<StoredEvent> => lineOf(delivery, (raw) => admitEvent(border, raw, { live }))

export const labelLine = (delivery: Delivery): Line<Label> => lineOf(delivery, admitLabel)

function lineOf<T>({ line, text, content }: Delivery, admit: (raw: unknown) => Admission<T>): Line<T> {
  if ('raw' in content) {
    const admission = admit(content.raw)
    // JSON forgets all but the last field of a name and rounds long numbers: the text can hold what they hid.
    const mayBeKept = 'value' in admission || !looksLikeCardNumber(text())
    return { line, text: mayBeKept ? text : () => '', admission }
  }
  // A line that is not JSON may still hold a card number, and then must not be kept.
  const refusal = looksLikeCardNumber(text()) ? cardRefusal('') : content.refusal
  return { line, text, admission: { refusal } }
}

/** Dead letters through the border again, as a file would come: they may be old. */
export const replayLines = (border: BorderOptions) => ({
  event: (bytes: Uint8Array) => eventLine(border, buried(bytes), { live: false }),
  label: (bytes: Uint8Array) => labelLine(buried(bytes)),
})

function buried(bytes: Uint8Array): Delivery {
  const delivery = ndjsonDelivery(1, bytes)
  if (!delivery) throw new AppError('invalid_json', 'A dead letter is empty')
  return delivery
}
