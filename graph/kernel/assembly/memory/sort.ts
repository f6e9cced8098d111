/** Sorting small numbers by keys: digit by digit (counting sort, least digit first), or by insertion where they are few. */
import { reserve } from './arena'
import { fillBytes, Table, table } from './table'

const insertionMax = 48
const digits = 256

@unmanaged
export class Sorter {
  spare: Table<i32> = changetype<Table<i32>>(0)
  counts: Table<i32> = changetype<Table<i32>>(0)
}

/** Sorts up to `length` numbers. */
export function sorter(length: i32): Sorter {
  const made = changetype<Sorter>(reserve(offsetof<Sorter>()))
  made.spare = table<i32>(length)
  made.counts = table<i32>(digits)
  return made
}

/** Puts `order` in ascending order of `keys`, which it indexes; equal keys stay as they stand. */
export function sortByKeys(sorter: Sorter, order: Table<i32>, keys: Table<u64>, length: i32): void {
  if (length > insertionMax) {
    for (let shift = 32; shift < 64; shift += 16) {
      sortByDigit(sorter, order, sorter.spare, keys, length, shift)
      sortByDigit(sorter, sorter.spare, order, keys, length, shift + 8)
    }
  }
  // Few share the upper half of their key, so little is left to do here.
  insert(order, keys, length)
}

function sortByDigit(
  sorter: Sorter,
  from: Table<i32>,
  to: Table<i32>,
  keys: Table<u64>,
  length: i32,
  shift: i32,
): void {
  const places = sorter.counts
  fillBytes<i32>(places, digits, 0)
  for (let i = 0; i < length; i++) {
    const digit = digitOf(keys[from[i]], shift)
    places[digit] = places[digit] + 1
  }
  let place = 0
  for (let digit = 0; digit < digits; digit++) {
    const count = places[digit]
    places[digit] = place
    place += count
  }
  for (let i = 0; i < length; i++) {
    const one = from[i]
    const digit = digitOf(keys[one], shift)
    to[places[digit]] = one
    places[digit] = places[digit] + 1
  }
}

function digitOf(key: u64, shift: i32): i32 {
  return i32(key >> shift) & (digits - 1)
}

function insert(order: Table<i32>, keys: Table<u64>, length: i32): void {
  for (let i = 1; i < length; i++) {
    const one = order[i]
    const key = keys[one]
    let j = i - 1
    while (j >= 0 && keys[order[j]] > key) {
      order[j + 1] = order[j]
      j -= 1
    }
    order[j + 1] = one
  }
}
