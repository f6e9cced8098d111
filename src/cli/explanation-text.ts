/** Explanations of rings and members as text for people. */
import { kindWord, percent } from '../../graph/explain/words.ts'
import type { memberExplanationView } from '../views/member-explanation.ts'
import type { ringExplanationView } from '../views/ring-explanation.ts'
import { shortRef } from '../views/rings.ts'
import { type Column, table } from './table.ts'
import type { Terminal } from './terminal.ts'

type RingView = ReturnType<typeof ringExplanationView>
type MemberView = ReturnType<typeof memberExplanationView>
type Styled = Pick<Terminal, 'styles'>

const identifiersShown = 8
const rowsShown = 14
const barWidth = 24

export function describeRing(view: RingView, { styles }: Styled): string {
  const { honest, takeover } = view
  const parts = [
    `${styles.bold(view.ring)}  ${styles.bold(view.sentence)}`,
    ...section('What ties it together', tiesText(view, { styles }), styles),
    ...section('Whether chance explains it', view.chance ? [view.chance.sentence] : [], styles),
    ...section('When it came together', timelineText(view, { styles }), styles),
    ...section('Takeover', takeover ? takeoverText(takeover) : [], styles),
    ...section(
      'Why not an honest group',
      [honest.sentence, ...honest.signs.map(({ sentence }) => sentence)],
      styles,
    ),
    ...section('What would change', withoutText(view), styles),
  ]
  return parts.join('\n\n') + limits(view.truncated, styles)
}

export function describeMember(view: MemberView, { styles }: Styled): string {
  const figures = `risk ${probability(view.risk)}, taken over ${probability(view.compromise)}, membership ${probability(view.membership)}`
  const parts = [
    `${styles.bold(view.account)}  ${styles.bold(view.role)} of ${view.ring}: ${figures}`,
    `  ${view.sentence}`,
    ...section(
      'Why',
      view.reasons.map(({ text }) => text),
      styles,
    ),
    ...section(
      'What ties it to the ring',
      view.strongest.map(({ sentence }) => sentence),
      styles,
    ),
    ...section(
      'The way to the core',
      (view.pathToCore ?? []).map(({ a, b, sentence }) => `${a} - ${b}: ${sentence}`),
      styles,
    ),
    ...section('Takeover', [...(view.victim?.sentences ?? []), ...paidText(view)], styles),
    ...section('What would change', fateText(view), styles),
  ]
  return parts.join('\n\n') + limits(view.truncated, styles)
}

function section(title: string, lines: readonly string[], styles: Styled['styles']): readonly string[] {
  return lines.length === 0
    ? []
    : [[styles.cyan(`  ${title}`), ...lines.map((line) => `    ${line}`)].join('\n')]
}

const limits = (truncated: boolean, styles: Styled['styles']): string =>
  truncated ? styles.dim('\n\n  Limits were met: this tells of a part only.') : ''

const probability = (value: number): string => (value === 0 ? '-' : percent(value))

const notByLinks =
  'Links alone do not make this ring (a takeover does, or what only suspects share, or the state has changed since), so nothing is foretold.'

const withoutText = (view: RingView): readonly string[] =>
  view.isMadeByLinks
    ? [
        ...view.decisive.flatMap(({ without }) => (without ? [without.sentence] : [])),
        ...(view.withoutAll ? [view.withoutAll.sentence] : []),
      ]
    : [notByLinks]

const fateText = ({ isMadeByLinks, strongest }: MemberView): readonly string[] =>
  isMadeByLinks ? strongest.flatMap(({ without }) => (without ? [without.sentence] : [])) : [notByLinks]

const paidText = ({ paidBy }: MemberView): readonly string[] =>
  paidBy
    ? [`${paidBy.victims} of the ring's victims paid it within three days: ${paidBy.accounts.join(', ')}`]
    : []

function tiesText(view: RingView, { styles }: Styled): readonly string[] {
  const decisive = new Set(view.decisive.map(({ kind, ref }) => `${kind}:${ref}`))
  const columns: Column<RingView['identifiers'][number]>[] = [
    { title: 'SHARED', text: ({ countsAs, mask, ref }) => `${kindWord(countsAs)} ${mask || shortRef(ref)}` },
    { title: 'OF THE RING', text: ({ members }) => `${members} of ${view.size}`, align: 'right' },
    { title: 'OF ALL', text: ({ accounts }) => String(accounts), align: 'right' },
    { title: 'EVIDENCE', text: ({ share }) => (share > 0 ? percent(share) : '-'), align: 'right' },
    { title: '', text: ({ kind, ref }) => (decisive.has(`${kind}:${ref}`) ? 'decisive' : '') },
  ]
  const shown = view.identifiers.slice(0, identifiersShown)
  const more = view.identifiers.length - shown.length
  if (shown.length === 0) return []
  return [
    ...table(shown, columns, styles.dim)
      .split('\n')
      .map((line) => line.slice(2)),
    ...(more > 0 ? [styles.dim(`and ${more} more; --json shows them`)] : []),
  ]
}

function timelineText({ timeline }: RingView, { styles }: Styled): readonly string[] {
  const most = Math.max(1, ...timeline.rows.map(({ births, arrivals }) => Math.max(births, arrivals)))
  const bar = (count: number): string =>
    '#'.repeat(Math.max(count > 0 ? 1 : 0, Math.round((count / most) * barWidth)))
  const columns: Column<(typeof timeline.rows)[number]>[] = [
    { title: timeline.stepDays === 1 ? 'DAY' : `${timeline.stepDays} DAYS FROM`, text: ({ day }) => day },
    { title: 'BORN', text: ({ births }) => (births === 0 ? '-' : String(births)), align: 'right' },
    { title: 'ARRIVED', text: ({ arrivals }) => (arrivals === 0 ? '-' : String(arrivals)), align: 'right' },
    { title: '', text: ({ arrivals }) => styles.yellow(bar(arrivals)) },
  ]
  const shown = timeline.rows.slice(-rowsShown)
  const earlier = timeline.rows.length - shown.length
  if (shown.length === 0) return []
  return [
    ...timeline.bursts.map(({ sentence }) => sentence),
    ...table(shown, columns, styles.dim)
      .split('\n')
      .map((line) => line.slice(2)),
    ...(earlier > 0 ? [styles.dim(`and ${earlier} earlier rows; --json shows them`)] : []),
  ]
}

const takeoverText = ({
  pivots,
  receivers,
  stories,
}: NonNullable<RingView['takeover']>): readonly string[] => [
  ...pivots.map(({ sentence }) => sentence),
  ...receivers.map(({ sentence }) => sentence),
  ...stories
    .slice(0, rowsShown)
    .map(({ account, safe }) =>
      safe.length > 0
        ? `${account}: safe on ${safe.map(({ name }) => name).join(', ')}`
        : `${account}: no hardware of its own from before is known`,
    ),
  ...(stories.length > rowsShown
    ? [`and ${stories.length - rowsShown} more victims; --json shows them`]
    : []),
]
