/** A typed view of linear memory, without a header and without checks: whoever indexes it knows its length. */
import { reserve } from './arena'

@unmanaged
export class Table<T> {
  @inline
  @operator('[]')
  at(index: i32): T {
    return load<T>(changetype<usize>(this) + ((<usize>index) << alignof<T>()))
  }

  @inline
  @operator('[]=')
  put(index: i32, value: T): void {
    store<T>(changetype<usize>(this) + ((<usize>index) << alignof<T>()), value)
  }
}

export function table<T>(length: i32): Table<T> {
  return changetype<Table<T>>(reserve(u64(length) * sizeof<T>()))
}

/** All bytes of the first `length` values. */
export function fillBytes<T>(values: Table<T>, length: i32, byte: u8): void {
  memory.fill(changetype<usize>(values), byte, usize(length) << alignof<T>())
}

export function copyValues<T>(to: Table<T>, from: Table<T>, length: i32): void {
  memory.copy(changetype<usize>(to), changetype<usize>(from), usize(length) << alignof<T>())
}
