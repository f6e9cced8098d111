/** What models from a deployment's labels would change, for people. */
import { agreementMin } from '../../graph/judging/local/adapt.ts'
import { type KnownLabel, knownLabels } from '../../graph/judging/local/known.ts'
import type { HeldBackFlags, RetrainReport } from '../../graph/retrain.ts'
import { ringClasses } from '../../graph/ring.ts'
import { table } from './table.ts'
import type { Terminal } from './terminal.ts'

export function reportText(id: string, report: RetrainReport, styles: Terminal['styles']): string {
  const { labels, flags, agreement } = report
  const warning =
    agreement < agreementMin
      ? styles.red(
          `Labels contradict the models: accounts labelled as fraud look no riskier than others. Are labels turned round?\n\n`,
        )
      : ''
  return `${warning}${styles.bold(id)}, from ${labels.fraud} labels of fraud, ${labels.victim} of victims, ${labels.legit} of honest accounts

${changesTable(report, styles)}

${heldBackTable(report, styles)}

${flags.addedCount} flags would be new${named(flags.added)}, ${flags.releasedCount} would be gone${named(flags.released)}.
Of what would be flagged, ${percent(flags.expectedPrecision)} should be right.

They judge nothing yet. To have them judge: ringleader models use ${id}`
}

const namedMax = 3

const named = (accounts: readonly string[]): string => {
  if (accounts.length === 0) return ''
  return ` (${accounts.slice(0, namedMax).join(', ')}${accounts.length > namedMax ? ', ...' : ''})`
}

const percent = (share: number): string => `${Math.round(share * 100)} %`

function changesTable(
  { rings, flags, reviewed }: RetrainReport,
  { dim }: Pick<Terminal['styles'], 'dim'>,
): string {
  const rows = [
    { what: 'accounts flagged', before: flags.before, after: flags.after },
    { what: 'accounts for review and above', ...reviewed },
    ...ringClasses.map((name) => ({
      what: `groups: ${name.replace('_', ' ')}`,
      before: rings.before[name],
      after: rings.after[name],
    })),
  ]
  return table(
    rows,
    [
      { title: 'WHAT WOULD CHANGE', text: ({ what }) => what },
      { title: 'NOW', text: ({ before }) => String(before), align: 'right' },
      { title: 'THEN', text: ({ after }) => String(after), align: 'right' },
    ],
    dim,
  )
}

const labelWords: Readonly<Record<KnownLabel, string>> = {
  fraud: 'fraud: flagged',
  victim: 'victims: flagged by mistake',
  legit: 'honest: flagged by mistake',
}

/** Each by models that were not told its label. */
function heldBackTable({ heldBack }: RetrainReport, { dim }: Pick<Terminal['styles'], 'dim'>): string {
  const rows = knownLabels.map((label) => ({ what: labelWords[label], ...heldBack[label] }))
  const part = (count: number, { labels }: HeldBackFlags): string => (labels === 0 ? '-' : String(count))
  return table(
    rows,
    [
      { title: 'WITHOUT KNOWING ITS LABEL', text: ({ what }) => what },
      { title: 'LABELS', text: ({ labels }) => String(labels), align: 'right' },
      { title: 'SHIPPED', text: (row) => part(row.shipped, row), align: 'right' },
      { title: 'THEN', text: (row) => part(row.local, row), align: 'right' },
    ],
    dim,
  )
}
