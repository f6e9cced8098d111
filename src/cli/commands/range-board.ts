/** `ringleader range board` and `range tune`. What they run is loaded when they do, so that others start fast. */
import { type Command, InvalidArgumentError } from 'commander'
import { worldNames } from '../../../range/world.ts'
import { reportSeedMin } from '../board/orders.ts'
import type { BoardOptions } from '../board/run-board.ts'
import type { TeachOptions } from '../board/run-teach.ts'
import type { TuneOptions } from '../board/run-tune.ts'
import { examples, wholeNumber } from '../options.ts'

export function boardCommand(range: Command): void {
  range
    .command('board')
    .description('Put every method to every world; write board.json and board.html.')
    .option('--world <name...>', `one or more of ${worldNames.join(', ')}`, ['town'])
    .option('--seeds <list>', 'such as 1000-1009 or 1,2,5', seedList, seedList('1000-1004'))
    .option('--accounts <n>', 'how many accounts live in each world', wholeNumber, 20_000)
    .option('--methods <list>', 'some of those in docs/range.md (default: all)', nameList)
    .option('--models <file>', 'judge by models of `range teach` instead of those shipped')
    .option('--threads <n>', 'worlds run at once', wholeNumber, 2)
    .requiredOption('--out <dir>', 'directory to write to')
    .option('--json', 'print the board as JSON')
    .addHelpText(
      'after',
      examples([
        ['range board --out /tmp/board', 'five seeds of the town, all methods'],
        [
          'range board --world town quiet --seeds 1000-1009 --methods wcc,louvain-20 --out /tmp/board',
          'a choice',
        ],
      ]),
    )
    .action(async (options: BoardOptions) => (await import('../board/run-board.ts')).runBoard(options))
}

export function tuneCommand(range: Command): void {
  range
    .command('tune')
    .description('Sweep the baselines’ parameters; print the values for range/baselines/parameters.ts.')
    .option('--world <name...>', `one or more of ${worldNames.join(', ')}`, [...worldNames])
    .option('--seeds <list>', `below ${reportSeedMin}, such as 1-3`, seedList, seedList('1-3'))
    .option('--accounts <n>', 'how many accounts live in each world', wholeNumber, 10_000)
    .option('--only <list>', 'some of those in range/baselines/parameters.ts (default: all)', nameList)
    .option('--json', 'print JSON for programs: an object a baseline')
    .addHelpText('after', examples([['range tune --world town --seeds 1-5', 'a line a baseline']]))
    .action(async (options: TuneOptions) => (await import('../board/run-tune.ts')).runTune(options))
}

export function teachCommand(range: Command): void {
  range
    .command('teach')
    .description('Teach the models of judging by worlds whose truth is known; write them as JSON.')
    .option('--world <name...>', `one or more of ${worldNames.join(', ')}`, ['town', 'market', 'stream'])
    .option('--seeds <list>', `below ${reportSeedMin}, such as 1-6`, seedList, seedList('1-6'))
    .option('--accounts <n>', 'how many accounts live in each world', wholeNumber, 10_000)
    .requiredOption('--out <file>', 'file to write to')
    .option('--json', 'print what taught as JSON')
    .addHelpText(
      'after',
      examples([['range teach --seeds 1-3 --out /tmp/models.json', 'three seeds of each neighbourhood']]),
    )
    .action(async (options: TeachOptions) => (await import('../board/run-teach.ts')).runTeach(options))
}

function nameList(text: string): readonly string[] {
  return text.split(',').map((name) => name.trim())
}

const seedsMax = 1_000

function seedList(text: string): readonly number[] {
  const seeds = text.split(',').flatMap((part) => {
    const [, first, last = first] = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(part.trim()) ?? []
    if (first === undefined) throw new InvalidArgumentError('It must be seeds such as 1-10 or 1,2,5.')
    const count = Number(last) - Number(first) + 1
    if (count < 1 || count > seedsMax)
      throw new InvalidArgumentError(`A range of seeds holds 1 to ${seedsMax}.`)
    return Array.from({ length: count }, (_, n) => Number(first) + n)
  })
  return [...new Set(seeds)].toSorted((a, b) => a - b)
}
