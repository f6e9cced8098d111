/** A room that most of a gang works from: one line, one or two machines, and whoever is robbed is robbed from there. */
import { hourMs } from '../../times.ts'
import { appDevice, webDevice } from '../folk/kit.ts'
import { fixedLine } from '../ground/lines.ts'
import { type SeatOffer, seat } from '../habits/habit.ts'
import { does, type Gang, momentOf } from './crime.ts'
import { reached } from './threads.ts'

/** Of victims. */
const robbedFromThere = 0.85
/** Machines are passed round while the room lasts, but each has one that it mostly uses. */
const secondMachineFrom = 14

/** Some gangs have one; the others never meet. */
export function meet(gang: Gang): void {
  const { random, scene, crew, victims } = gang
  if (!random.chance(scene.tuning.rooms)) return
  const line = fixedLine(scene.mint)
  const count = crew.length + victims.length > secondMachineFrom ? 2 : 1
  const machines = Array.from({ length: count }, () =>
    random.chance(0.5) ? appDevice(scene, random) : webDevice(scene, random),
  )
  const offer = (): SeatOffer => ({ device: random.pick(machines), line, place: 'work', weight: 2.5 })
  for (const account of reached(gang, crew, 1.1)) {
    const desk = offer()
    const from = momentOf(gang, account)
    seat(account, { ...desk, from }, random)
    does(account, { at: from, type: 'login', seat: { ...desk, from } })
  }
  for (const victim of victims) {
    if (victim.since === undefined || !random.chance(robbedFromThere)) continue
    const at = Math.min(victim.since + random.exponential(30 * hourMs), scene.times.endAt - 1)
    does(victim, { at, type: 'login', seat: offer() })
  }
}
