/**
 * One text for a whole state. Every canonical line is hashed and the hashes are added up, so that the order in
 * which a store reads its rows does not matter (Bellare & Micciancio 1997, "AdHash").
 */
import { createHash } from 'node:crypto'
import type { AccountState, Assertion, IdentifierState } from '../../graph/model.ts'
import type { StateDigest } from '../../graph/ports.ts'
import { accountLines, assertionLine, identifierLine } from '../../graph/state/canonical.ts'

type Batches<T> = Iterable<readonly T[]> | AsyncIterable<readonly T[]>

export async function digestState(
  accounts: Batches<AccountState>,
  identifiers: Batches<IdentifierState>,
  assertions: Iterable<Assertion>,
): Promise<StateDigest> {
  const sum = lineSum()
  const counts = { accounts: 0, identifiers: 0, uses: 0, relations: 0, labels: 0 }
  for await (const batch of accounts) {
    for (const state of batch) {
      counts.accounts += 1
      counts.uses += state.uses.length
      counts.relations += state.relations.length
      counts.labels += state.labels.length
      for (const line of accountLines(state)) sum.add(line)
    }
  }
  for await (const batch of identifiers) {
    counts.identifiers += batch.length
    for (const row of batch) sum.add(identifierLine(row))
  }
  for (const row of assertions) sum.add(assertionLine(row))
  return { digest: sum.text(), ...counts }
}

function lineSum() {
  const words = new Uint32Array(8)
  return {
    add(line: string): void {
      const hash = createHash('sha256').update(line).digest()
      for (let i = 0; i < words.length; i++) words[i] = (words[i] ?? 0) + hash.readUInt32BE(i * 4)
    },
    text: (): string => [...words].map((word) => word.toString(16).padStart(8, '0')).join(''),
  }
}
