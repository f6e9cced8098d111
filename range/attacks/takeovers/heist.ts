/** A planned series of robberies, and the receivers who wait for what they bring. */
import type { Person } from '../../person.ts'
import type { Place, Plan } from '../../plan.ts'
import type { Random } from '../../random.ts'
import { liveNormally } from '../../routine.ts'
import { dayMs } from '../../times.ts'
import { housematesOf } from '../bystanders.ts'
import type { TruthOf } from '../crowd.ts'
import type { Gang } from './gang.ts'
import { spend } from './receivers.ts'
import { robVictim } from './robbery.ts'

export interface Heist {
  readonly robberies: readonly { readonly person: Person; readonly at: number; readonly gang: Gang }[]
  readonly receivers: readonly Person[]
  readonly startsAt: number
}

export const noHeist: Plan = { settlers: [], events: [], truth: [] }

export function heistPlan(
  { robberies, receivers, startsAt }: Heist,
  place: Place,
  { random, truth }: { random: Random; truth: TruthOf },
): Plan {
  const victims = robberies.map(({ person }) => person)
  return {
    settlers: [],
    events: [
      ...robberies.flatMap(({ person, at, gang }) => robVictim(person, at, { gang, random })),
      ...receivers.flatMap((person) => [
        ...liveNormally(person, place, random),
        ...spend(person, startsAt, random),
      ]),
    ],
    truth: [
      ...robberies.map(({ person, at }) => truth(person.account, { role: 'victim', since: at })),
      ...receivers.map(({ account }) => truth(account, { role: 'mule', since: startsAt })),
      ...housematesOf(victims, place),
    ],
  }
}

const matureMs = 60 * dayMs

/** Accounts worth robbing at a time, in no order: grown, and nobody else's victims. */
export const targetsAt = (at: number, { residents, isFree }: Place, random: Random): readonly Person[] =>
  random.shuffle(residents.filter(({ account, bornAt }) => at - bornAt >= matureMs && isFree(account)))
