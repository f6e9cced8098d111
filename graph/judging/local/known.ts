/** What people said of single accounts: by labels, and where there is none by their verdicts on rings. */
import type { AccountFacts } from '../../evidence/account-facts.ts'
import type { Decision } from '../../ring.ts'
import { liveVerdicts } from '../../rings/lineage/standing.ts'

/** What labels say; `none` takes a label back. */
export const knownLabels = ['fraud', 'victim', 'legit'] as const
export type KnownLabel = (typeof knownLabels)[number]

type Labelled = Pick<AccountFacts, 'account' | 'labels'>

/** By account number. */
export type Known = readonly (KnownLabel | undefined)[]

export function knownIn(facts: Iterable<Labelled>, decisions: readonly Decision[] = []): Known {
  const byVerdict = saidByVerdicts(decisions)
  return Array.from(facts, (own) => labelOf(own) ?? byVerdict.get(own.account))
}

export const countKnown = (known: Known, wanted: KnownLabel): number =>
  known.filter((label) => label === wanted).length

/** The newest label of an account speaks: who labels again has looked again. */
function labelOf({ labels }: Labelled): KnownLabel | undefined {
  const [newest] = labels.filter(({ label }) => label !== 'none').toSorted((a, b) => b.at - a.at)
  return knownLabels.find((label) => label === newest?.label)
}

/**
 * The newest verdict on an account's ring, for the accounts that made it. Nothing follows from a confirmed takeover: who
 * of it was robbed and who robbed was not asked.
 */
function saidByVerdicts(decisions: readonly Decision[]): ReadonlyMap<string, KnownLabel> {
  const said = new Map<string, KnownLabel | undefined>()
  const newest = [...liveVerdicts(decisions).ofRing.values()].toSorted((a, b) => a.at - b.at)
  for (const { verdict, class: ringClass, core } of newest) {
    const confirmed = ringClass === 'takeover_cluster' ? undefined : 'fraud'
    for (const account of core) said.set(account, verdict === 'benign' ? 'legit' : confirmed)
  }
  return new Map([...said].flatMap(([account, label]) => (label ? [[account, label] as const] : [])))
}
