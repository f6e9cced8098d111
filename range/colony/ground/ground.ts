/** What all blocks of a world have in common: carriers, large organisations, hotels, makes of phones, campaigns. */
import { Random } from '../../random.ts'
import type { Tuning } from '../tuning.ts'
import { exitLine, exitsOfNetwork, type Line } from './lines.ts'

export interface Ground {
  readonly carriers: readonly Line[]
  readonly offices: readonly Line[]
  readonly hotels: readonly Line[]
  readonly tunnels: readonly Line[]
  /** Common first: a phone of a model looks like all others of it. */
  readonly models: readonly string[]
  readonly campaigns: readonly string[]
  /** Pictures that makers give out for their goods. */
  readonly stock: readonly string[]
}

export function groundOf({ seed, accounts }: { seed: number; accounts: number }, tuning: Tuning): Ground {
  const random = new Random(seed, 'colony/ground')
  let network = 0
  const lines = (count: number, usersOfExit: number, hours: readonly [number, number]): readonly Line[] =>
    Array.from({ length: count }, () => {
      const exits = Math.max(2, Math.ceil(accounts / count / usersOfExit))
      const line = exitLine(network, { exits, hours: random.between(...hours) })
      network += Math.ceil(exits / exitsOfNetwork)
      return line
    })
  return {
    carriers: lines(random.int(3, 6), tuning.carrierCrowd, [2, 40]),
    offices: lines(3 + Math.ceil(accounts / 6_000), 160, [200, 2_000]),
    hotels: lines(2 + Math.ceil(accounts / 9_000), 220, [100, 900]),
    tunnels: lines(random.int(2, 4), 140, [1, 12]),
    models: Array.from({ length: random.int(30, 60) }, () => `model-${random.word()}`),
    campaigns: Array.from({ length: random.int(3, 7) }, () => `season-${random.word()}`),
    stock: Array.from({ length: random.int(20, 60) }, () => `stock-${random.word()}`),
  }
}
