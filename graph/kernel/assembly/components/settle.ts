/** Names every account whose community needs no search, and keeps the components that do. */
import { arcAt, arcBytes, weightOf } from '../graph/arc'
import { PairGraph, weightMax } from '../graph/pair-graph'
import { reserve } from '../memory/arena'
import { Table, table } from '../memory/table'
import { componentTooLarge, refuse } from '../refusal'
import { Components } from './components'
import { isOneCommunity } from './one-community'

@unmanaged
export class Unsettled {
  /** Components that are left, moved together in place. */
  components: Components
  /** By component: whether its sums may pass 32 bits. */
  isHeavy: Table<u8>
  accountsMax: i32
  /** Room for the arcs of any component that is not heavy, and of any that is. */
  lightArcsMax: i32
  heavyArcsMax: i32
}

/** As in graph/communities/level.ts. */
const accountsMost = 1 << 21

/** Twice the greatest sum must fit 32 bits: see level/level.ts. */
const degreeOfHeavy: i64 = 1 << 30

export function settle(graph: PairGraph, components: Components, gamma: i32, labels: Table<i32>): Unsettled {
  const left = changetype<Unsettled>(reserve(offsetof<Unsettled>()))
  left.components = components
  left.isHeavy = table<u8>(components.count)
  left.accountsMax = 0
  left.lightArcsMax = 0
  left.heavyArcsMax = 0
  let kept = 0
  let filled = 0
  for (let component = 0; component < components.count; component++) {
    const start = components.starts[component]
    const end = components.starts[component + 1]
    if (end - start > accountsMost) refuse(componentTooLarge)
    if (isOneCommunity(graph, components, component, gamma)) {
      nameByFirst(components, start, end, labels)
      continue
    }
    makeRoom(left, graph, components, component, kept)
    components.starts[kept] = filled
    kept += 1
    filled = moveDown(components, start, end, filled)
  }
  components.starts[kept] = filled
  components.count = kept
  return left
}

/** Counts edges that lead out of the component too: few do, and to tell them apart costs a look at each. */
function makeRoom(left: Unsettled, graph: PairGraph, components: Components, component: i32, to: i32): void {
  const start = components.starts[component]
  const end = components.starts[component + 1]
  let arcs = 0
  let isHeavy = false
  for (let place = start; place < end; place++) {
    const account = components.accounts[place]
    arcs += graph.offsets[account + 1] - graph.offsets[account]
    isHeavy = isHeavy || isHeavyRow(graph, account)
  }
  left.isHeavy[to] = u8(isHeavy)
  left.accountsMax = max(left.accountsMax, end - start)
  if (isHeavy) left.heavyArcsMax = max(left.heavyArcsMax, arcs)
  else left.lightArcsMax = max(left.lightArcsMax, arcs)
}

function isHeavyRow(graph: PairGraph, account: i32): bool {
  const length = graph.offsets[account + 1] - graph.offsets[account]
  if (i64(length) * weightMax < degreeOfHeavy) return false
  let degree: i64 = 0
  const end = arcAt<i32>(graph.arcs, graph.offsets[account + 1])
  for (let arc = arcAt<i32>(graph.arcs, graph.offsets[account]); arc < end; arc += arcBytes<i32>())
    degree += weightOf<i32>(arc)
  return degree >= degreeOfHeavy
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
