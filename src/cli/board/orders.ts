/** What a board or a tuning may be asked for. */
import { AppError } from '../../../graph/errors.ts'
import { worldNames } from '../../../range/world.ts'

/** Reports use seeds from here on. */
export const reportSeedMin = 100

export function checkWorlds(worlds: readonly string[]): void {
  const unknown = worlds.find((world) => !worldNames.includes(world))
  if (unknown === undefined) return
  throw new AppError('invalid_input', `There is no world ${unknown}: use ${worldNames.join(', ')}`)
}
