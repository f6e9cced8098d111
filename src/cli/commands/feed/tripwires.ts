/** `ringleader tripwires`: who comes back with what a ring used. */
import { userInfo } from 'node:os'
import type { Command } from 'commander'
import { openReadingStore, openWriting } from '../../../compose.ts'
import { armRing, disarm } from '../../../tripwires.ts'
import { type TripwireView, tripwireView } from '../../../views/tripwires.ts'
import {
  type CommonOptions,
  configFrom,
  examples,
  type WritingOptions,
  withCommon,
  withWriting,
} from '../../options.ts'
import { remoteFrom } from '../../remote.ts'
import { table } from '../../table.ts'
import { terminal } from '../../terminal.ts'
import { oneRing } from '../rings/rings.ts'

export function tripwiresCommand(program: Command): void {
  const tripwires = program
    .command('tripwires')
    .description('Watch identifiers: whoever else comes with one is told of in the feed.')
  withCommon(tripwires.command('list'))
    .description('List tripwires that are armed, and what is not watched.')
    .addHelpText('after', examples([['tripwires list', 'those of confirmed rings arm themselves']]))
    .action(list)
  withWriting(tripwires.command('arm'))
    .description('Watch what the actors of a ring used.')
    .argument('<ring>', 'id of a ring')
    .requiredOption('--reason <text>', 'why')
    .addHelpText(
      'after',
      examples([['tripwires arm ring_1_0abc --reason "not sure yet"', 'before a verdict']]),
    )
    .action(arm)
  withWriting(tripwires.command('disarm'))
    .description('Watch no longer.')
    .argument('<id>', 'as tripwires list shows it')
    .addHelpText('after', examples([['tripwires disarm trip_0mb2c3d4e', 'it stays on record']]))
    .action(takeDown)
}

async function list(options: CommonOptions): Promise<void> {
  await using store = await openReadingStore(configFrom(options))
  const all = ((await store.tripwires())?.tripwires ?? []).map(tripwireView)
  const rows = all.filter(({ disarmedAt }) => disarmedAt === null)
  if (options.json) {
    for (const row of rows) terminal.json(row)
    return
  }
  if (rows.length === 0) return terminal.print('None is armed: a verdict that confirms a ring arms one.')
  terminal.print(
    table(
      rows,
      [
        { title: 'ID', text: ({ id }) => id },
        { title: 'RING', text: ({ ring }) => ring ?? '-' },
        { title: 'WATCHED', text: ({ identifiers }) => String(identifiers.length), align: 'right' },
        { title: 'NOT WATCHED', text: unwiredText },
        { title: 'WHY', text: ({ reason }) => reason },
      ],
      terminal.styles.dim,
    ),
  )
}

const unwiredText = ({ unwired }: TripwireView): string =>
  unwired.map(({ kind, why, identifiers }) => `${identifiers} ${kind} (${why})`).join(', ')

interface ArmOptions extends WritingOptions {
  readonly reason: string
}

async function arm(ring: string, { reason, ...options }: ArmOptions): Promise<void> {
  const remote = remoteFrom(options)
  const made = remote
    ? await remote.post<TripwireView>('/v1/tripwires', { ring, reason })
    : await armHere(ring, { reason, ...options })
  if (options.json) terminal.json(made)
  else
    terminal.print(
      `${made.id} watches ${made.identifiers.length} identifiers. Not: ${unwiredText(made) || '-'}`,
    )
}

async function armHere(ring: string, { reason, ...options }: ArmOptions): Promise<TripwireView> {
  await using writing = await openWriting(configFrom(options))
  const { store, border } = writing
  const around = { store, kindOf: (kind: string) => border.registry.get(kind) }
  const order = { author: userInfo().username, reason, at: Date.now() }
  return tripwireView(await armRing(around, await oneRing(store, ring), order))
}

async function takeDown(id: string, options: WritingOptions): Promise<void> {
  const remote = remoteFrom(options)
  const made = remote
    ? await remote.delete<TripwireView>(`/v1/tripwires/${encodeURIComponent(id)}`)
    : await disarmHere(id, options)
  if (options.json) terminal.json(made)
  else terminal.print(`${made.id} watches no longer.`)
}

async function disarmHere(id: string, options: WritingOptions): Promise<TripwireView> {
  await using writing = await openWriting(configFrom(options))
  return tripwireView(await disarm(writing.store, id, { at: Date.now(), by: userInfo().username }))
}
