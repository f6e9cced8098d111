/** Who is chosen by somebody who looks for another customer. */
import type { Person } from './person.ts'
import type { Place } from './plan.ts'
import type { Random } from './random.ts'

/** Some people are paid by many (they sell), most by nobody. */
export function anyResident({ residents }: Place, random: Random): Person | undefined {
  return residents[Math.floor(residents.length * random.next() ** 3)]
}
