/** `ringleader queue`: what an investigator should look at first. */
import type { Command } from 'commander'
import { openReadingStore } from '../../../compose.ts'
import { queueView, readQueue } from '../../../views/queue.ts'
import { type CommonOptions, configFrom, examples, wholeNumber, withCommon } from '../../options.ts'
import { table } from '../../table.ts'
import { terminal } from '../../terminal.ts'

const shownDefault = 20

export function queueCommand(program: Command): void {
  withCommon(program.command('queue'))
    .description('Rings that nobody decided on, by the harm a look is expected to prevent a minute.')
    .option('--limit <n>', `at most so many (default: ${shownDefault}; all with --json)`, wholeNumber)
    .addHelpText(
      'after',
      examples([
        ['queue', 'what to look at first, and why'],
        ['queue --limit 1 --json', 'the next one, for programs'],
      ]),
    )
    .action(showQueue)
}

async function showQueue({ limit, ...options }: CommonOptions & { readonly limit?: number }): Promise<void> {
  await using store = await openReadingStore(configFrom(options))
  const all = (await readQueue(store)).map(queueView)
  const entries = all.slice(0, limit ?? (options.json ? all.length : shownDefault))
  if (options.json) {
    for (const entry of entries) terminal.json(entry)
    return
  }
  if (all.length === 0) return terminal.print('Nothing waits to be looked at.')
  const { bold, dim } = terminal.styles
  const columns = [
    { title: 'RING', text: ({ ring }: (typeof all)[number]) => bold(ring) },
    {
      title: 'A MINUTE',
      text: ({ perMinute }: (typeof all)[number]) => perMinute.toFixed(2),
      align: 'right' as const,
    },
    { title: 'WHY', text: ({ why }: (typeof all)[number]) => why },
  ]
  const more =
    all.length > entries.length ? `\n  ${entries.length} of ${all.length}; --limit N shows more` : ''
  terminal.print(table(entries, columns, dim) + dim(more))
}
