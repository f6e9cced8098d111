/** What would become of some accounts were something said of them, as the next run would publish it. */
import type { Assertion } from './model.ts'
import type { BenignSubtype, Member, Ring, RingClass } from './ring.ts'

/** What somebody could say. */
export type Saying = Pick<Assertion, 'kind' | 'subjects' | 'role'>

export interface ForetellOrder {
  /** Accounts that are told of. */
  readonly about: readonly string[]
  /** Each is answered by itself: what would be said together. */
  readonly ifs: readonly (readonly Saying[])[]
}

/** A ring with those of its members that were asked about. */
export interface FateRing {
  /** Absent of one that is not published: it would be new. */
  readonly id?: string
  readonly class: RingClass
  readonly subtype?: BenignSubtype
  readonly risk: number
  readonly size: number
  readonly members: readonly Omit<Member, 'reasons'>[]
}

export interface Fate {
  /** Most of those who were asked about first; whoever is in none is in no ring. */
  readonly rings: readonly FateRing[]
  /** Other accounts that would be in another ring, or of another role or figure. */
  readonly others: number
}

export interface Foretold {
  /** The publish by whose statistics it is found. */
  readonly run: number
  /** While nothing is said. */
  readonly before: readonly FateRing[]
  /** In the order asked; `undefined` where too many are concerned. */
  readonly after: readonly (Fate | undefined)[]
}

/** `published`: the newest publish; rings born after it have no name that anybody knows. */
export function fateRings(
  rings: readonly Ring[],
  { about, published }: { readonly about: ReadonlySet<string>; readonly published: number },
): readonly FateRing[] {
  return rings
    .flatMap(({ id, bornVersion, head, members }): readonly FateRing[] => {
      const asked = members.filter(({ account }) => about.has(account))
      if (asked.length === 0) return []
      return [
        {
          ...(bornVersion <= published && { id }),
          class: head.class,
          ...(head.subtype !== undefined && { subtype: head.subtype }),
          risk: head.risk,
          size: members.length,
          members: asked.map(({ account, role, membership, risk, compromise, flagged }) => ({
            account,
            role,
            membership,
            risk,
            compromise,
            flagged,
          })),
        },
      ]
    })
    .toSorted((a, b) => b.members.length - a.members.length)
}

/** Accounts, but for those asked about, that the second tells otherwise than the first. */
export function movedOthers(
  one: readonly Ring[],
  other: readonly Ring[],
  about: ReadonlySet<string>,
): number {
  const [before, after] = [standings(one), standings(other)]
  const accounts = new Set([...before.keys(), ...after.keys()]).difference(about)
  return [...accounts].filter((account) => before.get(account) !== after.get(account)).length
}

const standings = (rings: readonly Ring[]): ReadonlyMap<string, string> =>
  new Map(
    rings.flatMap(({ id, members }) =>
      members.map(({ account, role, risk, compromise }) => [account, `${id} ${role} ${risk} ${compromise}`]),
    ),
  )
