/** Until when what people say stands: by the days of the data, so that it means the same for data of any age. */
import { AppError } from '../graph/errors.ts'
import type { DetectionRun } from '../graph/ring.ts'

/** Throws `invalid_input` for one that has passed: the newest run has seen data of that day. */
export function checkedExpiry(expiresAt: number, run: Pick<DetectionRun, 'asOf'> | undefined): number {
  if (expiresAt > (run?.asOf ?? -Infinity)) return expiresAt
  throw new AppError(
    'invalid_input',
    'It would have expired already: expiry is by the days of the data, and the newest is later',
  )
}

/** A day, or a time, in UTC, as people write it. */
export function readExpiry(text: string): number {
  const at = /^\d{4}-\d{2}-\d{2}(T[\d:.]+Z)?$/.test(text) ? Date.parse(text) : Number.NaN
  if (!Number.isNaN(at)) return at
  throw new AppError(
    'invalid_input',
    '--expires is a day like 2027-01-31, or a time like 2027-01-31T12:00:00Z',
  )
}
