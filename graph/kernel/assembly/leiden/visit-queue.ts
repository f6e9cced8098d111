/** Nodes that wait to be visited: first in, first out, each once at the most. */
import { arcBytes, targetOf } from '../graph/arc'
import { reserve } from '../memory/arena'
import { copyValues, fillBytes, Table, table } from '../memory/table'

@unmanaged
export class VisitQueue {
  ring: Table<i32>
  isWaiting: Table<u8>
  length: i32
  head: i32
  tail: i32
  waiting: i32
}

export function visitQueue(length: i32): VisitQueue {
  const queue = changetype<VisitQueue>(reserve(offsetof<VisitQueue>()))
  queue.ring = table<i32>(length)
  queue.isWaiting = table<u8>(length)
  return queue
}

/** Everybody waits, in this order. */
export function fillQueue(queue: VisitQueue, nodes: Table<i32>, length: i32): void {
  copyValues<i32>(queue.ring, nodes, length)
  fillBytes<u8>(queue.isWaiting, length, 1)
  queue.length = length
  queue.head = 0
  queue.tail = 0
  queue.waiting = length
}

/** Only while somebody waits. */
export function takeNext(queue: VisitQueue): i32 {
  const node = queue.ring[queue.head]
  queue.head = queue.head + 1 == queue.length ? 0 : queue.head + 1
  queue.waiting -= 1
  queue.isWaiting[node] = 0
  return node
}

/**
 * Targets from `first` to `end` that have another label wait from now on. Without branches, because half of them would
 * be guessed wrongly: each is written to the place after the last, which counts only if it joins. That place is free,
 * since the node whose targets these are has left the queue.
 */
export function queueOthers<W>(
  queue: VisitQueue,
  first: usize,
  end: usize,
  labels: Table<i32>,
  label: i32,
): void {
  const ring = queue.ring
  const isWaiting = queue.isWaiting
  const length = queue.length
  let tail = queue.tail
  let waiting = queue.waiting
  for (let arc = first; arc < end; arc += arcBytes<W>()) {
    const target = targetOf<W>(arc)
    const isIn = i32(isWaiting[target])
    const joins = (isIn ^ 1) & i32(labels[target] != label)
    isWaiting[target] = u8(isIn | joins)
    ring[tail] = target
    tail += joins
    waiting += joins
    if (tail == length) tail = 0
  }
  queue.tail = tail
  queue.waiting = waiting
}
