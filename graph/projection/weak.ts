/**
 * Weak evidence, which strengthens a link that exists and never makes one: slices of identifiers that both accounts hold
 * (a day on an address, a quarter of an hour at a target), and bands of hashes. It is counted for pairs only, out of each
 * account's sorted list.
 */
import { agreeingBands, type SharedBand } from '../evidence/bands.ts'
import { isToldAlready } from '../evidence/seen-through.ts'
import { capMicroNats, gapBetween, shareMicroNats } from '../evidence/share.ts'
import { sliceMicroNats, slicesOf } from '../evidence/slices.ts'
import { ipClassWeight } from '../identifiers/ip.ts'
import type { IdentifierKind } from '../identifiers/kind.ts'
import { Int32Column } from './columns.ts'
import { type LinkTable, tieOf } from './link-table.ts'

export interface Weak {
  readonly kinds: readonly IdentifierKind[]
  /** By identifier: the place of its kind in `kinds`, or -1. */
  readonly kindAt: Int8Array
  readonly tokens: Tokens
  /** Identifiers of an account, ascending: bands that others show too. */
  readonly bandsOf: (account: number) => Int32Array
}

/** (identifier, slice) that two accounts hold or more: an account's from `starts[account]`, ascending. */
interface Tokens {
  readonly starts: Int32Array
  readonly identifiers: Int32Array
  readonly slices: Int32Array
  /** Micro-nats. */
  readonly evidence: Int32Array
}

/** `among`: identifiers that are looked at. */
export function weakOf(
  table: LinkTable,
  {
    kinds: kindsOf,
    among,
  }: { readonly kinds: readonly (IdentifierKind | undefined)[]; readonly among: readonly number[] },
): Weak {
  const kinds = [...new Set(kindsOf.filter((kind) => kind !== undefined))].filter(countsWeakly)
  const kindAt = Int8Array.from(kindsOf, (kind) => (kind ? kinds.indexOf(kind) : -1))
  return {
    kinds,
    kindAt,
    tokens: tokensOf(table, { kinds, kindAt }, among),
    bandsOf: bandsIn(table, { kinds, kindAt }),
  }
}

const countsWeakly = ({ evidence }: IdentifierKind): boolean =>
  evidence.links === 'weak' && evidence.unit !== 'value'

type WeakKinds = Pick<Weak, 'kinds' | 'kindAt'>

/** Identifier by identifier, so that counts are needed of one at a time; then dealt out to their accounts. */
function tokensOf(table: LinkTable, { kinds, kindAt }: WeakKinds, among: readonly number[]): Tokens {
  const rows = columns()
  for (const identifier of among) {
    const accounts = table.postings[identifier] ?? new Int32Array()
    const policy = kinds[kindAt[identifier] ?? -1]?.evidence
    if (!policy || policy.unit === 'band' || accounts.length < 2) continue
    const held = Array.from(accounts, (account) => {
      const tie = tieOf(table, account, identifier)
      return tie ? slicesOf(policy, tie) : []
    })
    const accountsOn = countEach(held)
    const weight = ipClassWeight(table.identifiers[identifier]?.class)
    held.forEach((slices, i) => {
      for (const slice of slices) {
        const evidence = sliceMicroNats(policy, { accounts: accountsOn.get(slice) ?? 0, weight })
        if (evidence === 0) continue
        rows.account.push(accounts[i] ?? 0)
        rows.identifier.push(identifier)
        rows.slice.push(slice)
        rows.evidence.push(evidence)
      }
    })
  }
  return dealtOut(rows, table.facts.length)
}

const columns = () => ({
  account: new Int32Column(),
  identifier: new Int32Column(),
  slice: new Int32Column(),
  evidence: new Int32Column(),
})

function countEach(held: readonly (readonly number[])[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>()
  for (const slices of held) for (const slice of slices) counts.set(slice, (counts.get(slice) ?? 0) + 1)
  return counts
}

/** Rows keep their order within an account (a counting sort). */
function dealtOut(rows: ReturnType<typeof columns>, accounts: number): Tokens {
  const [owners, identifiers, slices, evidence] = [
    rows.account.values(),
    rows.identifier.values(),
    rows.slice.values(),
    rows.evidence.values(),
  ]
  const starts = new Int32Array(accounts + 1)
  for (const owner of owners) starts[owner + 1] = (starts[owner + 1] ?? 0) + 1
  for (let account = 0; account < accounts; account++)
    starts[account + 1] = (starts[account + 1] ?? 0) + (starts[account] ?? 0)
  const next = starts.slice()
  const sorted = {
    starts,
    identifiers: new Int32Array(owners.length),
    slices: new Int32Array(owners.length),
    evidence: new Int32Array(owners.length),
  }
  owners.forEach((owner, row) => {
    const place = next[owner] ?? 0
    next[owner] = place + 1
    sorted.identifiers[place] = identifiers[row] ?? 0
    sorted.slices[place] = slices[row] ?? 0
    sorted.evidence[place] = evidence[row] ?? 0
  })
  return sorted
}

const noBands = new Int32Array()

function bandsIn({ ties, postings }: LinkTable, { kinds, kindAt }: WeakKinds): Weak['bandsOf'] {
  const known = new Map<number, Int32Array>()
  const isBand = (identifier: number): boolean =>
    kinds[kindAt[identifier] ?? -1]?.evidence.unit === 'band' && (postings[identifier]?.length ?? 0) > 1
  return (account) => {
    const bands = known.get(account) ?? ties[account]?.identifiers.filter(isBand) ?? noBands
    known.set(account, bands.length > 0 ? bands : noBands)
    return bands
  }
}

/** What a pair shares of weak kinds, each kind capped; micro-nats. */
export function weakEvidence(table: LinkTable, weak: Weak, pair: { a: number; b: number }): number {
  const sums = new Int32Array(weak.kinds.length)
  addTokens(sums, table, { weak, ...pair })
  addBands(sums, table, { weak, ...pair })
  return weak.kinds.reduce(
    (total, { evidence }, kind) => total + Math.min(capMicroNats(evidence), sums[kind] ?? 0),
    0,
  )
}

interface WeakPair {
  readonly weak: Weak
  readonly a: number
  readonly b: number
}

function addTokens(sums: Int32Array, table: LinkTable, { weak, a, b }: WeakPair): void {
  const { identifiers, evidence } = weak.tokens
  for (const place of sharedPlaces(weak.tokens, a, b)) {
    const identifier = identifiers[place] ?? 0
    if (isTold(table, identifier, { a, b })) continue
    add(sums, weak.kindAt[identifier] ?? 0, evidence[place] ?? 0)
  }
}

/** Where `a` holds what `b` holds too. */
function* sharedPlaces({ starts, identifiers, slices }: Tokens, a: number, b: number): Generator<number> {
  const [endOfA = 0, endOfB = 0] = [starts[a + 1], starts[b + 1]]
  const compare = (i: number, j: number): number =>
    (identifiers[i] ?? 0) - (identifiers[j] ?? 0) || (slices[i] ?? 0) - (slices[j] ?? 0)
  for (let i = starts[a] ?? 0, j = starts[b] ?? 0; i < endOfA && j < endOfB; ) {
    const order = compare(i, j)
    if (order === 0) yield i
    if (order <= 0) i += 1
    if (order >= 0) j += 1
  }
}

const add = (sums: Int32Array, kind: number, evidence: number): void => {
  sums[kind] = (sums[kind] ?? 0) + evidence
}

const isTold = (table: LinkTable, identifier: number, { a, b }: { a: number; b: number }): boolean =>
  isToldAlready(tieOf(table, a, identifier) ?? {}, tieOf(table, b, identifier) ?? {})

function addBands(sums: Int32Array, table: LinkTable, { weak, a, b }: WeakPair): void {
  for (const { band } of agreeingBands(sharedBands(table, { weak, a, b }))) {
    const kind = weak.kindAt[band.identifier] ?? 0
    const policy = weak.kinds[kind]?.evidence
    const accounts = table.postings[band.identifier]?.length ?? 0
    const gapMs = gapBetween(band.mine, band.theirs)
    if (policy) add(sums, kind, shareMicroNats(policy, { accounts, gapMs }))
  }
}

function sharedBands(table: LinkTable, { weak, a, b }: WeakPair) {
  const [mine, theirs] = [weak.bandsOf(a), weak.bandsOf(b)]
  const shared: (SharedBand & { readonly identifier: number })[] = []
  for (let i = 0, j = 0; i < mine.length && j < theirs.length; ) {
    const [x, y] = [mine[i] ?? 0, theirs[j] ?? 0]
    if (x === y) {
      const [one, other] = [tieOf(table, a, x), tieOf(table, b, x)]
      if (one && other) shared.push({ identifier: x, mine: one, theirs: other })
    }
    if (x <= y) i += 1
    if (x >= y) j += 1
  }
  return shared
}
