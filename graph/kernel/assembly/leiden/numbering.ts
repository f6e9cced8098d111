/** Numbers 0, 1, 2 ... for labels, in the order in which nodes show them first. */
import { fillBytes, Table } from '../memory/table'

/** Fills `numbers`, by label; `nodes` says in which order nodes are asked. How many labels there are. */
export function numberLabels(labels: Table<i32>, nodes: Table<i32>, length: i32, numbers: Table<i32>): i32 {
  fillBytes<i32>(numbers, length, 0xff)
  let count = 0
  for (let i = 0; i < length; i++) {
    const label = labels[nodes[i]]
    if (numbers[label] < 0) numbers[label] = count++
  }
  return count
}

/** Lists labels in that order instead. `isSeen` is scratch, by label. */
export function firstSeen(
  labels: Table<i32>,
  nodes: Table<i32>,
  length: i32,
  listed: Table<i32>,
  isSeen: Table<i32>,
): void {
  fillBytes<i32>(isSeen, length, 0)
  let count = 0
  for (let i = 0; i < length; i++) {
    const label = labels[nodes[i]]
    if (isSeen[label]) continue
    isSeen[label] = 1
    listed[count++] = label
  }
}

/** Replaces labels by numbers in order of node; how many there are. */
export function renumber(labels: Table<i32>, length: i32, numbers: Table<i32>): i32 {
  fillBytes<i32>(numbers, length, 0xff)
  let count = 0
  for (let node = 0; node < length; node++) {
    const label = labels[node]
    if (numbers[label] < 0) numbers[label] = count++
    labels[node] = numbers[label]
  }
  return count
}
