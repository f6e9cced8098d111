/**
 * Pseudonyms while one batch is looked at: what several of its lines hold is hashed once. Nobody holds a value after its
 * batch, so whoever remembers is let go with it.
 */
import type { Secrets } from '../../graph/ports.ts'

/** What no two lines share. */
const ofOneLine: ReadonlySet<string> = new Set(['event', 'content'])

export function pseudonymsOfBatch({ pseudonym }: Pick<Secrets, 'pseudonym'>): Pick<Secrets, 'pseudonym'> {
  const byDomain = new Map<string, Map<string, string>>()
  return {
    pseudonym(domain, text) {
      if (ofOneLine.has(domain)) return pseudonym(domain, text)
      const known = byDomain.get(domain) ?? new Map<string, string>()
      byDomain.set(domain, known)
      const found = known.get(text) ?? pseudonym(domain, text)
      known.set(text, found)
      return found
    },
  }
}
