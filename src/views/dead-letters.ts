/** Refused lines as people see them: where and why, never what. */
import type { DeadLetter } from '../../graph/ports.ts'
import { iso } from './times.ts'

export const deadLetterView = ({ id, stream, source, line, pointer, code, at, sealed }: DeadLetter) => ({
  id,
  stream,
  source,
  line,
  pointer,
  code,
  at: iso(at),
  replayable: sealed !== undefined,
})
