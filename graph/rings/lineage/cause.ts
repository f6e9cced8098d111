/** Why a ring changed, in a few words: who came and went, from and to which rings, and the identifier that tied them. */
import type { ChangeKind, FoundRing, Member, Ring, Standing } from '../../ring.ts'

export interface Step {
  readonly found: FoundRing
  /** The ring it was, active or not. */
  readonly before: Ring | undefined
  readonly joined: readonly Member[]
  readonly left: readonly string[]
  /** The ring it came from, when it is not that ring. */
  readonly parent: string | undefined
  readonly absorbed: readonly Ring[]
  /** Rings that split off it. */
  readonly children: readonly string[]
  /** Who made a decision. */
  readonly authorOf: (decision: string) => string
  readonly isExpired: (decision: string) => boolean
}

export interface Cause {
  readonly kind: ChangeKind
  readonly cause: string
}

export function causeOf(step: Step): Cause {
  const { before, found, joined, left } = step
  if (!before) return birth(step)
  if (before.status !== 'active') return revival(step, before)
  const decided = decidedOn(step)
  const moves = movesOf(step)
  if (decided !== undefined) return { kind: 'decided', cause: said([decided, ...moves]) }
  if (before.head.class !== found.head.class) {
    return { kind: 'reclassified', cause: said([reclassed(before, found), ...moves]) }
  }
  if (joined.length > left.length) return { kind: 'grew', cause: said(moves) }
  if (left.length > joined.length) return { kind: 'shrank', cause: said(moves) }
  return { kind: 'continued', cause: said(moves.length > 0 ? moves : ['figures changed']) }
}

const said = (parts: readonly string[]): string => parts.join('; ')

const reclassed = (before: Ring, found: FoundRing): string =>
  `from ${before.head.class} to ${found.head.class}`

/** What became of the verdict on it; nothing when it stands as it did. */
function decidedOn({ before, found, authorOf, isExpired }: Step): string | undefined {
  const [then, now] = [before?.head.verdict, found.head.verdict]
  if (then?.decision === now?.decision && then?.holds === now?.holds) return undefined
  const hasExpired = then !== undefined && isExpired(then.decision)
  if (!now) return hasExpired ? 'the verdict expired' : 'the verdict was retracted'
  const words = `${hasExpired ? 'the verdict before expired; ' : ''}${verdictWords(now, authorOf)}`
  return now.holds ? words : `to be looked at again: too much changed since it was ${words}`
}

const verdictWords = ({ decision, verdict }: Standing, authorOf: Step['authorOf']): string =>
  `${verdict === 'confirm' ? 'confirmed' : 'found benign'} by ${authorOf(decision)}`

function birth({ found, parent, absorbed, authorOf }: Step): Cause {
  if (parent !== undefined) {
    const { verdict } = found.head
    const came = verdict ? [`${verdictWords(verdict, authorOf)} as part of it`] : []
    return { kind: 'split', cause: said([`split off ${parent}`, ...taking(absorbed), ...came]) }
  }
  const members = namesOf(found.members)
  return { kind: 'born', cause: `${accounts(members.size)} linked${by(found, { some: members })}` }
}

function revival({ found, parent }: Step, before: Ring): Cause {
  const members = namesOf(found.members)
  const came = before.ended?.core.some((account) => members.has(account))
    ? 'its accounts are linked again'
    : `other accounts came${by(found, { some: members, among: new Set(before.head.anchors) })}`
  return { kind: 'revived', cause: said([came, ...(parent === undefined ? [] : [`split off ${parent}`])]) }
}

function movesOf({ found, joined, left, absorbed, children }: Step): readonly string[] {
  const news = namesOf(joined)
  const stayed = new Set(found.members.flatMap(({ account }) => (news.has(account) ? [] : [account])))
  const came =
    joined.length === 0
      ? []
      : [`${accounts(joined.length)} joined${by(found, { some: news, others: stayed })}`]
  const gone = left.length === 0 ? [] : [`${accounts(left.length)} left`]
  const parted = children.map((child) => `${child} split off`)
  return [...taking(absorbed), ...parted, ...came, ...gone]
}

const taking = (absorbed: readonly Ring[]): readonly string[] => absorbed.map(({ id }) => `absorbed ${id}`)

const namesOf = (members: readonly Member[]): ReadonlySet<string> =>
  new Set(members.map(({ account }) => account))

interface Tied {
  readonly some: ReadonlySet<string>
  readonly others?: ReadonlySet<string>
  /** Only these anchors. */
  readonly among?: ReadonlySet<string>
}

/** The anchor that most of `some` are on, with any of `others`; nothing where there is none. */
function by({ usersOf = new Map() }: FoundRing, { some, others = some, among }: Tied): string {
  let [best, most] = ['', 0]
  for (const [anchor, users] of usersOf) {
    if (among && !among.has(anchor)) continue
    const count = users.filter((account) => some.has(account)).length
    if (count > most && users.some((account) => others.has(account))) [best, most] = [anchor, count]
  }
  return best === '' ? '' : ` by ${shortAnchor(best)}`
}

/** Enough of a reference for people to tell it from others. */
const refLetters = 8

function shortAnchor(anchor: string): string {
  const colon = anchor.indexOf(':')
  return `${anchor.slice(0, colon)} ${anchor.slice(colon + 1, colon + 1 + refLetters)}`
}

const accounts = (count: number): string => (count === 1 ? '1 account' : `${count} accounts`)
