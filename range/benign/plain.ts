/** Customers who share nothing but chance with anybody. */
import { newPerson } from '../newcomer.ts'
import type { Population } from '../plan.ts'
import { dwellingAt, settled } from './settle.ts'

export const plainCustomers: Population = {
  name: 'plain',
  accountsMin: 1,
  plan: (place, { random }) =>
    settled([newPerson(place, random, dwellingAt(place, random))], { place, random }),
}
