/** The order in which nodes are visited (graph/communities/visit-order.ts): by a hash of account id and start. */
import { Level } from '../level/level'
import { sortByKeys } from '../memory/sort'
import { copyValues, Table } from '../memory/table'
import { Scratch } from './scratch'

/** Two hashes of each account's id. */
@unmanaged
export class IdHash {
  high: Table<u32>
  low: Table<u32>
}

/** `from` is where the component's first account stands in `hash`; equal keys go by rank. */
export function orderVisits<W>(level: Level<W>, hash: IdHash, from: i32, start: i32, scratch: Scratch): void {
  for (let node = 0; node < level.nodes; node++) {
    const high = mix(hash.high[from + node] ^ (u32(start) * 0x9e3779b1))
    const low = mix(hash.low[from + node] ^ (u32(start) * 0x85ebca77))
    scratch.keys[node] = (u64(high) << 32) | (low >>> 11)
  }
  copyValues<i32>(level.visits, level.byRank, level.nodes)
  sortByKeys(scratch.sorter, level.visits, scratch.keys, level.nodes)
}

/** The finaliser of MurmurHash3. */
function mix(hash: u32): u32 {
  let mixed = (hash ^ (hash >>> 16)) * 0x85ebca6b
  mixed = (mixed ^ (mixed >>> 13)) * 0xc2b2ae35
  return mixed ^ (mixed >>> 16)
}
