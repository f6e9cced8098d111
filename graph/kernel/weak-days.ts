/** What days say that linked accounts hold both (graph/projection/weak/slices.ts), by the kernel. */
import { capMicroNats } from '../evidence/share.ts'
import { sliceMicroNats } from '../evidence/slices.ts'
import { ipClassWeight } from '../identifiers/ip.ts'
import type { IdentifierKind } from '../identifiers/kind.ts'
import type { KindRange } from '../projection/kinds-among.ts'
import type { Linkable } from '../projection/link-table.ts'
import type { Kernel } from './instance.ts'

/** Weak evidence that counts by the day. */
export const isByDay = ({ evidence }: IdentifierKind): boolean =>
  evidence.links === 'weak' && evidence.unit === 'day'

/** Weak evidence of which the kernel knows nothing: minutes, and bands of hashes. */
export const isWeakOtherwise = ({ evidence }: IdentifierKind): boolean =>
  evidence.links === 'weak' && (evidence.unit === 'moment' || evidence.unit === 'band')

/** The kernel asks only for identifiers that linked accounts share. */
export function addWeakDays(
  kernel: Kernel,
  { identifiers }: Linkable,
  { kind, first, end }: KindRange,
): void {
  const count = kernel.openWeak(first, end)
  if (count === 0) return
  const weights: number[] = []
  const rows = Int32Array.from(kernel.view(kernel.sharedIdentifiers(), count), (identifier) => {
    const weight = ipClassWeight(identifiers.classAt(identifier))
    const known = weights.indexOf(weight)
    return known >= 0 ? known : weights.push(weight) - 1
  })
  const width = kernel.togetherMost() + 1
  kernel.openWorth(weights.length)
  kernel.view(kernel.worthRows(), count).set(rows)
  const worth = kernel.view(kernel.worth(), weights.length * width)
  weights.forEach((weight, row) => {
    for (let accounts = 0; accounts < width; accounts++)
      worth[row * width + accounts] = sliceMicroNats(kind.evidence, { accounts, weight })
  })
  kernel.strengthen(capMicroNats(kind.evidence))
}
