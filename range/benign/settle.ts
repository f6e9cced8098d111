import type { Person } from '../person.ts'
import type { PlannedTruth } from '../plan.ts'

/** What is true of somebody honest. */
export const benign = ({ account, group }: Person): PlannedTruth => ({
  account,
  ring: null,
  attack: null,
  role: 'benign',
  group,
})
