/** From a raw value to what may be stored of it. After this no part of the product holds the value but sealed. */
import { AppError } from '../errors.ts'
import type { IdentifierKey, SeenIdentifier } from '../model.ts'
import type { FacetTables, IdentifierKind } from './kind.ts'
import type { KindRegistry } from './registry.ts'

/** A value as an event sends it, with or without a text the customer supplies for people. */
export type RawIdentifier = string | { readonly value: string; readonly display?: string | undefined }

export interface SeeOptions {
  readonly registry: KindRegistry
  readonly tables: FacetTables
  /** Whether people may see masks at all. */
  readonly masks: boolean
  /** The keyed hash of a text, of its own key for each domain. */
  pseudonym(domain: string, text: string): string
  /** The canonical text encrypted, of kinds that are sealed; without it none is. */
  readonly seal?: ((key: IdentifierKey, canonical: string) => string | undefined) | undefined
  /** What values without a display text were seen as, which is looked up first and grows; nothing of it may be kept. */
  readonly known?: Map<string, readonly SeenIdentifier[]>
}

/** What was seen, or the index of the value at fault and what is wrong with it. */
export type Sight =
  | { readonly seen: readonly SeenIdentifier[] }
  | { readonly problem: number; readonly detail: string }

const valuesMax = 64

/** An event's values of one kind and all that follows from them: by kind, then ref, each once. */
export function seeIdentifiers(
  kindName: string,
  values: readonly RawIdentifier[],
  options: SeeOptions,
): Sight {
  const kind = options.registry.get(kindName)
  if (kind === undefined) throw new AppError('invalid_input', 'No such kind of identifier in the registry')
  if (values.length > valuesMax)
    return { problem: valuesMax, detail: `a kind takes at most ${valuesMax} values` }
  const seen: SeenIdentifier[] = []
  for (const [index, given] of values.entries()) {
    const found = seenAs(kind, given, options)
    if (found === undefined) return { problem: index, detail: `is not a valid ${kindName}` }
    seen.push(...found)
  }
  return { seen: distinct(seen) }
}

function seenAs(
  kind: IdentifierKind,
  given: RawIdentifier,
  options: SeeOptions,
): readonly SeenIdentifier[] | undefined {
  const { value, display } = typeof given === 'string' ? { value: given } : given
  const known = display === undefined ? options.known : undefined
  const place = `${kind.name} ${value}`
  const before = known?.get(place)
  if (before !== undefined) return before
  const canonical = kind.normalise(value)
  if (canonical === undefined) return undefined
  const seen: SeenIdentifier[] = []
  seeValue(seen, canonical, { kind, display, options })
  known?.set(place, seen)
  return seen
}

interface Seeing {
  readonly kind: IdentifierKind
  readonly display: string | undefined
  readonly options: SeeOptions
}

function seeValue(seen: SeenIdentifier[], canonical: string, { kind, display, options }: Seeing): void {
  const facets = kind.facets?.(canonical, options.tables) ?? {}
  const key = { kind: kind.name, ref: options.pseudonym(kind.name, canonical) }
  const sealed = options.seal?.(key, canonical)
  seen.push({
    ...key,
    mask: options.masks ? kind.mask(canonical) : '',
    ...facets,
    ...(display && { display }),
    ...(sealed !== undefined && { sealed }),
  })
  for (const { kind: name, text } of kind.derive?.(canonical, facets) ?? []) {
    const coarser = options.registry.get(name)
    if (coarser !== undefined) seeValue(seen, text, { kind: coarser, display: undefined, options })
  }
}

/** Sorted and merged, so that neither order nor repetition in an event changes what is stored. */
function distinct(seen: SeenIdentifier[]): readonly SeenIdentifier[] {
  if (seen.length === 1) return seen
  seen.sort(byKindRefDisplay)
  return seen.filter((identifier, index) => {
    const before = seen[index - 1]
    return before?.kind !== identifier.kind || before.ref !== identifier.ref
  })
}

/** One with a display text comes before one without, and of two the lesser text: the first is kept. */
function byKindRefDisplay(a: SeenIdentifier, b: SeenIdentifier): number {
  if (a.kind !== b.kind) return a.kind < b.kind ? -1 : 1
  if (a.ref !== b.ref) return a.ref < b.ref ? -1 : 1
  if (a.display === b.display) return 0
  if (a.display === undefined || b.display === undefined) return a.display === undefined ? 1 : -1
  return a.display < b.display ? -1 : 1
}
