import { hashKind } from './formats/content-hash.ts'
import type { IdentifierKind } from './kind.ts'

/** A hash of a message's template. */
export const text: IdentifierKind = hashKind({ name: 'text', bandKind: 'textBand' })
