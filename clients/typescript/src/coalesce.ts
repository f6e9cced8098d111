/** Many askers of one thing at about one time become one question. */

interface Waiting<Answer> {
  readonly askedAt: number
  readonly promise: Promise<Answer>
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: unknown) => void
}

export interface CoalesceOptions<Answer> {
  /** How long the first asker waits for others; 0 for those of the same turn only. */
  readonly waitMs: number
  readonly idsMax: number
  readonly now: () => number
  /** An answer an id, in order. `askedAt` is when the first of them was asked. */
  readonly ask: (ids: readonly string[], askedAt: number) => Promise<readonly Answer[]>
}

/** The same id asked twice before the question goes out is asked once. */
export function coalesced<Answer>({ waitMs, idsMax, now, ask }: CoalesceOptions<Answer>) {
  let waiting = new Map<string, Waiting<Answer>>()
  let timer: ReturnType<typeof setTimeout> | undefined

  function flush(): void {
    clearTimeout(timer)
    timer = undefined
    const asked = waiting
    waiting = new Map()
    const ids = [...asked.keys()]
    const [first] = asked.values()
    if (!first) return
    ask(ids, first.askedAt).then(
      (answers) => {
        ids.forEach((id, i) => {
          const answer = answers[i]
          if (answer === undefined) asked.get(id)?.reject(new Error('Fewer answers than were asked for'))
          else asked.get(id)?.resolve(answer)
        })
      },
      (error: unknown) => {
        for (const one of asked.values()) one.reject(error)
      },
    )
  }

  return (id: string): Promise<Answer> => {
    const known = waiting.get(id)
    if (known) return known.promise
    const one = { ...Promise.withResolvers<Answer>(), askedAt: now() }
    waiting.set(id, one)
    if (waiting.size >= idsMax) flush()
    else timer ??= setTimeout(flush, waitMs)
    return one.promise
  }
}
