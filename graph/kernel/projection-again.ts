/**
 * Links once the state changed (docs/decisions/0029): the kernel gets what those accounts use that some link may have changed with, and
 * what it finds of them takes the place of what they had. The same as projection of all.
 */
import { asSaid, saidPairs } from '../assertions/links.ts'
import type { ChangedTable } from '../projection/change-table.ts'
import { dirtyAccounts, identifiersOfAny } from '../projection/dirty.ts'
import type { KindLookup } from '../projection/entities.ts'
import { type LinkPairs, pairWriter } from '../projection/link-pairs.ts'
import { movedLinks } from '../projection/moved-links.ts'
import { partOf } from '../projection/part.ts'
import type { PublicnessFactors } from '../projection/publicness.ts'
import { type ReplacedLinks, replaceLinks } from '../projection/replace-links.ts'
import { evidenceOf, projection } from './projection.ts'

export interface AgainOptions {
  readonly kindOf: KindLookup
  readonly asOf: number
  readonly publicness: PublicnessFactors
  /** Where more than this part of all accounts changed, links are found in full, which is sooner then. */
  readonly partMax?: number
}

const usualPartMax = 1 / 32

export interface ProjectedAgain extends ReplacedLinks {
  /** How many accounts' links were found again. */
  readonly accountsProjected: number
}

/** `known`: links as they were, by the numbers accounts had. */
export function projectAgain(
  changed: ChangedTable,
  known: LinkPairs,
  { partMax = usualPartMax, ...options }: AgainOptions,
): ProjectedAgain {
  const { table, accountNow } = changed
  const accounts = table.facts.length
  if (changed.touched.length > partMax * accounts) {
    const { pairs } = projection(table, options)
    const moved = movedLinks(known, pairs, { accountNow, accounts })
    return { pairs, moved, accountsProjected: accounts }
  }
  const dirty = dirtyAccounts(changed, { kindOf: options.kindOf, pairs: known })
  const isDirty = new Uint8Array(accounts)
  for (const account of dirty) isDirty[account] = 1
  const isAgain = (a: number, b: number): boolean => isDirty[a] === 1 || isDirty[b] === 1
  const part = partOf(table, identifiersOfAny(table, dirty))
  const shown = among(evidenceOf(part.table, options).pairs, part.accounts, isAgain)
  const said = saidPairs(table).filter(({ a, b }) => isAgain(a, b))
  const replaced = replaceLinks(known, { isAgain, found: asSaid(shown, said), accounts, accountNow })
  return { ...replaced, accountsProjected: dirty.length }
}

/** Links that are asked for, by the numbers of all; of others the part does not show everything. */
function among(
  pairs: LinkPairs,
  accounts: Int32Array,
  isAsked: (a: number, b: number) => boolean,
): LinkPairs {
  const out = pairWriter()
  pairs.a.forEach((one, place) => {
    const [a = -1, b = -1] = [accounts[one], accounts[pairs.b[place] ?? -1]]
    if (isAsked(a, b)) out.push(a, b, pairs.evidence[place] ?? 0)
  })
  return out.pairs()
}
