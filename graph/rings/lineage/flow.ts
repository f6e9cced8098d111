/** The flow of accounts between the rings of two publishes; `RingFlow` says what the figures mean. */
import type { Member, RingBody, RingFlow } from '../../ring.ts'

/** `other`: the rings on the other side, each account in one at the most. */
export function flowTo(other: readonly RingBody[]): (accounts: readonly Member[]) => RingFlow {
  const placeOf = new Map(
    other.flatMap(({ members }, place) => members.map(({ account }) => [account, place] as const)),
  )
  return (accounts) => {
    const flows = new Map<number, number>()
    for (const { account } of accounts) {
      const place = placeOf.get(account)
      if (place !== undefined) flows.set(place, (flows.get(place) ?? 0) + 1)
    }
    return figuresOf(accounts.length, flows, (place) => other[place]?.members.length ?? 0)
  }
}

function figuresOf(
  accounts: number,
  flows: ReadonlyMap<number, number>,
  sizeOf: (place: number) => number,
): RingFlow {
  const counts = [...flows.values()].toSorted((a, b) => b - a)
  const flowing = counts.reduce((sum, count) => sum + count, 0)
  const [most = 0, second = 0] = counts
  const kept = [...flows].reduce((sum, [place, count]) => sum + (count * count) / sizeOf(place), 0)
  return {
    unicity: share(most - second, flowing),
    identity: share(kept, flowing),
    outflow: share(accounts - flowing, accounts),
  }
}

const share = (part: number, whole: number): number =>
  whole === 0 ? 0 : Math.round((part / whole) * 1e6) / 1e6
