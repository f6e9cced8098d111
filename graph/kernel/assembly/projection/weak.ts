/** Weak evidence of days, which strengthens links that are there: what both accounts hold (graph/projection/weak/slices.ts). */
import { Arc, arcAt, arcBytes } from '../graph/arc'
import { HeldDays, heldAt } from './held-days'
import { Rows } from './rows'
import { isTold, Uses } from './uses'

/** Adds to the evidence of every link, up to `cap`. */
export function addWeak(rows: Rows, uses: Uses, held: HeldDays, cap: i32): void {
  for (let account = 0; account < rows.accounts; account++) {
    if (held.starts[account] == held.starts[account + 1]) continue
    const end = arcAt<i32>(rows.arcs, rows.starts[account + 1])
    for (let at = arcAt<i32>(rows.arcs, rows.starts[account]); at < end; at += arcBytes<i32>()) {
      const arc = changetype<Arc<i32>>(at)
      arc.weight += heldByBoth(uses, held, account, arc.target, cap)
    }
  }
}

function heldByBoth(uses: Uses, held: HeldDays, one: i32, other: i32, cap: i32): i32 {
  const endOfOne = held.starts[one + 1]
  const endOfOther = held.starts[other + 1]
  let i = held.starts[one]
  let j = held.starts[other]
  let sum = 0
  while (i < endOfOne && j < endOfOther) {
    const mine = heldAt(held.held, i)
    const theirs = heldAt(held.held, j)
    const order = mine.place != theirs.place ? mine.place - theirs.place : mine.day - theirs.day
    if (order == 0 && !(uses.isTold && isTold(uses, mine.use, theirs.use)))
      sum = min(cap, sum + mine.evidence)
    i += i32(order <= 0)
    j += i32(order >= 0)
  }
  return sum
}
