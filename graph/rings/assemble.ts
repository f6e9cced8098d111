/** Communities become rings: judged, with roles, and with what holds them together. */
import { microNats } from '../evidence/share.ts'
import type { KindLookup } from '../projection/entities.ts'
import type { LinkTable } from '../projection/link-table.ts'
import type { FoundRing, RingEvidence } from '../ring.ts'
import { visitorsOf } from '../takeover/visitors.ts'
import type { Community } from './community.ts'
import { ringFeatures } from './features.ts'
import { judgeRing, published } from './judge.ts'
import { membersOf } from './members.ts'

const topEvidenceMax = 5

/** Takeovers are rarely whole; the three surest speak for the ring. */
const surest = 3

export function assembleRing(
  table: LinkTable,
  community: Community,
  { kindOf, asOf }: { kindOf: KindLookup; asOf: number },
): FoundRing {
  const visitors = visitorsOf(table, community, { asOf, kindOf })
  const suspects = community.members.filter((account) => !visitors.has(account))
  const judgement = judgeRing(ringFeatures(table, community, suspects))
  const members = membersOf({ table, community, visitors, ringLogOdds: judgement.logOdds })
  const ties = community.members.flatMap((account) => table.ties[account]?.ties ?? [])
  return {
    head: {
      class: 'uncertain',
      risk: ringRisk(members.map(({ risk, compromise }) => Math.max(risk, compromise))),
      firstSeen: ties.reduce((first, { firstAt }) => Math.min(first, firstAt), Infinity),
      lastSeen: ties.reduce((last, { lastAt }) => Math.max(last, lastAt), -Infinity),
      topEvidence: topEvidence(table, community),
      reasons: judgement.reasons,
    },
    members,
  }
}

function ringRisk(suspicions: readonly number[]): number {
  const top = suspicions.toSorted((a, b) => b - a).slice(0, surest)
  return published(top.reduce((sum, suspicion) => sum + suspicion, 0) / top.length)
}

function topEvidence(table: LinkTable, { shared }: Community): readonly RingEvidence[] {
  const total = shared.reduce((sum, { evidence }) => sum + evidence, 0)
  return shared.slice(0, topEvidenceMax).map(({ identifier, members, accounts, evidence }) => ({
    kind: table.identifiers[identifier]?.kind ?? '',
    ref: table.identifiers[identifier]?.ref ?? '',
    mask: table.identifiers[identifier]?.mask ?? '',
    members: members.length,
    accounts,
    share: total > 0 ? Math.round((evidence / total) * microNats) / microNats : 0,
  }))
}
