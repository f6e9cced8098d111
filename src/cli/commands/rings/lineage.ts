/** `ringleader lineage`: where a ring came from and where it went. */
import type { Command } from 'commander'
import { openReadingStore } from '../../../compose.ts'
import { type LineageView, lineageView } from '../../../views/lineage.ts'
import { type CommonOptions, configFrom, examples, withCommon } from '../../options.ts'
import { classWords } from '../../ring-table.ts'
import { table } from '../../table.ts'
import { terminal } from '../../terminal.ts'
import { oneRing } from './rings.ts'

export function lineageCommand(program: Command): void {
  withCommon(program.command('lineage'))
    .description('Tell the life of a ring: where it came from, what changed it and why, where it went.')
    .argument('<ring>', 'id of a ring, absorbed and dissolved ones too')
    .addHelpText(
      'after',
      examples([
        ['lineage ring_1_0abc', 'the ring and every ring it came from or went to'],
        ['lineage ring_1_0abc --json', 'a ring a line, for programs'],
      ]),
    )
    .action(showLineage)
}

async function showLineage(id: string, options: CommonOptions): Promise<void> {
  await using store = await openReadingStore(configFrom(options))
  const lineage = await lineageView(store, await oneRing(store, id))
  if (options.json) for (const lane of lineage.lanes) terminal.json(lane)
  else terminal.print(lineageText(lineage))
}

function lineageText({ ring, movedTo, lanes, truncated }: LineageView): string {
  const { dim } = terminal.styles
  const moved = movedTo === undefined ? [] : [`${ring} is ${movedTo} today.\n`]
  const more = truncated ? [dim('  There is more of it than is shown.')] : []
  return [...moved, ...lanes.map(laneText), ...more].join('\n')
}

type Lane = LineageView['lanes'][number]

function laneText({ ring, status, class: name, size, changes }: Lane): string {
  const { bold, dim } = terminal.styles
  const now = status === 'active' ? `${classWords[name]}, ${size} accounts` : status
  const rows = table(
    changes,
    [
      { title: '  DAY', text: ({ asOf }) => `  ${asOf?.slice(0, 10) ?? '-'}` },
      { title: 'RUN', text: ({ version }) => String(version), align: 'right' },
      { title: 'WHAT', text: ({ kind }) => kind },
      { title: 'SIZE', text: (change) => String(change.size), align: 'right' },
      { title: 'WHY', text: ({ cause }) => cause },
    ],
    dim,
  )
  return `${bold(ring)}  ${now}\n${rows}\n`
}
