/** Many callers, one commit: what arrives while one is being made shares the next. */

interface Waiting<Item, Result> {
  readonly items: readonly Item[]
  readonly resolve: (results: readonly Result[]) => void
  readonly reject: (error: unknown) => void
}

export interface GroupOptions {
  /** Items one commit takes at the most, so that no caller waits long for a large neighbour. */
  readonly itemsMax?: number
  /** How long the first caller of a group waits for others; by default only for those who are there already. */
  readonly gatherMs?: number
}

/**
 * `commit` stores all items it is given in one durable step and answers one result an item, in order. One commit
 * runs at a time; a failure fails those who shared it.
 */
export function groupCommit<Item, Result>(
  commit: (items: readonly Item[]) => readonly Result[] | Promise<readonly Result[]>,
  { itemsMax = 5_000, gatherMs = 0 }: GroupOptions = {},
): (items: readonly Item[]) => Promise<readonly Result[]> {
  let waiting: Waiting<Item, Result>[] = []
  let isDue = false

  async function flush(): Promise<void> {
    const group = take()
    try {
      // A commit that answers at once is settled at once, within this turn.
      const made = commit(group.flatMap(({ items }) => items))
      const results = made instanceof Promise ? await made : made
      let from = 0
      for (const { items, resolve } of group) {
        resolve(results.slice(from, from + items.length))
        from += items.length
      }
    } catch (error) {
      for (const { reject } of group) reject(error)
    }
    isDue = false
    if (waiting.length > 0) schedule()
  }

  function take(): readonly Waiting<Item, Result>[] {
    let items = 0
    const fits = waiting.findIndex((one, i) => {
      items += one.items.length
      return i > 0 && items > itemsMax
    })
    const group = fits === -1 ? waiting : waiting.slice(0, fits)
    waiting = waiting.slice(group.length)
    return group
  }

  function schedule(): void {
    if (isDue) return
    isDue = true
    // setImmediate lets every request that is already readable join the group.
    if (gatherMs > 0) setTimeout(() => void flush(), gatherMs)
    else setImmediate(() => void flush())
  }

  return (items) =>
    new Promise((resolve, reject) => {
      waiting.push({ items, resolve, reject })
      schedule()
    })
}
