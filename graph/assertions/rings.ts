/** Rings as people have them: groups that are a household, and accounts of a role. */
import type { FoundRing, Member, Role } from '../ring.ts'
import { asBenign, suspectMax } from '../rings/lineage/standing.ts'
import { ringRisk } from '../rings/members.ts'
import { type Asserted, pairName } from './standing.ts'

/** Share of a ring that has to be of one household for the ring to be one. */
const householdMin = 0.5

/** One that consists of a household is found benign with it, as by a verdict. */
export function asHousehold(found: FoundRing, { households }: Asserted): FoundRing {
  if (households.length === 0) return found
  const accounts = new Set(found.members.map(({ account }) => account))
  const isOf = (people: readonly string[]): boolean => {
    const common = people.filter((account) => accounts.has(account)).length
    return common >= 2 && common >= householdMin * accounts.size
  }
  if (!households.some(({ subjects }) => isOf(subjects))) return found
  const { head, ...benign } = asBenign(found)
  return { ...benign, head: { ...head, subtype: 'household' } }
}

/** Whether two are of one household, and were not said to be of one actor since. */
export const areHousehold = ({ households, pairs }: Asserted, one: string, other: string): boolean => {
  const said = pairs.get(pairName(one, other))?.by
  return households.some(
    ({ subjects, at }) =>
      subjects.includes(one) && subjects.includes(other) && !(said?.kind === 'same_actor' && said.at > at),
  )
}

/** Everybody with the role that is asserted: only those who act carry risk for review, and only victims compromise. */
export function inRoles(found: FoundRing, { roles }: Asserted): FoundRing {
  if (!found.members.some(({ account }) => roles.has(account))) return found
  const members = found.members.map((member): Member => {
    const role = roles.get(member.account)?.role
    return isRole(role) ? inRole(member, role) : member
  })
  return { ...found, head: { ...found.head, risk: ringRisk(members) }, members }
}

const isRole = (role: string | undefined): role is Role =>
  role !== undefined && Object.hasOwn(carriedBy, role)

/** The most that is published of each. */
const carriedBy = {
  victim: { risk: suspectMax, compromise: 1, isActedOn: false },
  receiver: { risk: 1, compromise: 1, isActedOn: true },
  core: { risk: 1, compromise: 1, isActedOn: true },
  bridge: { risk: 1, compromise: 1, isActedOn: true },
  associate: { risk: suspectMax, compromise: suspectMax, isActedOn: false },
  bystander: { risk: suspectMax, compromise: suspectMax, isActedOn: false },
} satisfies Record<Role, { risk: number; compromise: number; isActedOn: boolean }>

function inRole(member: Member, role: Role): Member {
  const { risk, compromise, isActedOn } = carriedBy[role]
  return {
    ...member,
    role,
    risk: Math.min(member.risk, risk),
    compromise: Math.min(member.compromise, compromise),
    flagged: member.flagged && isActedOn,
  }
}
