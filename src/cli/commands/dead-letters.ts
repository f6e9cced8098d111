/** `ringleader dead-letters`: lines that were refused, and what to do with them. */
import { userInfo } from 'node:os'
import type { Command } from 'commander'
import { AppError } from '../../../graph/errors.ts'
import { type ReplayCounts, replayDeadLetters } from '../../../jobs/replay.ts'
import { lettersOpened } from '../../audit/acts.ts'
import { openReadingStore, openWriting } from '../../compose.ts'
import { replayLines } from '../../sources/lines.ts'
import { deadLetterView } from '../../views/dead-letters.ts'
import { configFrom, examples, type WritingOptions, wholeNumber, withWriting } from '../options.ts'
import { type Remote, remoteFrom } from '../remote.ts'
import { table } from '../table.ts'
import { terminal } from '../terminal.ts'

type LetterView = ReturnType<typeof deadLetterView>

interface ListOptions extends WritingOptions {
  readonly limit: number
}

interface ChoiceOptions extends WritingOptions {
  readonly all?: boolean
}

const pageMax = 1_000

export function deadLettersCommand(program: Command): void {
  const letters = program.command('dead-letters').description('See, replay or drop lines that were refused.')
  withWriting(letters.command('list'))
    .description('List refused lines: where and why, never what they held.')
    .option('--limit <n>', 'at most so many', wholeNumber, 50)
    .addHelpText('after', examples([['dead-letters list', 'what was refused, oldest first']]))
    .action(list)
  withWriting(letters.command('replay'))
    .description('Deliver refused lines again, for instance after a kind was added to the policy.')
    .argument('[id...]', 'which, as the list shows them')
    .option('--all', 'all of them')
    .addHelpText(
      'after',
      examples([['dead-letters replay --all', 'those that are taken now are no longer dead']]),
    )
    .action(replay)
  withWriting(letters.command('drop'))
    .description('Forget refused lines for good.')
    .argument('[id...]', 'which, as the list shows them')
    .option('--all', 'all of them')
    .addHelpText('after', examples([['dead-letters drop dl_...', 'forget one']]))
    .action(drop)
}

async function list(options: ListOptions): Promise<void> {
  const { items, total } = await read(options, options.limit)
  if (options.json) {
    for (const item of items) terminal.json(item)
    return
  }
  if (total === 0) return terminal.print('No line was refused.')
  const rows = table(
    items,
    [
      { title: 'ID', text: ({ id }) => id },
      { title: 'SOURCE', text: ({ source, line }) => `${source}:${line}` },
      { title: 'WHY', text: ({ code }) => code },
      { title: 'WHERE', text: ({ pointer }) => pointer || 'the line' },
      { title: 'WHEN', text: ({ at }) => at.slice(0, 16) },
      { title: 'REPLAY', text: ({ replayable }) => (replayable ? 'yes' : 'not kept') },
    ],
    terminal.styles.dim,
  )
  const more = total > items.length ? `\n  ${items.length} of ${total}; --limit N shows more` : ''
  terminal.print(rows + terminal.styles.dim(more))
}

async function read(
  options: WritingOptions,
  limit: number,
): Promise<{ items: readonly LetterView[]; total: number }> {
  const remote = remoteFrom(options)
  if (remote) return remote.get(`/v1/dead-letters?limit=${Math.min(limit, pageMax)}`)
  await using store = await openReadingStore(configFrom(options))
  const letters = await store.deadLetters({ limit, sealed: true })
  return { items: letters.map(deadLetterView), total: await store.countDeadLetters() }
}

async function replay(ids: readonly string[], options: ChoiceOptions): Promise<void> {
  const remote = remoteFrom(options)
  const counts = remote ? await replayThere(remote, ids, options) : await replayHere(ids, options)
  if (options.json) terminal.json(counts)
  else
    terminal.print(
      `${counts.replayed} taken now, ${counts.stillRejected} refused again, ${counts.notReplayable} not kept`,
    )
}

async function replayThere(
  remote: Remote,
  ids: readonly string[],
  options: ChoiceOptions,
): Promise<ReplayCounts> {
  const counts = { replayed: 0, stillRejected: 0, notReplayable: 0 }
  for (const part of await chosenThere(remote, ids, options)) {
    const some = await remote.post<ReplayCounts>('/v1/dead-letters:replay', { ids: part })
    counts.replayed += some.replayed
    counts.stillRejected += some.stillRejected
    counts.notReplayable += some.notReplayable
  }
  return counts
}

async function replayHere(ids: readonly string[], options: ChoiceOptions): Promise<ReplayCounts> {
  checkChoice(ids, options)
  await using writing = await openWriting(configFrom(options))
  const { store, border, secrets } = writing
  return await replayDeadLetters(
    {
      store,
      intake: store,
      secrets,
      clock: Date.now,
      by: userInfo().username,
      letters: store,
      unseal: secrets.open,
      opening: (opened) => store.noteAct(lettersOpened(opened, { by: userInfo().username, at: Date.now() })),
    },
    {
      ...(!options.all && { ids }),
      ...replayLines(border),
    },
  )
}

async function drop(ids: readonly string[], options: ChoiceOptions): Promise<void> {
  const remote = remoteFrom(options)
  const dropped = remote ? await dropThere(remote, ids, options) : await dropHere(ids, options)
  if (options.json) terminal.json({ dropped })
  else terminal.print(`${dropped} forgotten`)
}

async function dropThere(remote: Remote, ids: readonly string[], options: ChoiceOptions): Promise<number> {
  let dropped = 0
  for (const part of await chosenThere(remote, ids, options)) {
    dropped += (await remote.post<{ dropped: number }>('/v1/dead-letters:drop', { ids: part })).dropped
  }
  return dropped
}

async function dropHere(ids: readonly string[], options: ChoiceOptions): Promise<number> {
  checkChoice(ids, options)
  await using writing = await openWriting(configFrom(options))
  const act = { by: userInfo().username, at: Date.now() }
  if (!options.all) return await writing.store.dropDeadLetters(ids, act)
  let dropped = 0
  for (
    let page = await writing.store.deadLetters({ limit: pageMax });
    page.length > 0;
    page = await writing.store.deadLetters({ limit: pageMax })
  ) {
    dropped += await writing.store.dropDeadLetters(
      page.map(({ id }) => id),
      act,
    )
  }
  return dropped
}

/** In parts that one request may hold. */
async function chosenThere(
  remote: Remote,
  ids: readonly string[],
  options: ChoiceOptions,
): Promise<readonly (readonly string[])[]> {
  checkChoice(ids, options)
  const chosen = options.all ? await allThere(remote) : ids
  return Array.from({ length: Math.ceil(chosen.length / pageMax) }, (_, i) =>
    chosen.slice(i * pageMax, (i + 1) * pageMax),
  )
}

async function allThere(remote: Remote): Promise<readonly string[]> {
  const ids: string[] = []
  for (let after = ''; ; after = `&after=${ids.at(-1)}`) {
    const path = `/v1/dead-letters?limit=${pageMax}${after}`
    const { items } = await remote.get<{ items: readonly LetterView[] }>(path)
    if (items.length === 0) return ids
    ids.push(...items.map(({ id }) => id))
  }
}

/** Never everything by omission. */
function checkChoice(ids: readonly string[], { all }: ChoiceOptions): void {
  if (ids.length === 0 && !all)
    throw new AppError('invalid_input', 'Name the lines by their ids, or say --all')
}
