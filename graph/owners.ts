/** Who looks after a ring: said by people at once, whatever is published meanwhile, and kept for the ring's life. */
export interface Owner {
  readonly name: string
  readonly since: number
}

/** Somebody takes a ring, gives it to another, or leaves it to nobody. */
export interface Assignment {
  readonly id: string
  readonly ring: string
  /** Nobody when absent. */
  readonly owner?: string
  readonly by: string
  readonly at: number
  /** The ring whose owner went on with what became of it. */
  readonly from?: string
}

/** At its place in the feed: after all changes of a publish, by number. */
export interface NotedAssignment extends Assignment {
  readonly version: number
  readonly note: number
}

export interface OwnerStore {
  /** False where it is so already. In the feed at once. Throws `ring_not_found`. */
  assign(assignment: Assignment): Promise<boolean>
}
