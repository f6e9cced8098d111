/** `ringleader account`: what is known of one account. */
import type { Command } from 'commander'
import { AppError } from '../../../../graph/errors.ts'
import { kindWord, percent } from '../../../../graph/explain/words.ts'
import { accountView } from '../../../views/reads/account.ts'
import { shortRef } from '../../../views/rings.ts'
import { riskView } from '../../../views/risk.ts'
import { openLooking } from '../../looking.ts'
import { type CommonOptions, examples, withCommon } from '../../options.ts'
import { table } from '../../table.ts'
import { terminal } from '../../terminal.ts'

export function accountCommand(program: Command): void {
  withCommon(program.command('account'))
    .description('Show an account: both figures, its ring, what it uses and how many others do.')
    .argument('<account>', 'the customer’s own id of it')
    .addHelpText(
      'after',
      examples([
        ['account acct_7', 'what it uses, most telling first'],
        ['account acct_7 --json', 'all of it, for programs'],
      ]),
    )
    .action(showAccount)
}

async function showAccount(id: string, common: CommonOptions): Promise<void> {
  await using looking = await openLooking(common)
  const [state] = await looking.store.accounts([id.normalize('NFC')])
  if (!state)
    throw new AppError('account_not_found', `No event or label named ${id}: ids are exact, capitals too`)
  const view = {
    ...(await accountView(looking.store, state, looking.options)),
    risk: riskView(looking.snapshot, state.account),
  }
  if (common.json) terminal.json(view)
  else terminal.print(accountText(view))
}

type View = Awaited<ReturnType<typeof accountView>> & { readonly risk: ReturnType<typeof riskView> }

function accountText({ account, createdAt, lastSeen, risk, identifiers, labels }: View): string {
  const { bold, dim } = terminal.styles
  const ring = risk.ring ? `${risk.ring.role} of ${risk.ring.id}` : 'in no ring'
  const days = `created ${createdAt?.slice(0, 10) ?? 'unknown'}, last seen ${lastSeen?.slice(0, 10) ?? 'never'}`
  const said = labels.map(
    ({ label, source, at }) => `  labelled ${label} by ${source} on ${at.slice(0, 10)}\n`,
  )
  const rows = table(
    identifiers,
    [
      {
        title: '  IDENTIFIER',
        text: ({ kind, mask, ref }) => `  ${kindWord(kind)} ${mask || shortRef(ref)}`,
      },
      { title: 'ACCOUNTS', text: ({ accounts }) => String(accounts), align: 'right' },
      {
        title: 'EVIDENCE',
        text: ({ evidence }) => (evidence > 0 ? evidence.toFixed(2) : '-'),
        align: 'right',
      },
      { title: 'FIRST SEEN', text: ({ firstSeen }) => firstSeen.slice(0, 10) },
      { title: 'LAST SEEN', text: ({ lastSeen: last }) => last.slice(0, 10) },
    ],
    dim,
  )
  return [
    `${bold(account)}  risk ${percent(risk.risk)}, taken over ${percent(risk.compromise)}; ${ring}; ${days}\n`,
    ...said,
    rows,
  ].join('')
}
