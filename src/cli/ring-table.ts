/** Rings and members as tables for people. */
import { aKind } from '../../graph/explain/words.ts'
import type { BenignSubtype, Member, Ring, RingClass, Role } from '../../graph/ring.ts'
import { ringView } from '../views/rings.ts'
import { type Column, table } from './table.ts'
import type { Terminal } from './terminal.ts'

const percent = (probability: number): string =>
  probability === 0 ? '-' : `${Math.min(99, Math.max(1, Math.round(probability * 100)))} %`

const day = (iso: string): string => iso.slice(0, 10)

const tiesShown = 2

type RingRow = ReturnType<typeof ringView> & { readonly victims: number }

export function ringTable(rings: readonly Ring[], { styles }: Pick<Terminal, 'styles'>): string {
  const rows = rings.map((ring) => ({
    ...ringView(ring),
    victims: ring.members.filter(({ role }) => role === 'victim').length,
  }))
  const columns: Column<RingRow>[] = [
    { title: 'RING', text: ({ ring }) => styles.bold(ring) },
    { title: 'CLASS', text: (ring) => (ring.subtype ? subtypeWords[ring.subtype] : classWords[ring.class]) },
    { title: 'RISK', text: (ring) => ringRisk(ring, styles), align: 'right' },
    { title: 'SIZE', text: ({ size }) => String(size), align: 'right' },
    { title: 'CORE', text: ({ core }) => String(core), align: 'right' },
    { title: 'VICTIMS', text: ({ victims }) => (victims === 0 ? '-' : String(victims)), align: 'right' },
    ...(rows.some(({ owner }) => owner) ? [ownerColumn] : []),
    { title: 'FIRST SEEN', text: ({ firstSeen }) => day(firstSeen) },
    { title: 'LAST SEEN', text: ({ lastSeen }) => day(lastSeen) },
    {
      title: 'HELD TOGETHER BY',
      text: ({ topEvidence }) => topEvidence.slice(0, tiesShown).map(tie).join(', '),
    },
  ]
  const note = rows.some(isUncertain) ? `\n  ${uncertainNote}` : ''
  return table(rows, columns, styles.dim) + styles.dim(note)
}

const isUncertain = (ring: RingRow): boolean => ring.class === 'uncertain'

/** A ring's risk is that of its surest accounts; of an uncertain one too little else says that it is a fraud ring. */
const uncertainNote =
  'up to: of its three riskiest accounts; whether the group is a fraud ring is not certain'

const ringRisk = (ring: RingRow, styles: Terminal['styles']): string =>
  isUncertain(ring) ? `up to ${percent(ring.risk)}` : coloured(ring.risk, styles)

const ownerColumn: Column<RingRow> = { title: 'OWNER', text: ({ owner }) => owner?.name ?? '-' }

export const classWords: Readonly<Record<RingClass, string>> = {
  fraud_ring: 'fraud',
  takeover_cluster: 'takeover',
  benign_shared: 'shared',
  uncertain: 'uncertain',
}

const subtypeWords: Readonly<Record<BenignSubtype, string>> = {
  household: 'shared: household',
  workplace_campus: 'shared: work or campus',
  kiosk: 'shared: kiosk',
}

const tie = ({ kind, members, mask }: { kind: string; members: number; mask: string }): string =>
  `${aKind(kind)}${mask === '' ? '' : ` ${mask}`} of ${members}`

function coloured(risk: number, styles: Terminal['styles']): string {
  const text = percent(risk)
  if (risk >= 0.75) return styles.red(text)
  return risk >= 0.35 ? styles.yellow(text) : styles.dim(text)
}

const roleStyle = {
  core: 'red',
  bridge: 'red',
  receiver: 'red',
  victim: 'cyan',
  associate: 'dim',
  bystander: 'dim',
} satisfies Record<Role, keyof Terminal['styles']>

export function memberTable(
  rows: readonly { readonly ring: Ring; readonly member: Member }[],
  { styles }: Pick<Terminal, 'styles'>,
): string {
  const columns: Column<(typeof rows)[number]>[] = [
    { title: 'ACCOUNT', text: ({ member }) => member.account },
    { title: 'RING', text: ({ ring }) => ring.id },
    { title: 'ROLE', text: ({ member }) => styles[roleStyle[member.role]](member.role) },
    { title: 'RISK', text: ({ member }) => percent(member.risk), align: 'right' },
    { title: 'TAKEN OVER', text: ({ member }) => percent(member.compromise), align: 'right' },
    { title: 'MEMBERSHIP', text: ({ member }) => percent(member.membership), align: 'right' },
    { title: 'FLAGGED', text: ({ member }) => (member.flagged ? 'yes' : '-') },
  ]
  return table(rows, columns, styles.dim)
}
