/** Ids of rings: made of the publish number and the ring's least core account, so that they never depend on chance. */
import type { FoundRing } from '../../ring.ts'

export function freshId(found: FoundRing, version: number, given: ReadonlySet<string>): string {
  const name = `ring_${version}_${shortHash(leastCore(found))}`
  if (!given.has(name)) return name
  // Two hashes may be equal; then an ordinal tells the rings apart.
  let ordinal = 2
  while (given.has(`${name}_${ordinal}`)) ordinal += 1
  return `${name}_${ordinal}`
}

function leastCore({ members }: FoundRing): string {
  const core = members.find(({ role }) => role === 'core' || role === 'bridge')
  return (core ?? members[0])?.account ?? ''
}

/** FNV-1a in two halves: short, and the same everywhere. An id is a name, not a secret. */
function shortHash(text: string): string {
  let [a, b] = [0x811c9dc5, 0xc9dc5118]
  for (let i = 0; i < text.length; i++) {
    a = Math.imul(a ^ text.charCodeAt(i), 0x01000193) >>> 0
    b = Math.imul(b ^ a, 0x01000193) >>> 0
  }
  return (a.toString(36) + b.toString(36)).padStart(12, '0').slice(0, 12)
}
