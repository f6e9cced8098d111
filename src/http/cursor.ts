/** Cursors: where a page ended, as a text that callers hand on unread. */
import type { z } from 'zod'
import { AppError } from '../../graph/errors.ts'

export const cursorBytesMax = 512

export const writeCursor = (cursor: object): string =>
  Buffer.from(JSON.stringify(cursor)).toString('base64url')

/** Throws `invalid_input` for a text that no page of this list ended with. */
export function readCursor<T>(schema: z.ZodType<T>, text: string): T {
  try {
    return schema.parse(JSON.parse(Buffer.from(text, 'base64url').toString()))
  } catch (cause) {
    throw new AppError(
      'invalid_input',
      'The cursor is not one of this list: pass nextCursor on unchanged, with the same sort',
      { cause },
    )
  }
}
