/** Weak tokens: an identifier on one day, which strengthens a link that exists and never makes one. */
import { shareMicroNats } from '../evidence/share.ts'
import { ipClassWeight } from '../identifiers/ip.ts'
import type { IdentifierKind } from '../identifiers/kind.ts'
import type { LinkTable } from './link-table.ts'

/** Weak tokens of one account, ascending by token. */
export interface WeakTokens {
  /** identifier * 2^16 + day, exact below 2^53. */
  readonly tokens: Float64Array
  readonly evidence: Int32Array
  readonly kinds: Uint8Array
}

export const isWeakDaily = ({ evidence }: IdentifierKind): boolean =>
  evidence.links === 'weak' && evidence.daily

const dayRange = 65_536

export function weakTokens(
  table: LinkTable,
  kinds: readonly (IdentifierKind | undefined)[],
  weakKinds: readonly IdentifierKind[],
): readonly WeakTokens[] {
  const accountsOn = tokenCounts(table, kinds)
  return table.ties.map(({ identifiers, ties }) => {
    const rows: { token: number; evidence: number; kind: number }[] = []
    identifiers.forEach((identifier, i) => {
      const kind = kinds[identifier]
      if (!kind || !isWeakDaily(kind)) return
      const weight = ipClassWeight(table.identifiers[identifier]?.class)
      for (const day of ties[i]?.days ?? []) {
        const token = tokenOf(identifier, day)
        const accounts = accountsOn.get(token) ?? 0
        if (accounts < 2) continue
        const evidence = shareMicroNats(kind.evidence, { accounts, gapMs: 0, weight })
        rows.push({ token, evidence, kind: weakKinds.indexOf(kind) })
      }
    })
    return {
      tokens: Float64Array.from(rows, ({ token }) => token),
      evidence: Int32Array.from(rows, ({ evidence }) => evidence),
      kinds: Uint8Array.from(rows, ({ kind }) => kind),
    }
  })
}

/** Days before 1970 count down from the top of their range. */
const tokenOf = (identifier: number, day: number): number =>
  identifier * dayRange + (((day % dayRange) + dayRange) % dayRange)

export const identifierOf = (token: number): number => Math.floor(token / dayRange)

function tokenCounts(
  table: LinkTable,
  kinds: readonly (IdentifierKind | undefined)[],
): ReadonlyMap<number, number> {
  const counts = new Map<number, number>()
  for (const { identifiers, ties } of table.ties) {
    identifiers.forEach((identifier, i) => {
      const kind = kinds[identifier]
      if (!kind || !isWeakDaily(kind)) return
      for (const day of ties[i]?.days ?? []) {
        const token = tokenOf(identifier, day)
        counts.set(token, (counts.get(token) ?? 0) + 1)
      }
    })
  }
  return counts
}
