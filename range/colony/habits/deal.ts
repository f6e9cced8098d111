/** Deals people out over homes, work and meeting places. */
import { fraudRoles } from '../../truth.ts'
import { type Account, join } from '../folk/account.ts'
import type { Scene } from '../scene.ts'
import type { Habit } from './habit.ts'
import { homes } from './homes.ts'
import { meetings } from './meetings.ts'
import { work } from './work.ts'

export const habits: readonly Habit[] = [...homes, ...work, ...meetings]

/** No more than so many of 1 have what others share at home or at work. */
const shareMost = 0.92
/** In a hall of more than so many nobody is near a criminal. */
const householdMost = 9

export function dealHabits(people: readonly Account[], scene: Scene): void {
  const random = scene.random('habits')
  const within = { scene, random }
  for (const layer of ['home', 'work'] as const) {
    const left = random.shuffle(people)
    const of = habits.filter((habit) => habit.layer === layer)
    const sum = of.reduce((total, { name }) => total + shareOf(name, scene), 0)
    for (const habit of of) {
      const share = shareOf(habit.name, scene) * Math.min(1, shareMost / sum)
      const some = left.splice(0, Math.round(share * people.length))
      for (const group of groupsOf(some, habit, within)) gather(group, habit, within)
    }
  }
  for (const habit of meetings) {
    const some = random.shuffle(people).slice(0, Math.round(shareOf(habit.name, scene) * people.length))
    for (const group of groupsOf(some, habit, within)) gather(group, habit, within)
  }
}

const shareOf = (name: string, { tuning }: Scene): number => Math.min(0.6, tuning.habits[name] ?? 0)

function gather(group: readonly Account[], habit: Habit, within: Parameters<Habit['share']>[1]): void {
  if (group.length < 2) return
  habit.share(group, within)
  const name = within.scene.mint.word(habit.name)
  for (const account of group) join(account, name)
  if (habit.layer !== 'home' || group.length > householdMost) return
  if (!group.some(({ role }) => fraudRoles.has(role))) return
  // Who lives with a criminal is none.
  for (const account of group) if (account.role === 'benign') account.role = 'bystander'
}

/** Small groups are more common than large ones. */
function groupsOf(
  people: readonly Account[],
  { size: [least, most] }: Habit,
  { random }: Parameters<Habit['share']>[1],
): readonly (readonly Account[])[] {
  const groups: (readonly Account[])[] = []
  for (let at = 0; at < people.length; ) {
    const size = Math.round(least + (most - least) * random.next() ** 1.7)
    groups.push(people.slice(at, at + size))
    at += size
  }
  return groups
}
