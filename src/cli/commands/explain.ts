/** `ringleader explain A B`: why two accounts are linked. */
import type { Command } from 'commander'
import { AppError } from '../../../graph/errors.ts'
import { defaultPathCaps, explainAccounts } from '../../../graph/explain/path.ts'
import { kindWord } from '../../../graph/explain/words.ts'
import { openReadingStore } from '../../compose.ts'
import { readPolicy } from '../../policy.ts'
import { explanationView } from '../../views/explanation.ts'
import { shortRef } from '../../views/rings.ts'
import { type CommonOptions, configFrom, examples, wholeNumber, withCommon } from '../options.ts'
import { table } from '../table.ts'
import { terminal } from '../terminal.ts'

interface ExplainOptions extends CommonOptions {
  readonly maxHops?: number
}

export function explainCommand(program: Command): void {
  withCommon(program.command('explain'))
    .description('Say why two accounts are linked: what they share, or the best path between them.')
    .argument('<a>', 'an account')
    .argument('<b>', 'another account')
    .option('--max-hops <n>', `longest path to look for (default: ${defaultPathCaps.hopsMax})`, wholeNumber)
    .addHelpText('after', examples([['explain acct_7 acct_9', 'the evidence between two accounts']]))
    .action(async (a: string, b: string, options: ExplainOptions) => {
      if (a === b) throw new AppError('invalid_input', 'These are the same account: name two')
      const config = configFrom(options)
      await using store = await openReadingStore(config)
      const { registry } = readPolicy(config.policyFile)
      const run = await store.published()
      const found = await explainAccounts(store, [a, b], {
        kindOf: (kind) => registry.get(kind),
        statistics: run?.statistics,
        caps: { ...defaultPathCaps, ...(options.maxHops !== undefined && { hopsMax: options.maxHops }) },
      })
      if ('unknown' in found) {
        throw new AppError('account_not_found', `${found.unknown} is not known: no event named it`)
      }
      const view = explanationView(found)
      if (options.json) terminal.json(view)
      else terminal.print(describe(view))
    })
}

type View = ReturnType<typeof explanationView>
type LinkView = View['direct']

function describe(view: View): string {
  const links = view.path.length > 0 ? view.path : [view.direct]
  const cut = view.truncated ? '\n  Limits were met: there may be more, or a better path.' : ''
  return [terminal.styles.bold(view.sentence), ...links.map(describeLink)].join('\n\n') + cut
}

function describeLink(link: LinkView): string {
  const head = `  ${link.a} - ${link.b}: ${link.sentence}`
  if (link.shared.length === 0) return head
  const rows = table(
    link.shared,
    [
      {
        title: 'SHARED',
        text: ({ countsAs, mask, ref }) => `${kindWord(countsAs)} ${mask || shortRef(ref)}`,
      },
      { title: 'EVIDENCE', text: ({ evidence }) => `+${evidence.toFixed(2)}`, align: 'right' },
      {
        title: 'SHARE',
        text: ({ share }) => (share > 0 ? `${Math.round(share * 100)} %` : '-'),
        align: 'right',
      },
      { title: 'ACCOUNTS', text: ({ accounts }) => String(accounts), align: 'right' },
      { title: 'APART', text: ({ gapDays }) => (gapDays === 0 ? 'overlapping' : `${gapDays} days`) },
      {
        title: '',
        text: ({ note }) => (note === 'hub' ? 'too many use it' : note ? 'only strengthens a link' : ''),
      },
    ],
    terminal.styles.dim,
  )
  const chance = link.chance.map(({ sentence }) => terminal.styles.dim(`    ${sentence}`))
  return [head, rows.replaceAll(/^/gm, '  '), ...chance].join('\n')
}
