/** What people do on a platform besides buying: look, follow, write, praise, and put things up themselves. */
import { newHash, newItem, newSite, type Pastime } from './customs.ts'
import type { RangeEvent } from './event.ts'
import type { Person } from './person.ts'
import type { Place } from './plan.ts'
import { Random } from './random.ts'
import { anyResident } from './residents.ts'
import { aWhile, during, type Happening, type Session } from './session.ts'

const pastimes: readonly Pastime[] = ['stream', 'follow', 'message', 'review', 'list']

/** Who is paid by others puts up so many times as much as they. */
const tradersList = 5
/** Of what is written, words that many have at hand: "great seller", "is it still there?" */
const isStock = 0.25
const stockTexts = 400

/** What a visit is for, besides what is bought; often nothing. */
export function passTime(
  person: Person,
  { session, at, place, random }: { session: Session; at: number; place: Place; random: Random },
): readonly RangeEvent[] {
  return pastimes.flatMap((pastime) => {
    const trades = pastime === 'list' && person.payout !== undefined ? tradersList : 1
    if (!random.chance(Math.min(1, trades * place.customs.pastimes[pastime]))) return []
    const other = anyResident(place, random)
    const met = other?.account === person.account ? undefined : other?.account
    return [during(session, at + aWhile(random), happening(pastime, met, random))]
  })
}

function happening(pastime: Pastime, other: string | undefined, random: Random): Happening {
  const doing = { type: 'other', action: pastime } as const
  const to = (relation: 'reviewed' | 'messaged') =>
    other === undefined ? {} : { counterparties: [{ account: other, relation }] }
  // Drawn whether needed or not, so that who lives here changes nothing but who is met.
  const item = newItem(random)
  if (pastime === 'stream') return { ...doing, target: `title_${random.word()}` }
  if (pastime === 'follow') return { ...doing, target: other ?? item }
  const text = wordsOf(random)
  if (pastime === 'review') return { ...doing, target: item, shows: { text }, ...to('reviewed') }
  const url = random.chance(0.3) ? { url: `${newSite(random)}/` } : {}
  if (pastime === 'message')
    return { ...doing, target: other ?? item, shows: { text, ...url }, ...to('messaged') }
  return { ...doing, target: item, shows: { image: newHash(random), text, ...url } }
}

/** Stock words are known far and wide, and some to everybody. */
function wordsOf(random: Random): string {
  if (!random.chance(isStock)) return newHash(random)
  const rank = Math.floor(Math.exp(random.next() * Math.log(stockTexts)))
  return newHash(new Random(0, `words-${rank}`))
}
