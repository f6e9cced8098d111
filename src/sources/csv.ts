/** CSV rows as deliveries, through a mapping. */
import { pipeline } from 'node:stream'
import { CsvError, type Info, parse } from 'csv-parse'
import { AppError } from '../../graph/errors.ts'
import { type Delivery, lineBytesMax, valueDelivery } from './delivery.ts'
import type { Mapping } from './mapping.ts'

interface Row {
  readonly record: Record<string, string>
  readonly info: Info
}

/** Throws `mapping_invalid` when the file lacks a column, `invalid_input` when it stops being CSV. */
export async function* csvDeliveries(
  chunks: AsyncIterable<Uint8Array>,
  { file, mapping, onSkip }: { file: string; mapping: Mapping; onSkip: () => void },
): AsyncGenerator<Delivery> {
  const rows = parse({
    bom: true,
    columns: (header: string[]) => checkHeader(header, mapping, file),
    delimiter: mapping.delimiter,
    info: true,
    max_record_size: lineBytesMax,
    relax_column_count: true,
    skip_empty_lines: true,
  })
  // Errors of either side destroy `rows`, which the loop below then throws.
  pipeline(utf8Only(chunks, file), rows, () => {})
  try {
    for await (const { record, info } of rows as AsyncIterable<Row>) {
      const raw = mapping.map(record)
      if (raw === undefined) onSkip()
      else yield valueDelivery(info.lines, raw)
    }
  } catch (error) {
    throw error instanceof CsvError ? brokenCsv(file, error) : error
  }
}

/** Other encodings are refused, because replacing what cannot be read would make one account of two. */
async function* utf8Only(chunks: AsyncIterable<Uint8Array>, file: string): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const check = (chunk?: Uint8Array): void => {
    try {
      decoder.decode(chunk, { stream: chunk !== undefined })
    } catch (cause) {
      throw new AppError(
        'invalid_input',
        `${file} is not UTF-8: convert it, for instance with iconv -f latin1 -t utf-8, and ingest it again, repeats are harmless`,
        { cause },
      )
    }
  }
  for await (const chunk of chunks) {
    check(chunk)
    yield chunk
  }
  check()
}

function checkHeader(header: readonly string[], mapping: Mapping, file: string): string[] {
  const names = header.map((name) => name.trim())
  const missing = mapping.columns.filter((column) => !names.includes(column))
  if (missing.length > 0) {
    throw new AppError(
      'mapping_invalid',
      `${file} has no column ${missing.map((name) => `“${name}”`).join(', ')}, which the mapping reads: correct the mapping's column names, its delimiter, or the file's first line`,
    )
  }
  return names
}

const brokenCsv = (file: string, error: CsvError): AppError =>
  new AppError(
    'invalid_input',
    `${file} stops being CSV (${error.code}${typeof error['lines'] === 'number' ? ` at line ${error['lines']}` : ''}): rows before it were kept; repair it and ingest the file again, repeats are harmless`,
    { cause: error },
  )
