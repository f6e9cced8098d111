/** Whether a component is one community for certain (why: graph/communities/level.ts). */
import { arcAt, arcBytes, targetOf, weightOf } from '../graph/arc'
import { PairGraph, weightMax } from '../graph/pair-graph'
import { Components } from './components'

export function isOneCommunity(graph: PairGraph, components: Components, component: i32, gamma: i32): bool {
  const start = components.starts[component]
  const end = components.starts[component + 1]
  const accounts = i64(end - start)
  if (accounts == 1) return true
  const weightOfAny = i64(gamma) * ((accounts * accounts) / 4)
  // Most large components end here, without a look at their edges.
  if (weightOfAny > weightMax && !mayBeComplete(graph, components, component)) return false
  let arcs: i64 = 0
  let lightest = i32.MAX_VALUE
  for (let place = start; place < end; place++) {
    const account = components.accounts[place]
    const rowEnd = arcAt<i32>(graph.arcs, graph.offsets[account + 1])
    for (let arc = arcAt<i32>(graph.arcs, graph.offsets[account]); arc < rowEnd; arc += arcBytes<i32>()) {
      // One comparison for both ends of the range.
      if (u32(components.placeOf[targetOf<i32>(arc)] - start) >= u32(accounts)) continue
      arcs += 1
      lightest = min(lightest, weightOf<i32>(arc))
    }
  }
  return arcs == accounts * (accounts - 1) ? lightest >= gamma : i64(lightest) >= weightOfAny
}

/** Only where every account has as many neighbours as there are others. */
function mayBeComplete(graph: PairGraph, components: Components, component: i32): bool {
  const start = components.starts[component]
  const end = components.starts[component + 1]
  for (let place = start; place < end; place++) {
    const account = components.accounts[place]
    if (graph.offsets[account + 1] - graph.offsets[account] < end - start - 1) return false
  }
  return true
}
