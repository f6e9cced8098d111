/** Every component that needs a search, one after the other, in tables that are long enough for the largest. */
import { Components } from '../components/components'
import { Unsettled } from '../components/settle'
import { PairGraph } from '../graph/pair-graph'
import { emptyLevel, fillLevel, Level, reserveArcs } from '../level/level'
import { copyValues, Table, table } from '../memory/table'
import { takeBetter } from './best-of-both'
import { leiden } from './leiden'
import { Scratch, scratchFor } from './scratch'
import { IdHash, orderVisits } from './visit-order'

@unmanaged
export class Search {
  gamma: i32
  roundsMax: i32
  /** At least one start is made; then others, until so many or the last few added nothing, or so many accounts were visited. */
  startsMax: i32
  startsInVain: i32
  visitsMax: i32
}

export function solve(
  graph: PairGraph,
  left: Unsettled,
  hash: IdHash,
  search: Search,
  labels: Table<i32>,
): void {
  const scratch = scratchFor(left.accountsMax)
  const best = table<i32>(left.accountsMax)
  const light = emptyLevel<i32>(left.accountsMax)
  reserveArcs<i32>(light, left.lightArcsMax)
  const heavy = emptyLevel<f64>(left.heavyArcsMax > 0 ? left.accountsMax : 0)
  reserveArcs<f64>(heavy, left.heavyArcsMax)
  const components = left.components
  for (let component = 0; component < components.count; component++) {
    if (left.isHeavy[component]) {
      fillLevel<f64>(heavy, graph, components, component, scratch.sorter, scratch.keys)
      manyStarts<f64>(heavy, components, component, hash, search, scratch, best)
    } else {
      fillLevel<i32>(light, graph, components, component, scratch.sorter, scratch.keys)
      manyStarts<i32>(light, components, component, hash, search, scratch, best)
    }
    nameAccounts(components, component, best, labels)
  }
}

/** Leaves in `best` what the starts found, region by region the best. */
function manyStarts<W>(
  level: Level<W>,
  components: Components,
  component: i32,
  hash: IdHash,
  search: Search,
  scratch: Scratch,
  best: Table<i32>,
): void {
  const starts = max(1, min(search.startsMax, search.visitsMax / level.nodes))
  let inVain = 0
  for (let start = 1; start <= starts && inVain < search.startsInVain; start++) {
    orderVisits<W>(level, hash, components.starts[component], start, scratch)
    leiden<W>(level, scratch, search.gamma, search.roundsMax)
    if (start == 1) copyValues<i32>(best, level.labels, level.nodes)
    else if (takeBetter<W>(level, best, scratch, search.gamma)) inVain = 0
    else inVain += 1
  }
}

/** A community is named by the account of its node of least rank, which is its least. */
function nameAccounts(components: Components, component: i32, found: Table<i32>, labels: Table<i32>): void {
  const start = components.starts[component]
  const end = components.starts[component + 1]
  for (let place = start; place < end; place++)
    labels[components.accounts[place]] = components.accounts[start + found[place - start]]
}
