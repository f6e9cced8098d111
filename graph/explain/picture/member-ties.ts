/** What ties each account to its ring: how much, since when, and the one link that holds it most. */
import { bornAtOf, tiesOf } from '../../evidence/account-facts.ts'
import { microNats } from '../../evidence/share.ts'
import type { AccountState, LabelValue } from '../../model.ts'
import type { Member } from '../../ring.ts'
import { keyOf } from '../counterfactual/surroundings.ts'
import type { DirectLink } from '../link.ts'
import type { RingScene } from '../ring.ts'
import { carriesRisk } from './ring-graph.ts'

export interface MemberTie {
  readonly member: Member
  /** Nats of its links to accounts that carry risk. */
  readonly tie: number
  /** Accounts of the ring it is linked to. */
  readonly linked: number
  readonly strongest?: DirectLink
  /** When it first used what links it to another account here. */
  readonly sinceAt?: number
  readonly bornAt?: number
  /** The newest that anybody gave it. */
  readonly label?: LabelValue
}

/** By account; of one that could not be read only what is published. */
export function memberTies({ ring, read, evidence }: RingScene): ReadonlyMap<string, MemberTie> {
  const linksOf = new Map<string, DirectLink[]>()
  // Strongest first, for each account too.
  for (const link of evidence.links.toSorted((x, y) => y.evidence - x.evidence))
    for (const account of [link.a, link.b]) linksOf.set(account, [...(linksOf.get(account) ?? []), link])
  const carriers = new Set(ring.members.filter(carriesRisk).map(({ account }) => account))
  return new Map(
    ring.members.map((member) => {
      const links = linksOf.get(member.account) ?? []
      const [strongest] = links
      const sum = links.reduce(
        (nats, link) => nats + (carriers.has(otherOf(link, member)) ? link.evidence : 0),
        0,
      )
      const row = {
        member,
        tie: Math.round(sum * microNats) / microNats,
        linked: links.length,
        ...(strongest && { strongest }),
        ...toldOf(read.states.get(member.account), links),
      }
      return [member.account, row] as const
    }),
  )
}

const otherOf = ({ a, b }: DirectLink, { account }: Member): string => (a === account ? b : a)

function toldOf(
  state: AccountState | undefined,
  links: readonly DirectLink[],
): Pick<MemberTie, 'sinceAt' | 'bornAt' | 'label'> {
  if (!state) return {}
  const used = new Set(
    links.flatMap(({ shared }) => shared.filter(({ evidence }) => evidence > 0).map(keyOf)),
  )
  const since = tiesOf(state).flatMap((tie) => (used.has(keyOf(tie)) ? [tie.firstAt] : []))
  const bornAt = bornAtOf(state)
  const newest = state.labels.toSorted((x, y) => y.at - x.at)[0]
  return {
    ...(since.length > 0 && { sinceAt: since.reduce((a, b) => Math.min(a, b)) }),
    ...(bornAt !== undefined && { bornAt }),
    ...(newest && newest.label !== 'none' && { label: newest.label }),
  }
}
