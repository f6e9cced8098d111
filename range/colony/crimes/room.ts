/** A room that most of a gang works from: one line, one or two machines, and whoever is robbed is robbed from there. */
import { hourMs } from '../../times.ts'
import { hold } from '../folk/account.ts'
import { appDevice, webDevice } from '../folk/kit.ts'
import { fixedLine } from '../ground/lines.ts'
import { type SeatOffer, seat } from '../habits/habit.ts'
import { does, type Gang, momentOf } from './crime.ts'
import { reached } from './threads.ts'

/** Of victims. */
const robbedFromThere = 0.85
/** Visits an account surely pays from each machine, of 1. */
const comesToDesk = 0.8
/** Machines of a room. */
const machineCount = 2

/** Some gangs have one; the others never meet. */
export function meet(gang: Gang): void {
  const { random, scene, crew, victims } = gang
  if (!random.chance(scene.tuning.rooms)) return
  const line = fixedLine(scene.mint)
  const machines = Array.from({ length: machineCount }, () =>
    random.chance(0.5) ? appDevice(scene, random) : webDevice(scene, random),
  )
  const desks = machines.map((device): SeatOffer => ({ device, line, place: 'work', weight: 1.5 }))
  const purse = scene.mint.word('iban')
  for (const account of reached(gang, crew, 1.1)) {
    const from = momentOf(gang, account)
    for (const desk of desks) {
      seat(account, { ...desk, from }, random)
      if (random.chance(comesToDesk)) {
        does(account, { at: momentOf(gang, account, from), type: 'login', seat: { ...desk, from } })
      }
    }
    if (random.chance(0.6)) hold(account, 'payout', { value: purse, weight: 2, from })
  }
  for (const victim of victims) {
    if (victim.since === undefined || !random.chance(robbedFromThere)) continue
    const since = victim.since
    for (const desk of desks) {
      const at = Math.min(since + random.exponential(30 * hourMs), scene.times.endAt - 1)
      if (random.chance(comesToDesk)) does(victim, { at, type: 'login', seat: desk })
    }
  }
}
