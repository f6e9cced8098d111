/** The objective of the Constant Potts Model (Traag, Van Dooren & Nesterov 2011). */
import type { Level } from './level.ts'

/** Sum over communities of inner weight - gamma |c| (|c| - 1) / 2, in millionths, exact. */
export function cpmQuality(
  { nodes, offsets, targets, weights, sizes }: Level,
  labels: Int32Array,
  gammaMicro: number,
): number {
  const size = new Map<number, number>()
  let twiceInner = 0
  for (let node = 0; node < nodes; node++) {
    const label = labels[node] ?? 0
    size.set(label, (size.get(label) ?? 0) + (sizes[node] ?? 0))
    for (let i = offsets[node] ?? 0; i < (offsets[node + 1] ?? 0); i++) {
      if (labels[targets[i] ?? 0] === label) twiceInner += weights[i] ?? 0
    }
  }
  let pairs = 0
  for (const count of size.values()) pairs += (count * (count - 1)) / 2
  return twiceInner / 2 - gammaMicro * pairs
}
