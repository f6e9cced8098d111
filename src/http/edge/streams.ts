/** How many streams may be open at once: of one key, and of this process. */
import { AppError } from '../../../graph/errors.ts'

export interface Streams {
  /** Counts one until it is disposed of. Throws `rate_limited` and `overloaded` when there are too many. */
  open(key: string): Disposable
}

export interface StreamLimits {
  readonly perKey: number
  readonly perProcess: number
}

export function openStreams({ perKey, perProcess }: StreamLimits): Streams {
  const openOf = new Map<string, number>()
  let all = 0
  return {
    open(key) {
      const own = openOf.get(key) ?? 0
      if (own >= perKey)
        throw new AppError(
          'rate_limited',
          `This key has ${own} streams open, and may have no more: close one`,
        )
      if (all >= perProcess)
        throw new AppError(
          'overloaded',
          'As many streams are open here as may be: ask for pages, or try later',
        )
      openOf.set(key, own + 1)
      all += 1
      return {
        [Symbol.dispose]() {
          all -= 1
          const left = (openOf.get(key) ?? 1) - 1
          if (left > 0) openOf.set(key, left)
          else openOf.delete(key)
        },
      }
    },
  }
}
