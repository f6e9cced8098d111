/** Many callers, one fsync: what arrives while a commit is being made shares the next one. */

/** Items one commit takes at the most, so that no caller waits long for a large neighbour. */
const commitMax = 5_000

interface Waiting<Item, Result> {
  readonly items: readonly Item[]
  readonly resolve: (results: readonly Result[]) => void
  readonly reject: (error: unknown) => void
}

/** `commit` stores all items it is given in one durable step and answers one result an item, in order. */
export function groupCommit<Item, Result>(
  commit: (items: readonly Item[]) => readonly Result[],
): (items: readonly Item[]) => Promise<readonly Result[]> {
  let waiting: Waiting<Item, Result>[] = []
  let due = false

  function flush(): void {
    due = false
    const group = take()
    try {
      const results = commit(group.flatMap(({ items }) => items))
      let from = 0
      for (const { items, resolve } of group) {
        resolve(results.slice(from, from + items.length))
        from += items.length
      }
    } catch (error) {
      for (const { reject } of group) reject(error)
    }
    if (waiting.length > 0) schedule()
  }

  function take(): readonly Waiting<Item, Result>[] {
    let items = 0
    const fits = waiting.findIndex((one, i) => {
      items += one.items.length
      return i > 0 && items > commitMax
    })
    const group = fits === -1 ? waiting : waiting.slice(0, fits)
    waiting = waiting.slice(group.length)
    return group
  }

  function schedule(): void {
    if (due) return
    due = true
    // setImmediate lets every request that is already readable join the group.
    setImmediate(flush)
  }

  return (items) =>
    new Promise((resolve, reject) => {
      waiting.push({ items, resolve, reject })
      schedule()
    })
}
