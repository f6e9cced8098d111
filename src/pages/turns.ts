/** So many at once: whoever finds no place waits for one, first come first, but not for long. */
import { AppError } from '../../graph/errors.ts'

export interface Turns {
  /** Resolves to what gives the place back. Throws `overloaded` when none was free in time, or too many wait. */
  take(): Promise<() => void>
}

export interface TurnsOptions {
  readonly placesMax: number
  readonly waitersMax: number
  readonly waitMaxMs: number
}

export function turnsOf({ placesMax, waitersMax, waitMaxMs }: TurnsOptions): Turns {
  let taken = 0
  const waiters = new Set<() => void>()

  function giveBack(): void {
    const [next] = waiters
    if (next) next()
    else taken -= 1
  }

  return {
    take() {
      if (taken < placesMax) {
        taken += 1
        return Promise.resolve(giveBack)
      }
      if (waiters.size >= waitersMax) return Promise.reject(tooMany())
      return new Promise((resolve, reject) => {
        const begin = (): void => {
          clearTimeout(late)
          waiters.delete(begin)
          resolve(giveBack)
        }
        const late = setTimeout(() => {
          waiters.delete(begin)
          reject(tooMany())
        }, waitMaxMs)
        waiters.add(begin)
      })
    },
  }
}

const tooMany = (): AppError =>
  new AppError('overloaded', 'As many pages are being made as may wait: ask again later')
