import type { Weighing } from '../../../../graph/explain/picture/pair-evidence.ts'
import { nothingPublic } from '../../../../graph/projection/publicness.ts'
import type { HttpServices } from '../../services.ts'

/** By what evidence is weighed: the kinds' figures, and publicness as the published run measured it. */
export const weighingOf = ({ border, snapshots }: Pick<HttpServices, 'border' | 'snapshots'>): Weighing => ({
  kindOf: (kind) => border.registry.get(kind),
  publicness: snapshots.current()?.publicness ?? nothingPublic,
})
