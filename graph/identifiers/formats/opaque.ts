/** Kinds whose values are somebody else's tokens: nothing is known of their spelling, so case is kept. */

import type { IdentifierKind } from '../kind.ts'
import { fitted, readText } from './canonical-text.ts'

type OpaqueKind = Pick<IdentifierKind, 'name' | 'family' | 'evidence'>

/** A kind that is trimmed, put in NFC, and never shown. */
export function opaqueKind({ name, family, evidence }: OpaqueKind): IdentifierKind {
  return { name, family, evidence, household: false, normalise: opaqueText, mask: hidden }
}

export function opaqueText(value: string): string | undefined {
  const text = readText(value)
  return text === undefined ? undefined : fitted(text)
}

/** The mask of a value no part of which may be shown. */
export const hidden = (): string => ''
