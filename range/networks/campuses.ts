/** Universities, schools and large offices, whose people live all over the world and meet on a few addresses. */
import { Random } from '../random.ts'
import { egress, type Network } from './lines.ts'

export interface Campus extends Network {
  /** Unique in the world. */
  readonly number: number
  readonly people: number
}

const peopleMin = 8
const peopleMax = 1_500
/** How many people a firewall puts behind one address. */
const peoplePerAddress = 250

/** Sizes follow from the world's size alone, so that a world of another seed has the same organisations. */
export function campusesOf(
  { users, median, sigma }: { users: number; median: number; sigma: number },
  accounts: number,
  octet: number,
): (random: Random) => Campus {
  const draw = new Random(accounts, 'campuses')
  const campuses: Campus[] = []
  // Where each begins when all people stand in a row.
  const starts: number[] = []
  let people = 0
  let addresses = 0
  do {
    const size = Math.round(Math.min(peopleMax, Math.max(peopleMin, draw.lognormal(median, sigma))))
    const count = Math.ceil(size / peoplePerAddress)
    const network = egress({ octet, first: addresses, count })
    campuses.push({ number: campuses.length, people: size, ...network })
    starts.push(people)
    people += size
    addresses += count
  } while (people < accounts * users)
  return (random) => campuses[lastAtMost(starts, random.next() * people)] as Campus // there is one at least
}

/** The place of the last that is not above; by halving. */
function lastAtMost(sorted: readonly number[], value: number): number {
  let [low, high] = [0, sorted.length - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((sorted[middle] ?? 0) <= value) low = middle
    else high = middle - 1
  }
  return low
}
