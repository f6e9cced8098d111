/** Why an account is in its ring, and in its role. */
import type { KindLookup } from '../projection/entities.ts'
import type { Member, Ring } from '../ring.ts'
import type { SurroundingsStore } from './counterfactual/surroundings.ts'
import { type ExplainedLink, explainAccounts } from './path.ts'
import { holding, type RingOptions, type RingScene, ringScene } from './ring.ts'
import { type RingTie, tiesOfLinks } from './ring-ties.ts'
import type { VictimStory } from './takeover.ts'

const strongestMax = 3

/** One identifier that ties the account to the ring. */
export interface MemberTie extends RingTie {
  /** Whether the account would still be in what is left of the ring, were nobody to use this identifier. */
  readonly staysWithout?: boolean
  /** Whether a detection would find just that (counterfactual/without.ts). */
  readonly isCertain?: boolean
}

export interface MemberExplanation {
  readonly ring: Ring
  readonly member: Member
  /** Accounts of the ring it is linked to directly, and the evidence of those links in nats. */
  readonly linked: number
  readonly evidence: number
  /** Most evidence first; `members` are the ring's accounts that share it, this one included. */
  readonly strongest: readonly MemberTie[]
  /** To the nearest of the ring's core, where no link leads there directly. */
  readonly path?: readonly ExplainedLink[]
  readonly victim?: VictimStory
  /** Of a receiver: the victims that paid it within days of their takeover. */
  readonly paidBy?: readonly string[]
  /** Whether links alone make this ring; what-ifs are told only then. */
  readonly isMadeByLinks: boolean
  readonly truncated: boolean
}

/** `undefined` when the account is not in the ring. */
export async function explainMember(
  store: SurroundingsStore,
  ring: Ring,
  { account, ...options }: RingOptions & { account: string },
): Promise<MemberExplanation | undefined> {
  const member = ring.members.find((one) => one.account === account)
  if (!member) return undefined
  const scene = await ringScene(store, ring, { ...options, about: account })
  const links = scene.evidence.links.filter(({ a, b }) => a === account || b === account)
  const ties = holding(tiesOfLinks(links), options.kindOf)
  const silent = scene.evidence.ties.filter(
    ({ evidence, members }) => evidence === 0 && members.includes(account),
  )
  const strongest = (ties.length > 0 ? ties : silent).slice(0, strongestMax)
  const victim = scene.takeover?.victims.find((one) => one.account === account)
  const receiver = scene.takeover?.receivers.find((one) => one.account === account)
  const path = await pathToCore(store, scene, { member, links, ...options })
  return {
    ring,
    member,
    linked: links.length,
    evidence: Math.round(links.reduce((sum, { evidence }) => sum + evidence, 0) * 1e6) / 1e6,
    strongest: strongest.map((tie) => withFate(scene, account, tie)),
    ...(path && { path }),
    ...(victim && { victim }),
    ...(receiver && { paidBy: receiver.victims }),
    isMadeByLinks: scene.whatIf.isMadeByLinks,
    truncated: scene.truncated,
  }
}

function withFate(scene: RingScene, account: string, tie: RingTie): MemberTie {
  if (!scene.whatIf.isMadeByLinks) return tie
  const { parts, isCertain } = scene.whatIf.without([tie])
  return { ...tie, staysWithout: parts[0]?.includes(account) ?? false, isCertain }
}

const isCore = ({ role }: Member): boolean => role === 'core' || role === 'bridge' || role === 'receiver'

async function pathToCore(
  store: SurroundingsStore,
  { ring }: RingScene,
  {
    member,
    links,
    kindOf,
    run,
    publicness,
    asserted,
  }: RingOptions & {
    member: Member
    links: readonly { a: string; b: string }[]
    kindOf: KindLookup
  },
): Promise<readonly ExplainedLink[] | undefined> {
  const core = ring.members.filter(isCore).toSorted((x, y) => y.risk - x.risk || y.membership - x.membership)
  const [target] = core
  const near = new Set(links.flatMap(({ a, b }) => [a, b]))
  if (!target || isCore(member) || core.some(({ account }) => near.has(account))) return undefined
  const found = await explainAccounts(store, [member.account, target.account], {
    kindOf,
    publicness,
    ...(asserted && { asserted }),
    statistics: run?.statistics,
  })
  return 'unknown' in found || found.path.length === 0 ? undefined : found.path
}
