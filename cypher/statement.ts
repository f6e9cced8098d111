/** A statement of Neo4j's dialect: fixed text in a file of its own, with what it takes and what it answers. */
import { readFileSync } from 'node:fs'

/** Values a statement takes. Whole numbers are stored as integers, `Date`s as date-times in UTC. */
export type Value =
  | string
  | number
  | boolean
  | null
  | Date
  | Uint8Array
  | readonly Value[]
  | { readonly [name: string]: Value }

export interface Statement<Params = { readonly [name: string]: Value }, Row = unknown> {
  /** Its file below this folder, without the ending. */
  readonly name: string
  readonly text: string
  /** Never set: they only carry the types. */
  readonly params?: Params
  readonly row?: Row
}

/** What a statement without parameters takes. */
export type None = Readonly<Record<string, never>>

/** Reads the statement once, without the lines that explain it. */
export function statement<Params, Row = never>(name: string): Statement<Params, Row> {
  const file = readFileSync(new URL(`./${name}.cypher`, import.meta.url), 'utf8')
  const text = file
    .split('\n')
    .filter((line) => !line.startsWith('//'))
    .join('\n')
    .trim()
  return { name, text }
}
