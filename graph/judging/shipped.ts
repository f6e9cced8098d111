/** The models this version ships, as `ringleader range teach` made them (docs/detection.md, section 6, says of which worlds). */

import { type JudgingModels, readModels } from './models.ts'
import shipped from './shipped/models.json' with { type: 'json' }

let read: JudgingModels | undefined

/** Read once, when first asked for. */
export function shippedModels(): JudgingModels {
  read ??= readModels(shipped)
  return read
}
