import { fitted, readText } from '../formats/canonical-text.ts'
import { hidden } from '../formats/opaque.ts'
import type { IdentifierKind } from '../kind.ts'

/**
 * What an account did to what. By itself a share of it says nothing (a hit song has a million listeners); having done it
 * within minutes of each other says a little (evidence/moments.ts).
 */
export const target: IdentifierKind = {
  name: 'target',
  family: 'content',
  evidence: { kappa: 0.3, halfLifeDays: 1, capNats: 1, links: 'weak', unit: 'moment', accountsMax: 80 },
  household: false,
  normalise(value) {
    const [action, object] = readPair(value)?.map(readText) ?? []
    return action === undefined || !object ? undefined : fitted(targetText(action, object))
  },
  mask: hidden,
}

/** The value of kind `target` that an event's action and target make; JSON, so that no two pairs read alike. */
export const targetText = (action: string, object: string): string => JSON.stringify([action, object])

function readPair(value: string): readonly [string, string] | undefined {
  try {
    const parsed: unknown = JSON.parse(value)
    return isPair(parsed) ? parsed : undefined
  } catch {
    // Not JSON, so not a value of this kind; which is all the caller asks.
    return undefined
  }
}

const isPair = (value: unknown): value is [string, string] =>
  Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === 'string')
