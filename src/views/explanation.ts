/** Why two accounts are linked, as the API and the command line show it. */
import type { ChanceTest } from '../../graph/explain/chance.ts'
import type { DirectLink, Said, WithoutOne } from '../../graph/explain/link.ts'
import type { ExplainedLink, LinkExplanation } from '../../graph/explain/path.ts'
import { tieName } from '../../graph/explain/ring-words.ts'
import type { SharedEvidence } from '../../graph/explain/shared.ts'
import { chanceWords, kindWord, percent, sharedWords, strengthOf } from '../../graph/explain/words.ts'
import type { Assertion } from '../../graph/model.ts'
import { iso } from './times.ts'

/** Identifiers told of one link: two accounts may share thousands. */
const sharedMax = 50

export const explanationView = ({ a, b, linked, probability, ...found }: LinkExplanation) => {
  const { path, others, direct } = found
  const told = [direct, ...path, ...others.flatMap((other) => other.path)]
  return {
    a,
    b,
    linked,
    probability,
    sentence: sentenceOf({ linked, probability, path, direct }),
    path: path.map((link) => linkView(link)),
    others: others.map((other) => ({
      probability: other.probability,
      path: other.path.map((link) => linkView(link)),
    })),
    direct: linkView(direct),
    truncated: found.truncated || told.some(({ shared }) => shared.length > sharedMax),
  }
}

export const linkView = (link: ExplainedLink, rowsMax = sharedMax) => ({
  a: link.a,
  b: link.b,
  evidence: link.evidence,
  probability: link.probability,
  strength: strengthOf(link.probability),
  sentence: linkSentence(link),
  shared: link.shared.slice(0, rowsMax).map(sharedView),
  sharedOmitted: Math.max(0, link.shared.length - rowsMax),
  ...(link.said && { said: saidView(link.said) }),
  ...(link.without && { without: withoutOneView(link.without) }),
  chance: link.chance.map(chanceView),
})

const withoutOneView = (found: WithoutOne) => {
  const { kind, ref, mask, countsAs, evidence, probability } = found
  const left = probability === 0 ? 'nothing links them' : `this link falls to ${percent(probability)}`
  return { kind, ref, mask, countsAs, evidence, probability, sentence: `Without ${tieName(found)} ${left}.` }
}

const saidView = ({ by, evidence, share }: Said) => ({ ...saidByView(by), evidence, share })

const saidByView = ({ id, kind, author, reason, at }: Assertion) => ({
  assertion: id,
  kind,
  author,
  reason,
  at: iso(at),
})

export const chanceView = (test: ChanceTest) => ({
  kind: test.kind,
  shared: test.shared,
  expected: test.expected,
  p: test.p,
  sentence: chanceWords(test),
})

function sharedView(row: SharedEvidence) {
  const { a, b, publicness, moments, agreeing, note, by } = row
  return {
    kind: row.kind,
    ref: row.ref,
    mask: row.mask,
    family: row.family,
    countsAs: row.countsAs,
    evidence: row.evidence,
    faded: row.faded,
    share: row.share,
    accounts: row.accounts,
    a: { firstSeen: iso(a.firstAt), lastSeen: iso(a.lastAt), days: a.days },
    b: { firstSeen: iso(b.firstAt), lastSeen: iso(b.lastAt), days: b.days },
    gapDays: row.gapDays,
    daysTogether: row.daysTogether,
    ...(publicness !== undefined && { publicness }),
    ...(moments && { moments: moments.map(({ startAt, accounts }) => ({ start: iso(startAt), accounts })) }),
    ...(agreeing !== undefined && { agreeing }),
    ...(note !== undefined && { note }),
    ...(by && { saidBy: saidByView(by) }),
    sentence: sharedWords(row),
  }
}

function sentenceOf({
  linked,
  probability,
  path,
  direct: { said },
}: Pick<LinkExplanation, 'linked' | 'probability' | 'path' | 'direct'>): string {
  if (!linked) return said ? saidSentence(said, 0) : 'Nothing that counts links these two accounts.'
  const [only] = path
  if (path.length === 1 && only) return linkSentence(only)
  const between = `${path.length - 1} account${path.length > 2 ? 's' : ''} in between`
  const apart = said ? ` They are not the same, says ${whoSays(said)}.` : ''
  return `Linked at ${percent(probability)} through ${between}.${apart}`
}

const whoSays = ({ by: { author, reason } }: Said): string => `${author} (${reason})`

const saidSentence = (said: Said, probability: number): string =>
  said.by.kind === 'same_actor'
    ? `Linked at ${percent(probability)}: one actor, says ${whoSays(said)}.`
    : `Not linked: not the same, says ${whoSays(said)}.`

function linkSentence({ probability, shared, said }: DirectLink): string {
  if (said) return saidSentence(said, probability)
  const counted = shared.filter(({ evidence }) => evidence > 0)
  const [best] = counted
  if (!best) return nothingCounts(shared)
  const also = counted.length > 1 ? ` and ${counted.length - 1} more` : ''
  const others = best.accounts > 2 ? ` that ${best.accounts} accounts use` : ' that nobody else uses'
  if (best.moments) return `Linked at ${percent(probability)} by doing the same within minutes${also}.`
  return `Linked at ${percent(probability)} by a shared ${kindWord(best.countsAs)}${others}${also}.`
}

function nothingCounts(shared: readonly SharedEvidence[]): string {
  if (shared.length === 0) return 'They share nothing.'
  return shared.every(({ note }) => note === 'corroborates_only')
    ? 'They share only what strengthens a link and makes none.'
    : 'They share only what too many use to count.'
}
