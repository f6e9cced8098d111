/** A graph as a file that every engine reads: 32-bit counts of nodes and edges, then the columns a, b and weight. */
import { readFileSync, writeFileSync } from 'node:fs'
import type { PairEdges } from '../../../graph/communities/pair-graph.ts'

export interface GraphFile {
  readonly nodes: number
  readonly edges: PairEdges
}

export function writeGraph(path: string, { nodes, edges: { a, b, weight } }: GraphFile): void {
  const all = new Int32Array(2 + 3 * a.length)
  all.set([nodes, a.length])
  all.set(a, 2)
  all.set(b, 2 + a.length)
  all.set(weight, 2 + 2 * a.length)
  writeFileSync(path, all)
}

export function readGraph(path: string): GraphFile {
  const bytes = readFileSync(path)
  const all = new Int32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
  const [nodes = 0, count = 0] = all
  const column = (place: number): Int32Array => all.slice(2 + place * count, 2 + (place + 1) * count)
  return { nodes, edges: { a: column(0), b: column(1), weight: column(2) } }
}
