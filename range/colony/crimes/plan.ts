/** Which rings a world has, and which block each lies in. */
import { Random } from '../../random.ts'
import type { Tuning } from '../tuning.ts'
import type { PlannedRing } from './commit.ts'
import type { Crime } from './crime.ts'
import { crimes } from './crimes.ts'

const sizeLeast = 3
/** A small world has a few small rings and not one that is cut off. */
const ringsLeast = 3

/** Asked of the accounts made so far, in order: the rings that are due, each once. */
export function plannedRings(
  { seed, accounts, prevalence }: { seed: number; accounts: number; prevalence: number },
  tuning: Tuning,
): (accountsSoFar: number) => readonly PlannedRing[] {
  const random = new Random(seed, 'colony/rings')
  const most = Math.max(sizeLeast, Math.floor((accounts * prevalence) / ringsLeast))
  let ringed = 0
  let next = draw(random, tuning, most)
  return (accountsSoFar) => {
    const due: PlannedRing[] = []
    while (ringed + next.size <= accountsSoFar * prevalence) {
      ringed += next.size
      due.push({ name: `ring-${random.word()}`, ...next })
      next = draw(random, tuning, most)
    }
    return due
  }
}

/** By the accounts a crime has and not by its rings, so that crimes of large rings are not most of a world. */
function draw(random: Random, tuning: Tuning, most: number): Omit<PlannedRing, 'name'> {
  const choices = [...crimes.values()].flatMap((crime) => {
    const weight = tuning.crimes[crime.name] ?? 0
    return weight > 0 ? [[crime, weight / meanSize(crime)] as const] : []
  })
  const crime = random.weighted(choices)
  const [least, largest] = crime.size
  const size = Math.min(most, Math.round(least + (largest - least) * random.next() ** 1.6))
  return {
    crime,
    size,
    victims: Math.min(size - 2, Math.round(size * crime.victims * random.between(0.6, 1.4))),
  }
}

const meanSize = ({ size: [least, most] }: Crime): number => least + (most - least) / 2.6
