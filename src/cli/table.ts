/** Tables for people: columns as wide as they must be, numbers to the right. */
import { stripVTControlCharacters } from 'node:util'

export interface Column<Row> {
  readonly title: string
  readonly text: (row: Row) => string
  readonly align?: 'left' | 'right'
}

export function table<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  dim: (text: string) => string,
): string {
  const cells = rows.map((row) => columns.map(({ text }) => text(row)))
  const widths = columns.map(({ title }, i) =>
    Math.max(width(title), ...cells.map((line) => width(line[i] ?? ''))),
  )
  const lay = (line: readonly string[]): string =>
    `  ${line.map((text, i) => pad(text, widths[i] ?? 0, columns[i]?.align)).join('  ')}`.trimEnd()
  return [dim(lay(columns.map(({ title }) => title))), ...cells.map(lay)].join('\n')
}

const width = (text: string): number => stripVTControlCharacters(text).length

function pad(text: string, to: number, align: 'left' | 'right' = 'left'): string {
  const space = ' '.repeat(Math.max(0, to - width(text)))
  return align === 'right' ? space + text : text + space
}
