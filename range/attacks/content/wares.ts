/** What is put on show: pictures, texts and pages, and how they are changed so that they pass for new. */
import type { Random } from '../../random.ts'

export interface Ware {
  readonly image: string
  readonly text: string
}

export const newWare = (random: Random): Ware => ({ image: newHash(random), text: newHash(random) })

/** A perceptual hash of 64 bits. Each group begins with a letter, or it would now and then spell a card number. */
export const newHash = (random: Random): string =>
  Array.from({ length: 4 }, () => (0xe000 | random.int(0, 0x1fff)).toString(16)).join('')

/** Cropped, tinted or reworded: a bit or two differ, within one group. */
export function touchedUp(hash: string, random: Random): string {
  const group = 4 * random.int(0, 3)
  const bits = (1 << random.int(0, 5)) | (1 << random.int(6, 12))
  const changed = Number.parseInt(hash.slice(group, group + 4), 16) ^ bits
  return hash.slice(0, group) + changed.toString(16) + hash.slice(group + 4)
}

/** Under a reserved name (RFC 2606), so that no link leads anywhere. */
export const newSite = (random: Random): string => `https://${random.word()}.example`

export const newItem = (random: Random): string => `item_${random.word()}`
