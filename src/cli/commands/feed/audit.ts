/** `ringleader audit`: who did what, and whether that is still what was written down. */
import type { Command } from 'commander'
import type { AuditHead } from '../../../../graph/audit.ts'
import { AppError } from '../../../../graph/errors.ts'
import { readHead, verifyAudit } from '../../../audit/chain.ts'
import { openReadingStore } from '../../../compose.ts'
import { auditRowView, verifiedView } from '../../../views/audit.ts'
import { type CommonOptions, configFrom, examples, wholeNumber, withCommon } from '../../options.ts'
import { table } from '../../table.ts'
import { terminal } from '../../terminal.ts'

interface ListOptions extends CommonOptions {
  readonly after: number
  readonly limit: number
}
interface VerifyOptions extends CommonOptions {
  readonly head?: AuditHead
}

export function auditCommand(program: Command): void {
  const audit = program
    .command('audit')
    .description('Tell who did what, and prove that nobody altered it since.')
  withCommon(audit.command('list', { isDefault: true }))
    .description('List what was done, oldest first.')
    .option('--after <n>', 'only what came after that row', wholeNumber, 0)
    .option('--limit <n>', 'at most so many', wholeNumber, 100)
    .addHelpText(
      'after',
      examples([
        ['audit', 'verdicts, labels, keys, webhooks, tripwires, models, opened letters'],
        ['audit list --after 812 --json', 'what came since, for programs'],
      ]),
    )
    .action(list)
  withCommon(audit.command('verify'))
    .description('Check every row against the one before it; name the first that is broken.')
    .option('--head <head>', 'a head that you kept elsewhere, as verify printed it', headOf)
    .addHelpText(
      'after',
      examples([
        ['audit verify', 'whether rows were changed, dropped, added or moved'],
        ['audit verify --head 812:9f2c…', 'and whether all was made anew since'],
      ]),
    )
    .action(verify)
}

function headOf(text: string): AuditHead {
  const head = readHead(text)
  if (head) return head
  throw new AppError('invalid_input', '--head must be as audit verify printed it: 812:9f2c...')
}

async function list({ after, limit, ...options }: ListOptions): Promise<void> {
  await using store = await openReadingStore(configFrom(options))
  const rows = (await store.audit({ after, limit })).map(auditRowView)
  if (options.json) {
    for (const row of rows) terminal.json(row)
    return
  }
  terminal.print(
    table(
      rows,
      [
        { title: 'ROW', text: ({ seq }) => String(seq), align: 'right' },
        { title: 'AT', text: ({ at }) => at.slice(0, 16).replace('T', ' ') },
        { title: 'WHO', text: ({ by }) => by },
        { title: 'WHAT', text: ({ action }) => action },
        { title: 'TO', text: ({ subject }) => subject },
        { title: 'WHY', text: ({ reason }) => reason ?? '' },
      ],
      terminal.styles.dim,
    ),
  )
}

async function verify({ head, ...options }: VerifyOptions): Promise<void> {
  await using store = await openReadingStore(configFrom(options))
  const found = verifiedView(await verifyAudit(store, head))
  if (!found.isWhole) process.exitCode = 1
  if (options.json) return terminal.json(found)
  if (found.broken)
    return terminal.note(
      `${terminal.styles.red('error')} Row ${found.broken.seq} is broken: ${found.broken.why}. The ${found.rows} rows before it are good: compare with a backup, and see docs/runbook.md`,
    )
  terminal.print(
    `${found.rows} rows, all as they were written. Keep this elsewhere: ${found.head ?? '(nothing yet)'}`,
  )
}
