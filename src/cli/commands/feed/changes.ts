/** `ringleader changes`: what every publish changed, and what changes from now on. */
import { setTimeout as wait } from 'node:timers/promises'
import type { Command } from 'commander'
import { beginning, placeText, readPlace } from '../../../../graph/feed/place.ts'
import { readFeed } from '../../../../graph/feed/read.ts'
import type { ReadingStore } from '../../../../graph/ports.ts'
import { openReadingStore } from '../../../compose.ts'
import { stopRequested } from '../../../serve.ts'
import { type FeedItemView, feedItemView } from '../../../views/feed.ts'
import { configFrom, examples, type WritingOptions, wholeNumber, withWriting } from '../../options.ts'
import { type Remote, remoteFrom } from '../../remote.ts'
import { terminal } from '../../terminal.ts'

interface ChangesOptions extends WritingOptions {
  readonly after?: string
  readonly ring?: string
  readonly limit: number
  readonly follow?: boolean
}

export function changesCommand(program: Command): void {
  withWriting(program.command('changes'))
    .description('Tell what every publish changed, oldest first.')
    .option('--after <cursor>', 'only what comes after it; "latest" for what is still to come')
    .option('--ring <id>', 'of this ring alone')
    .option('--limit <n>', 'at most so many; goes without --follow', wholeNumber, 100)
    .option('--follow', 'all there is, and then whatever comes, until stopped')
    .addHelpText(
      'after',
      examples([
        ['changes', 'the first hundred'],
        ['changes --follow --after latest', 'what changes from now on'],
        ['changes --json --after 12.ring_3_0abc', 'a change a line, each with its cursor'],
      ]),
    )
    .action(showChanges)
}

interface Page {
  readonly items: readonly FeedItemView[]
  readonly nextCursor: string
}
type ReadPage = (after: string | undefined, limit: number) => Promise<Page>

async function showChanges(options: ChangesOptions): Promise<void> {
  const remote = remoteFrom(options)
  if (remote) return show(remotePages(remote, options.ring), options)
  await using store = await openReadingStore(configFrom(options))
  await show(storedPages(store, options.ring), options)
}

async function show(read: ReadPage, options: ChangesOptions): Promise<void> {
  if (options.follow) return follow(read, options)
  const { items } = await read(options.after, options.limit)
  print(items, options)
  if (items.length === options.limit && !options.json)
    terminal.note(terminal.styles.dim(`For more: --after ${items.at(-1)?.cursor}`))
}

const pageSize = 200
const lookEveryMs = 1_000

async function follow(read: ReadPage, options: ChangesOptions): Promise<void> {
  const stopping = new AbortController()
  void stopRequested().then(() => stopping.abort())
  let after = options.after
  while (!stopping.signal.aborted) {
    const { items, nextCursor } = await read(after, pageSize)
    print(items, options)
    after = nextCursor
    if (items.length < pageSize)
      await wait(lookEveryMs, undefined, { signal: stopping.signal }).catch(() => {})
  }
}

const storedPages =
  (store: Pick<ReadingStore, 'changes' | 'notes' | 'feedEnd'>, ring: string | undefined): ReadPage =>
  async (after, limit) => {
    const from = after === 'latest' ? await store.feedEnd() : after === undefined ? after : readPlace(after)
    const items = await readFeed(store, { after: from, ring, limit })
    return {
      items: items.map(feedItemView),
      nextCursor: placeText(items.at(-1)?.place ?? from ?? beginning),
    }
  }

function remotePages(remote: Remote, ring: string | undefined): ReadPage {
  return (after, limit) => {
    const query = new URLSearchParams({
      limit: String(Math.min(limit, 1_000)),
      ...(after !== undefined && { after }),
      ...(ring !== undefined && { ring }),
    })
    return remote.get<Page>(`/v1/changes?${query.toString()}`)
  }
}

function print(items: readonly FeedItemView[], { json }: ChangesOptions): void {
  const { bold, dim } = terminal.styles
  for (const item of items) {
    if (json) terminal.json(item)
    else {
      const at = 'at' in item ? item.at : item.asOf
      terminal.print(`${dim(`${at?.slice(0, 10) ?? '-'} ${item.version}`)} ${wordsOf(item, bold)}`)
    }
  }
}

function wordsOf(item: FeedItemView, bold: (text: string) => string): string {
  if ('tripwire' in item)
    return `${bold(item.account)} came with ${item.kind} ${item.mask || item.ref.slice(0, 8)}${item.ring === null ? '' : ` of ${item.ring}`} (${item.tripwire})`
  if ('owner' in item) {
    const whose = item.from === null ? `said ${item.by}` : `as after ${item.from}`
    return `${bold(item.ring)} assigned: ${item.owner ?? 'nobody'} looks after it, ${whose}`
  }
  return `${bold(item.ring)} ${item.type.slice('ring.'.length)}: ${item.cause}`
}
