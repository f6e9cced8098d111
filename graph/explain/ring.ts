/** Why some accounts are a ring: what ties them, since when, by what chance, and what would change without it. */

import type { Asserted } from '../assertions/standing.ts'
import type { AccountState, IdentifierKey } from '../model.ts'
import type { KindLookup } from '../projection/entities.ts'
import type { LinkTable } from '../projection/link-table.ts'
import type { Publicness } from '../projection/publicness.ts'
import type { DetectionRun, Member, Ring } from '../ring.ts'
import { compareText } from '../state/order.ts'
import { endOfDay } from '../time.ts'
import { type ChanceTest, groupChance, usedOf } from './chance.ts'
import { type GroupingOptions, linked, readSurroundings } from './counterfactual/grouping.ts'
import {
  defaultSurroundingsCaps,
  type Reader,
  type SurroundingsCaps,
  type SurroundingsStore,
} from './counterfactual/surroundings.ts'
import { type Counterfactual, type WhatIf, whatIf } from './counterfactual/without.ts'
import { type DecisiveTie, decisiveTies } from './cover.ts'
import { type HonestSign, honestSigns } from './honest.ts'
import type { DirectLink } from './link.ts'
import { type KindShare, type RingTie, type RingTies, ringTies } from './ring-ties.ts'
import { type TakeoverStory, takeoverStory } from './takeover.ts'
import { type Timeline, timelineOf } from './timeline.ts'

/** Identifiers listed of one ring. */
const tiesMax = 20
/** Links told of one ring. */
const linksMax = 5

export interface RingExplanation {
  readonly ring: Ring
  readonly kinds: readonly KindShare[]
  readonly ties: readonly RingTie[]
  /** The strongest between two of its accounts. */
  readonly links: readonly DirectLink[]
  /** How many there are. */
  readonly linked: number
  readonly decisive: readonly (DecisiveTie & { readonly without?: Counterfactual })[]
  /** Accounts that use one of the decisive identifiers. */
  readonly covered: number
  readonly withoutAll?: Counterfactual
  /** Whether links alone make this ring; counterfactuals are told only then. */
  readonly isMadeByLinks: boolean
  readonly timeline: Timeline
  /** Of the strongest tie; absent while no run is published. */
  readonly chance?: ChanceTest
  readonly signs: readonly HonestSign[]
  readonly takeover?: TakeoverStory
  readonly truncated: boolean
}

export interface RingOptions {
  readonly kindOf: KindLookup
  readonly run: DetectionRun | undefined
  /** As the run measured it. */
  readonly publicness: Publicness
  readonly asserted?: Asserted
  readonly caps?: SurroundingsCaps
  /** Of a ring too large to read whole: the account that is asked about. */
  readonly about?: string
}

/** All that was read of a ring and around it. */
export interface RingScene {
  readonly ring: Ring
  readonly accounts: readonly string[]
  readonly read: Reader
  readonly evidence: RingTies
  readonly takeover: TakeoverStory | undefined
  readonly whatIf: WhatIf
  readonly options: GroupingOptions
  readonly truncated: boolean
}

export async function explainRing(
  store: SurroundingsStore,
  ring: Ring,
  options: RingOptions,
): Promise<RingExplanation> {
  const scene = await ringScene(store, ring, options)
  const { evidence, accounts, read } = scene
  const decisive = decisiveTies(holding(evidence.ties, options.kindOf))
  const [strongest] = holding(evidence.ties, options.kindOf)
  const chance = strongest && chanceOf(strongest, scene, options.run)
  const states = accounts.flatMap((id) => read.states.get(id) ?? [])
  const without = counterfactuals(scene, decisive)
  return {
    ring,
    kinds: evidence.kinds,
    ties: evidence.ties.slice(0, tiesMax),
    links: evidence.links.slice(0, linksMax),
    linked: evidence.links.length,
    decisive: decisive.map((tie, place) => ({ ...tie, ...withoutOf(without.each[place]) })),
    covered: new Set(decisive.flatMap(({ members }) => members)).size,
    ...(without.all && { withoutAll: without.all }),
    isMadeByLinks: scene.whatIf.isMadeByLinks,
    timeline: timelineOf(states, decisive),
    ...(chance && { chance }),
    signs: honestSigns(ring.head.reasons, options.run),
    ...(scene.takeover && { takeover: scene.takeover }),
    truncated: scene.truncated || evidence.ties.length > tiesMax,
  }
}

/** Ties that make links, not only strengthen them. */
export const holding = (ties: readonly RingTie[], kindOf: KindLookup): readonly RingTie[] =>
  ties.filter(({ kind, countsAs }) => countsAs !== kind || kindOf(kind)?.evidence.links === 'pairs')

const withoutOf = (found: Counterfactual | undefined) => (found ? { without: found } : {})

export async function ringScene(
  store: SurroundingsStore,
  ring: Ring,
  { run, caps = defaultSurroundingsCaps, about, ...weighing }: RingOptions,
): Promise<RingScene> {
  const options = { ...weighing, asOf: run?.asOf ?? endOfDay(ring.head.lastSeen) }
  const accounts = ring.members.map(({ account }) => account)
  const asked = about !== undefined && { about }
  const read = await readSurroundings(store, riskiestFirst(ring.members), { ...options, ...asked, caps })
  const found = await linked(read, options)
  const evidence = ringTies(read, found, { accounts, ...options, ...asked })
  const table = withRun(found.table, run)
  const takeover = takeoverStory({
    table,
    states: read.states,
    members: ring.members,
    statistics: run?.statistics,
    ...options,
  })
  const truncated = read.truncated || evidence.truncated
  return {
    ring,
    accounts,
    read,
    evidence,
    takeover,
    options,
    truncated,
    whatIf: whatIf(read, { members: accounts, found, ...options }),
  }
}

/** Of a ring too large to read whole, those that matter most are read. */
const riskiestFirst = (members: readonly Member[]): readonly string[] =>
  members
    .toSorted((x, y) => y.risk + y.compromise - x.risk - x.compromise || compareText(x.account, y.account))
    .map(({ account }) => account)

/** Who counts as established depends on the whole population. */
const withRun = (table: LinkTable, run: DetectionRun | undefined): LinkTable => ({
  ...table,
  dataHasSignups: run?.statistics?.dataHasSignups ?? table.dataHasSignups,
})

function counterfactuals(
  { whatIf: scene }: RingScene,
  decisive: readonly IdentifierKey[],
): { each: readonly Counterfactual[]; all?: Counterfactual } {
  if (!scene.isMadeByLinks) return { each: [] }
  const each = decisive.map((key) => scene.without([key]))
  return decisive.length < 2 ? { each } : { each, all: scene.without(decisive) }
}

function chanceOf(
  tie: RingTie,
  { accounts, read }: RingScene,
  run: DetectionRun | undefined,
): ChanceTest | undefined {
  const spread = run?.statistics?.kinds.find(({ kind }) => kind === tie.kind)
  if (!spread) return undefined
  const states: readonly AccountState[] = accounts.flatMap((id) => read.states.get(id) ?? [])
  const used = states.reduce((sum, state) => sum + usedOf(state, tie.kind), 0)
  return groupChance({ members: tie.members.length, accounts: tie.accounts, used }, spread)
}
