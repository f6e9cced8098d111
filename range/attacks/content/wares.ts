/** What is put on show: pictures, texts and pages, and how they are changed so that they pass for new. */
import { newHash } from '../../customs.ts'
import type { Random } from '../../random.ts'

export interface Ware {
  readonly image: string
  readonly text: string
}

export const newWare = (random: Random): Ware => ({ image: newHash(random), text: newHash(random) })

/** Cropped, tinted or reworded: a bit or two differ, within one group. */
export function touchedUp(hash: string, random: Random): string {
  const group = 4 * random.int(0, 3)
  const bits = (1 << random.int(0, 5)) | (1 << random.int(6, 12))
  const changed = Number.parseInt(hash.slice(group, group + 4), 16) ^ bits
  return hash.slice(0, group) + changed.toString(16) + hash.slice(group + 4)
}
