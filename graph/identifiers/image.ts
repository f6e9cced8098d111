import { hashKind } from './formats/content-hash.ts'
import type { IdentifierKind } from './kind.ts'

/** A perceptual hash of an image. */
export const image: IdentifierKind = hashKind({ name: 'image', bandKind: 'imageBand' })
