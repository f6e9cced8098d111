/** Members of groups while accounts are moved between them, so that a move costs what it touches and not the population. */
import { rowsByKey, startsOf } from '../projection/columns.ts'

export interface Groups {
  /** The group of each account; whoever writes to it tells so by `renamed`. */
  readonly labels: Int32Array
  /** Ascending. */
  membersOf(label: number): readonly number[]
  /** Members of a group are of other groups now, as `labels` says. */
  renamed(label: number): void
}

export function groupsBy(labels: Int32Array): Groups {
  const starts = startsOf(labels, 1 + labels.reduce((most, label) => Math.max(most, label), 0))
  const rows = rowsByKey(labels, starts)
  /** Of groups that are no longer as they were. */
  const changed = new Map<number, readonly number[]>()
  const membersOf = (label: number): readonly number[] =>
    changed.get(label) ?? Array.from(rows.subarray(starts[label] ?? rows.length, starts[label + 1]))
  return {
    labels,
    membersOf,
    renamed(label) {
      const members = membersOf(label)
      changed.set(label, [])
      for (const [now, own] of Map.groupBy(members, (account) => labels[account] ?? label))
        changed.set(
          now,
          [...membersOf(now), ...own].toSorted((a, b) => a - b),
        )
    },
  }
}
