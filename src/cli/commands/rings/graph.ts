/** `ringleader graph`: a ring for a program that draws. */
import { type Command, Option } from 'commander'
import { ringGraph } from '../../../../graph/explain/picture/ring-graph.ts'
import { graphCsv, graphMl, graphView } from '../../../views/reads/graph.ts'
import { openLooking } from '../../looking.ts'
import { type CommonOptions, examples, wholeNumber, withCommon } from '../../options.ts'
import { terminal } from '../../terminal.ts'
import { oneRing } from './rings.ts'

const formats = ['graphml', 'csv', 'json'] as const

interface GraphOptions extends CommonOptions {
  readonly format: (typeof formats)[number]
  readonly budget: number
}

export function graphCommand(program: Command): void {
  withCommon(program.command('graph'))
    .description('Write a ring as a graph: its accounts, what ties them, and who uses which.')
    .argument('<ring>', 'id of a ring')
    .addOption(new Option('--format <format>', 'what to write').choices(formats).default('graphml'))
    .option('--budget <n>', 'the most accounts and identifiers together', wholeNumber, 2_000)
    .addHelpText(
      'after',
      examples([
        ['graph ring_1_0abc > ring.graphml', 'for Gephi, yEd or networkx'],
        ['graph ring_1_0abc --format csv', 'a row for each use of an identifier'],
      ]),
    )
    .action(writeGraph)
}

async function writeGraph(id: string, { format, budget, ...common }: GraphOptions): Promise<void> {
  await using looking = await openLooking(common)
  const ring = await oneRing(looking.store, id)
  const view = graphView(await ringGraph(looking.store, ring, { ...looking.options, budget }))
  if (view.truncated) terminal.note('Not all of it is here: a limit was met.')
  if (common.json || format === 'json') return terminal.json(view)
  terminal.print((format === 'csv' ? graphCsv(view) : graphMl(view)).trimEnd())
}
