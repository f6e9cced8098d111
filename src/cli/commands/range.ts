/** `ringleader range`: worlds with known truth, and how well rings were found in them. */
import type { Command } from 'commander'
import { AppError } from '../../../graph/errors.ts'
import { score } from '../../../range/score.ts'
import { worldNames } from '../../../range/world.ts'
import { writeWorld } from '../../../range/write.ts'
import { openReadingStore } from '../../compose.ts'
import { memberView } from '../../views/rings.ts'
import { type CommonOptions, configFrom, examples, wholeNumber, withCommon } from '../options.ts'
import { table } from '../table.ts'
import { terminal } from '../terminal.ts'
import { readTruth } from '../truth.ts'
import { boardCommand, teachCommand, tuneCommand } from './range-board.ts'

interface GenerateOptions {
  readonly world: string
  readonly seed: number
  readonly accounts: number
  readonly out: string
  readonly json?: boolean
}

interface ScoreOptions extends CommonOptions {
  readonly truth: string
}

export function rangeCommand(program: Command): void {
  const range = program
    .command('range')
    .description('Make worlds whose rings are known, and score what was found.')
  range
    .command('generate')
    .description('Write events.ndjson, labels.ndjson and truth.ndjson of a world.')
    .option('--world <name>', `one of ${worldNames.join(', ')}`, 'town')
    .option('--seed <n>', 'another seed is another world', wholeNumber, 1)
    .option('--accounts <n>', 'how many accounts live in it', wholeNumber, 5_000)
    .requiredOption('--out <dir>', 'directory to write to')
    .option('--json', 'print counts as JSON')
    .addHelpText(
      'after',
      examples([['range generate --world town --seed 7 --accounts 20000 --out /tmp/town', 'three files']]),
    )
    .action(generate)
  withCommon(range.command('score'))
    .description('Score published rings against a truth file.')
    .requiredOption('--truth <file>', 'truth.ndjson of the world that was ingested')
    .addHelpText('after', examples([['range score --truth /tmp/town/truth.ndjson --json', 'all metrics']]))
    .action(scorePublished)
  boardCommand(range)
  tuneCommand(range)
  teachCommand(range)
}

async function generate({ world, seed, accounts, out, json }: GenerateOptions): Promise<void> {
  if (!worldNames.includes(world)) {
    throw new AppError('invalid_input', `There is no world ${world}: use ${worldNames.join(', ')}`)
  }
  const counts = await writeWorld(out, { world, seed, accounts })
  if (json) terminal.json(counts)
  else
    terminal.print(
      Object.entries(counts)
        .map(([name, count]) => `${count} ${name}`)
        .join(', '),
    )
}

async function scorePublished({ truth, ...options }: ScoreOptions): Promise<void> {
  await using store = await openReadingStore(configFrom(options))
  const rings = await store.rings({ status: 'active' })
  const published = rings.flatMap((ring) => ring.members.map((member) => memberView(ring, member)))
  const result = score(published, await readTruth(truth))
  if (options.json) return terminal.json(result)
  const rows = Object.entries(result).flatMap(([group, figures]) => flat(group, figures))
  const columns = [
    { title: 'FIGURE', text: ([name]: (typeof rows)[number]) => name },
    { title: 'IS', text: ([, value]: (typeof rows)[number]) => value, align: 'right' as const },
  ]
  terminal.print(table(rows, columns, terminal.styles.dim))
}

function flat(name: string, value: unknown): readonly (readonly [string, string])[] {
  if (typeof value !== 'object' || value === null) return [[name, String(value)]]
  return Object.entries(value).flatMap(([key, inner]) => flat(`${name} ${key}`, inner))
}
