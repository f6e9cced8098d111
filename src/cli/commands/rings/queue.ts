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
    .option('--owner <name>', 'only rings that somebody looks after')
    .option('--unowned', 'only rings that nobody looks after')
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

const ownerColumn = {
  title: 'OWNER',
  text: ({ owner }: ReturnType<typeof queueView>) => owner?.name ?? '-',
}

interface QueueOptions extends CommonOptions {
  readonly owner?: string
  readonly unowned?: boolean
  readonly limit?: number
}

async function showQueue({ limit, owner, unowned, ...options }: QueueOptions): Promise<void> {
  await using store = await openReadingStore(configFrom(options))
  const owned = { owner, ...(unowned && { isOwned: false }) }
  const all = (await readQueue(store, owned)).map(queueView)
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
    ...(entries.some(({ owner: one }) => one) ? [ownerColumn] : []),
    { title: 'WHY', text: ({ why }: (typeof all)[number]) => why },
  ]
  const more =
    all.length > entries.length ? `\n  ${entries.length} of ${all.length}; --limit N shows more` : ''
  terminal.print(table(entries, columns, dim) + dim(more))
}
