import { hashBandKind } from '../formats/content-hash.ts'
import type { IdentifierKind } from '../kind.ts'

/** One of the four bands of `image`. */
export const imageBand: IdentifierKind = hashBandKind('imageBand')
