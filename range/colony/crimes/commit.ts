/** Gangs: who is of them, as what, since when; what they do is done after everybody has a home. */
import { Random } from '../../random.ts'
import { dayMs } from '../../times.ts'
import type { TruthRole } from '../../truth.ts'
import type { Account } from '../folk/account.ts'
import { newAccount } from '../folk/kit.ts'
import { type Cover, covers } from '../folk/temper.ts'
import type { Scene } from '../scene.ts'
import type { Crime, Gang } from './crime.ts'
import { meet } from './room.ts'

export interface PlannedRing {
  readonly name: string
  readonly crime: Crime
  /** Victims among them. */
  readonly size: number
  readonly victims: number
}

interface Committed {
  readonly accounts: readonly Account[]
  /** Those of them with a home of their own. */
  readonly people: readonly Account[]
  act(): void
}

/** Victims are taken from the honest, one ring at most each. */
export function commit(
  rings: readonly PlannedRing[],
  scene: Scene,
  honest: readonly Account[],
): readonly Committed[] {
  const pool = scene.random('victims').shuffle(honest)
  return rings.map((ring) => {
    const victims = pool.splice(0, ring.victims)
    const gang = gangOf(ring, scene, { victims, honest: pool })
    return {
      accounts: gang.crew,
      people: ring.crime.hands === 'people' ? settledOf(gang) : gang.operators,
      act: () => {
        ring.crime.act(gang)
        meet(gang)
      },
    }
  })
}

/** Others came for the job and live by themselves. */
const settledOf = ({ crew, random, scene }: Gang): readonly Account[] =>
  crew.filter(() => random.chance(scene.tuning.settled))

function gangOf(
  { name, crime, size, victims: count }: PlannedRing,
  scene: Scene,
  { victims, honest }: Pick<Gang, 'victims' | 'honest'>,
): Gang {
  const random = new Random(scene.seed, `colony/${name}`)
  const { startAt, endAt } = scene.times
  const from = random.between(startAt, endAt - 20 * dayMs)
  const until = Math.min(endAt, from + random.lognormal(25, 0.6) * dayMs)
  const crew = Array.from({ length: size - count }, () => recruit(scene, crime, { random, from, until }))
  const operators = crew.slice(0, Math.min(crew.length - 1, random.int(...crime.operators)))
  const others = crew.slice(operators.length)
  const mules = others.slice(0, Math.round(others.length * crime.mules))
  const members = others.slice(mules.length)
  const enrol = (accounts: readonly Account[], role: TruthRole) => {
    for (const account of accounts) {
      Object.assign(account, { role, ring: name, attack: crime.name, reasons: crime.reasons })
      account.since ??= Math.max(from, account.bornAt)
    }
  }
  enrol(operators, 'operator')
  enrol(mules, 'mule')
  enrol(members, 'member')
  enrol(victims, 'victim')
  const loners = new Set(crew.filter(() => random.chance(scene.tuning.loners)))
  return { scene, random, crew, operators, members, mules, victims, honest, loners, from, until }
}

/** Bought with years on them, or made for the purpose some time before; each lives under a cover. */
function recruit(
  scene: Scene,
  crime: Crime,
  { random, from, until }: { random: Random; from: number; until: number },
): Account {
  const cover = random.weighted(covers.map((name: Cover) => [name, crime.covers[name] ?? 0.3]))
  const account = newAccount(scene, { random, cover })
  const { startAt, endAt } = scene.times
  account.bornAt = random.chance(scene.tuning.aged)
    ? startAt - random.exponential(300 * dayMs) - dayMs
    : Math.max(
        startAt - 40 * dayMs,
        Math.min(endAt - dayMs, random.between(from - 30 * dayMs, Math.max(from, until - 5 * dayMs))),
      )
  return account
}
