/** Names every account whose community needs no search, and keeps the components that do. */
import { reserve } from '../memory/arena'
import { Table, table } from '../memory/table'
import { PairGraph } from '../pair-graph'
import { Census, isOneCommunity, takeCensus } from './census'
import { Components } from './components'

@unmanaged
export class Unsettled {
  /** Components that are left, moved together in place. */
  components: Components
  /** By component: whether its sums may pass 32 bits. */
  isHeavy: Table<u8>
  accountsMax: i32
  lightArcsMax: i32
  heavyArcsMax: i32
}

/** Twice the greatest sum must fit 32 bits: see level/level.ts. */
const degreeOfLight: i64 = 1 << 30

export function settle(graph: PairGraph, components: Components, gamma: i32, labels: Table<i32>): Unsettled {
  const left = changetype<Unsettled>(reserve(offsetof<Unsettled>()))
  left.components = components
  left.isHeavy = table<u8>(components.count)
  left.accountsMax = 0
  left.lightArcsMax = 0
  left.heavyArcsMax = 0
  const census = changetype<Census>(reserve(offsetof<Census>()))
  let kept = 0
  let filled = 0
  for (let component = 0; component < components.count; component++) {
    const start = components.starts[component]
    const end = components.starts[component + 1]
    if (end - start > 1) takeCensus(census, graph, components, component)
    if (end - start == 1 || isOneCommunity(census, gamma)) {
      nameByFirst(components, start, end, labels)
      continue
    }
    note(left, kept, census)
    components.starts[kept] = filled
    kept += 1
    filled = moveDown(components, start, end, filled)
  }
  components.starts[kept] = filled
  components.count = kept
  return left
}

function note(left: Unsettled, component: i32, census: Census): void {
  left.accountsMax = max(left.accountsMax, census.accounts)
  const isHeavy = census.degreeMax >= degreeOfLight
  left.isHeavy[component] = u8(isHeavy)
  if (isHeavy) left.heavyArcsMax = max(left.heavyArcsMax, census.arcs)
  else left.lightArcsMax = max(left.lightArcsMax, census.arcs)
}

/** The first account of a component is its least. */
function nameByFirst(components: Components, start: i32, end: i32, labels: Table<i32>): void {
  const name = components.accounts[start]
  for (let place = start; place < end; place++) {
    const account = components.accounts[place]
    labels[account] = name
    components.placeOf[account] = -1
  }
}

/** Places only fall, so that no component still to come finds a stranger among its own. */
function moveDown(components: Components, start: i32, end: i32, to: i32): i32 {
  let filled = to
  for (let place = start; place < end; place++) {
    const account = components.accounts[place]
    components.accounts[filled] = account
    components.placeOf[account] = filled
    filled += 1
  }
  return filled
}
