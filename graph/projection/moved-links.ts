/** Which links a change of the state left as they were. */
import type { LinkPairs } from './link-pairs.ts'
import { renumberPairs } from './renumber-pairs.ts'

/**
 * Accounts with a link that is new, gone, or of other evidence, ascending. `before`: links by the numbers accounts had;
 * `accountNow`: the number each has now, -1 for one that is gone; `accounts`: how many there are now.
 */
export function movedLinks(
  before: LinkPairs,
  after: LinkPairs,
  { accountNow, accounts }: { readonly accountNow: Int32Array; readonly accounts: number },
): readonly number[] {
  const isMoved = new Uint8Array(accounts)
  markGone(before, accountNow, isMoved)
  markDiffering(renumberPairs(before, accountNow), after, isMoved)
  const moved: number[] = []
  isMoved.forEach((is, account) => {
    if (is === 1) moved.push(account)
  })
  return moved
}

/** Who is there and was linked to somebody who is gone. */
function markGone({ a, b }: LinkPairs, now: Int32Array, isMoved: Uint8Array): void {
  if (!now.includes(-1)) return
  for (let place = 0; place < a.length; place++) {
    const [from = -1, to = -1] = [now[a[place] ?? -1], now[b[place] ?? -1]]
    if (from < 0 && to >= 0) isMoved[to] = 1
    if (to < 0 && from >= 0) isMoved[from] = 1
  }
}

/** Both lists ascend by their two accounts. */
function markDiffering(before: LinkPairs, after: LinkPairs, isMoved: Uint8Array): void {
  const mark = ({ a, b }: LinkPairs, place: number): void => {
    isMoved[a[place] ?? 0] = 1
    isMoved[b[place] ?? 0] = 1
  }
  let [old, now] = [0, 0]
  // A list that is at its end comes after the other.
  const order = (): number =>
    (before.a[old] ?? Infinity) - (after.a[now] ?? Infinity) ||
    (before.b[old] ?? Infinity) - (after.b[now] ?? Infinity)
  while (old < before.a.length || now < after.a.length) {
    const first = order()
    if (first < 0) mark(before, old)
    else if (first > 0 || before.evidence[old] !== after.evidence[now]) mark(after, now)
    if (first <= 0) old += 1
    if (first >= 0) now += 1
  }
}
