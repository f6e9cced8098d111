/**
 * Members whose removal splits a ring into parts of two or more: articulation points by depth-first search
 * (Hopcroft & Tarjan 1973), without recursion, because a ring may be a chain of thousands.
 */
import type { Link } from './community.ts'

/** `carriers`: the accounts the ring consists of. Links to others do not count. */
export function bridgesOf(carriers: readonly number[], links: readonly Link[]): ReadonlySet<number> {
  const neighbours = new Map<number, number[]>(carriers.map((account) => [account, []]))
  for (const { a, b } of links) {
    const [ofA, ofB] = [neighbours.get(a), neighbours.get(b)]
    if (!ofA || !ofB) continue
    ofA.push(b)
    ofB.push(a)
  }
  return new Set(articulationPoints(neighbours).filter((account) => splitsInTwo(account, neighbours)))
}

interface Visit {
  readonly account: number
  readonly parent: number | undefined
  next: number
  children: number
}

function articulationPoints(neighbours: ReadonlyMap<number, readonly number[]>): readonly number[] {
  const entered = new Map<number, number>()
  const lowest = new Map<number, number>()
  const found = new Set<number>()
  for (const root of neighbours.keys()) {
    if (!entered.has(root)) search(root)
  }
  return [...found]

  function search(root: number): void {
    const stack: Visit[] = [enter(root, undefined)]
    for (let visit = stack.at(-1); visit; visit = stack.at(-1)) {
      const neighbour = neighbours.get(visit.account)?.[visit.next++]
      if (neighbour === undefined) leave(stack)
      else if (!entered.has(neighbour)) {
        visit.children += 1
        stack.push(enter(neighbour, visit.account))
      } else if (neighbour !== visit.parent) lower(visit.account, entered.get(neighbour))
    }
  }

  function enter(account: number, parent: number | undefined): Visit {
    entered.set(account, entered.size)
    lowest.set(account, entered.size - 1)
    return { account, parent, next: 0, children: 0 }
  }

  function leave(stack: Visit[]): void {
    const done = stack.pop()
    if (!done) return
    if (done.parent === undefined) {
      if (done.children > 1) found.add(done.account)
      return
    }
    lower(done.parent, lowest.get(done.account))
    const parentVisit = stack.at(-1)
    const reachesAbove = (lowest.get(done.account) ?? 0) < (entered.get(done.parent) ?? 0)
    if (!reachesAbove && parentVisit?.parent !== undefined) found.add(done.parent)
  }

  function lower(account: number, to: number | undefined): void {
    lowest.set(account, Math.min(lowest.get(account) ?? 0, to ?? Infinity))
  }
}

/** Whether at least two of the parts left have two members or more. */
function splitsInTwo(removed: number, neighbours: ReadonlyMap<number, readonly number[]>): boolean {
  const seen = new Set([removed])
  let parts = 0
  for (const start of neighbours.get(removed) ?? []) {
    if (!seen.has(start) && reach(start, neighbours, seen) >= 2) parts += 1
  }
  return parts >= 2
}

function reach(start: number, neighbours: ReadonlyMap<number, readonly number[]>, seen: Set<number>): number {
  const queue = [start]
  seen.add(start)
  for (let account = queue[0], i = 0; account !== undefined; account = queue[++i]) {
    for (const next of neighbours.get(account) ?? []) {
      if (seen.has(next)) continue
      seen.add(next)
      queue.push(next)
    }
  }
  return queue.length
}
