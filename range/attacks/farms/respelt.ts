/** The same door, written so that a computer takes it for another. */
import type { Random } from '../../random.ts'

const ways: readonly ((address: string, random: Random) => string)[] = [
  (address) => address.replace(/street/i, 'St.'),
  (address, random) => `Flat ${random.int(1, 9)}, ${address}`,
  (address, random) => address.replace(/street/i, `street, Apt ${random.pick(['A', 'B', 'C', 'D'])}`),
  (address) => address.toUpperCase(),
  (address) => address.replace(/([a-z])\1?(?=[a-z]{2}$)/, '$1$1'),
  (address) => address.replace(/^(\d+) /, 'No $1 '),
]

export const respelt = (address: string, random: Random): string => random.pick(ways)(address, random)
