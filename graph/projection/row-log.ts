/**
 * Rows to which those of a change are added and of which none is ever written over: tables that came of one another share them, each
 * knowing where its own lie, so that a change costs what it changes and a table before stays as it was.
 */
import type { Merged } from './merge-sorted.ts'

export interface RowLog<Writer extends { readonly length: number }> {
  readonly rows: Writer
  /** With more it is time to write all anew: some have been of no use for long. */
  readonly rowsMax: number
}

/** A quarter more, for changes to come: memory that nobody has written to is none. */
export const roomFor = (length: number): number => length + Math.max(8, length >> 2)

interface Writer<Row> {
  readonly length: number
  add(row: Row): void
}

interface Known<Log> {
  readonly log?: Log | undefined
  /** By number, its row. */
  readonly rowOf: Int32Array
}

/** Where the rows of a table lie once some were added. */
export function rowsAfter<Row, Rows extends Writer<Row>>(
  { log: known, rowOf: rowBefore }: Known<RowLog<Rows>>,
  { now, before, changed }: Pick<Merged, 'now' | 'before' | 'changed'>,
  {
    write,
    rowAt,
  }: {
    /** All there were, in order of their numbers, into columns for so many. */
    readonly write: (rowCount: number) => Rows
    /** Beside each of `changed`; `undefined` where it is as it was. */
    readonly rowAt: (place: number) => Row | undefined
  },
): { readonly log: RowLog<Rows>; readonly rowOf: Int32Array } {
  const hasRoom = known !== undefined && known.rows.length < known.rowsMax
  const rowsMax = roomFor(rowBefore.length)
  const log = hasRoom ? known : { rows: write(rowsMax), rowsMax }
  const rowOf =
    hasRoom && now === before
      ? rowBefore.slice()
      : before.map((was) => (was < 0 || !hasRoom ? was : (rowBefore[was] ?? -1)))
  changed.forEach((number, place) => {
    const row = rowAt(place)
    if (row === undefined) return
    rowOf[number] = log.rows.length
    log.rows.add(row)
  })
  return { log, rowOf }
}
