import { hashBandKind } from '../formats/content-hash.ts'
import type { IdentifierKind } from '../kind.ts'

/** One of the four bands of `text`. */
export const textBand: IdentifierKind = hashBandKind('textBand')
