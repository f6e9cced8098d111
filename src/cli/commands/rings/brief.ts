/** `ringleader brief`: what one has to know to decide on a ring. */
import type { Command } from 'commander'
import { percent } from '../../../../graph/explain/words.ts'
import { readBrief } from '../../../views/reads/brief.ts'
import { openLooking } from '../../looking.ts'
import { type CommonOptions, examples, withCommon } from '../../options.ts'
import { terminal } from '../../terminal.ts'
import { oneRing } from './rings.ts'

export function briefCommand(program: Command): void {
  withCommon(program.command('brief'))
    .description('Tell of a ring what one has to know to decide on it, in six answers.')
    .argument('<ring>', 'id of a ring')
    .addHelpText(
      'after',
      examples([
        ['brief ring_1_0abc', 'what, how sure, by what, who, what to do, what would change that'],
        ['brief ring_1_0abc --json', 'the same with every figure, for programs'],
      ]),
    )
    .action(showBrief)
}

async function showBrief(id: string, common: CommonOptions): Promise<void> {
  await using looking = await openLooking(common)
  const brief = await readBrief(looking.store, await oneRing(looking.store, id), looking.options)
  if (common.json) return terminal.json(brief)
  terminal.print(briefText(brief))
}

function briefText({
  what,
  howSure,
  ties,
  atRisk,
  whatToDo,
  changeMind,
  rank,
}: Awaited<ReturnType<typeof readBrief>>): string {
  const { low, high } = howSure.interval
  const sure = `${percent(howSure.risk)}, between ${percent(low)} and ${percent(high)}. ${howSure.sentence}`
  const held = ties.decisive.map(({ sentence }) => sentence)
  const answers: readonly (readonly [string, readonly string[]])[] = [
    ['What is it?', [what.sentence]],
    ['How sure are we?', [sure]],
    ['What ties it together?', held.length > 0 ? held : ['Nothing that a few identifiers show.']],
    ['Who is at risk?', [`${atRisk.sentence}.`]],
    ['What should we do?', [whatToDo.sentence]],
    ['What would change our mind?', [changeMind.sentence]],
    ...(rank ? ([[`Why is it number ${rank.place} of ${rank.of}?`, [`${rank.sentence}.`]]] as const) : []),
  ]
  const { bold } = terminal.styles
  return answers
    .map(([question, lines]) => `${bold(question)}\n${lines.map((line) => `  ${line}`).join('\n')}`)
    .join('\n')
}
