/** What happens to delivered lines: the good are made durable, the bad become dead letters, each is answered. */
import type { ErrorCode } from '../graph/errors.ts'
import type { Label, StoredEvent } from '../graph/model.ts'
import type { Clock, DeadLetter, DeadLetterStore, Receipt, Secrets, StateStore } from '../graph/ports.ts'

/** A line after the border (src/sources/admit.ts). */
export interface Line<T> {
  readonly line: number
  /** JSON of what was delivered. */
  readonly text: () => string
  readonly admission:
    | { readonly value: T }
    | { readonly refusal: { readonly code: ErrorCode; readonly pointer: string; readonly detail: string } }
}

export interface LineResult {
  readonly line: number
  readonly status: Receipt | 'rejected'
  readonly code?: ErrorCode
  readonly pointer?: string
  readonly detail?: string
}

export interface IngestServices<Event = StoredEvent> {
  readonly store: Pick<StateStore, 'label'> & Pick<DeadLetterStore, 'bury'>
  readonly intake: { accept(events: readonly Event[]): Promise<readonly Receipt[]> }
  readonly secrets: Pick<Secrets, 'pseudonym' | 'seal'>
  readonly clock: Clock
  /** Who delivers, for the audit; else the source. */
  readonly by?: string
}

/** Durable when it resolves. `source` names the file or key that delivered. */
export const ingestEvents = <Event>(
  services: IngestServices<Event>,
  source: string,
  lines: readonly Line<Event>[],
): Promise<readonly LineResult[]> =>
  ingest(services, { stream: 'events', source, lines, accept: (events) => services.intake.accept(events) })

export const ingestLabels = (
  services: Omit<IngestServices, 'intake'>,
  source: string,
  lines: readonly Line<Label>[],
): Promise<readonly LineResult[]> =>
  ingest(services, {
    stream: 'labels',
    source,
    lines,
    accept: (labels) => services.store.label(labels, { by: services.by ?? source, at: services.clock() }),
  })

interface Ingest<T> {
  readonly stream: DeadLetter['stream']
  readonly source: string
  readonly lines: readonly Line<T>[]
  readonly accept: (values: readonly T[]) => Promise<readonly Receipt[]>
}

async function ingest<T>(
  services: Omit<IngestServices, 'intake'>,
  { stream, source, lines, accept }: Ingest<T>,
): Promise<readonly LineResult[]> {
  const good = lines.flatMap(({ line, admission }) =>
    'value' in admission ? [{ line, value: admission.value }] : [],
  )
  const bad = lines.filter(({ admission }) => 'refusal' in admission)
  const receipts = good.length > 0 ? await accept(good.map(({ value }) => value)) : []
  if (bad.length > 0)
    await services.store.bury(bad.flatMap((line) => letterOf(services, { stream, source, line })))
  const accepted = good.map(({ line }, i): LineResult => ({ line, status: receipts[i] ?? 'accepted' }))
  const rejected = bad.flatMap(({ line, admission }): readonly LineResult[] =>
    'refusal' in admission ? [{ line, status: 'rejected', ...admission.refusal }] : [],
  )
  return [...accepted, ...rejected].toSorted((a, b) => a.line - b.line)
}

/** A longer line is not kept; its place is. */
const keptBytesMax = 65_536

function letterOf<T>(
  { secrets, clock }: Pick<IngestServices, 'secrets' | 'clock'>,
  { stream, source, line }: { stream: DeadLetter['stream']; source: string; line: Line<T> },
): readonly DeadLetter[] {
  if (!('refusal' in line.admission)) return []
  const { code, pointer } = line.admission.refusal
  // Whatever may hold a card number is not kept, not even encrypted.
  const text = code === 'card_number' ? '' : line.text()
  const keep = text !== '' && Buffer.byteLength(text) <= keptBytesMax
  // The same bad line of the same source again is the same letter.
  const id = `dl_${secrets.pseudonym('dead-letter', JSON.stringify([stream, source, line.line, code, pointer, text]))}`
  return [
    {
      id,
      stream,
      source,
      line: line.line,
      pointer,
      code,
      at: clock(),
      ...(keep && { sealed: secrets.seal(Buffer.from(text)) }),
    },
  ]
}
