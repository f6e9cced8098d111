/** States of a town in a file, neighbourhood by neighbourhood, so that nobody holds all of them. */
import { closeSync, openSync, readSync, writeSync } from 'node:fs'
import { deserialize, serialize } from 'node:v8'
import type { AccountState, IdentifierState } from '../../../graph/model.ts'

/** A neighbourhood, whose accounts nobody else's events tell of. */
export interface Neighbourhood {
  readonly accounts: readonly AccountState[]
  /** Those that no neighbourhood before has shown. */
  readonly identifiers: readonly IdentifierState[]
}

const lengthBytes = 4

export function writeNeighbourhood(file: number, neighbourhood: Neighbourhood): void {
  const bytes = serialize(neighbourhood)
  const length = Buffer.alloc(lengthBytes)
  length.writeUInt32LE(bytes.length)
  writeSync(file, length)
  writeSync(file, bytes)
}

export function* neighbourhoodsIn(file: string): Generator<Neighbourhood> {
  const open = openSync(file, 'r')
  const length = Buffer.alloc(lengthBytes)
  while (readSync(open, length) === lengthBytes) {
    const bytes = Buffer.alloc(length.readUInt32LE())
    readSync(open, bytes)
    yield deserialize(bytes) as Neighbourhood
  }
  closeSync(open)
}
