/** Every command, and what a failure looks like to the person in front. */
import { Command, CommanderError } from 'commander'
import { AppError } from '../../graph/errors.ts'
import { version } from '../version.ts'
import { deadLettersCommand } from './commands/dead-letters.ts'
import { demoCommand } from './commands/demo.ts'
import { detectCommand, rebuildCommand } from './commands/detect.ts'
import { configCommand, doctorCommand } from './commands/doctor.ts'
import { explainCommand } from './commands/explain.ts'
import { auditCommand } from './commands/feed/audit.ts'
import { changesCommand } from './commands/feed/changes.ts'
import { tripwiresCommand } from './commands/feed/tripwires.ts'
import { webhooksCommand } from './commands/feed/webhooks.ts'
import { ingestCommand, labelCommand } from './commands/ingest.ts'
import { keysCommand } from './commands/keys.ts'
import { modelsCommand, retrainCommand } from './commands/models.ts'
import { rangeCommand } from './commands/range.ts'
import { accountCommand } from './commands/rings/account.ts'
import { assertCommand } from './commands/rings/assert.ts'
import { assignCommand } from './commands/rings/assign.ts'
import { briefCommand } from './commands/rings/brief.ts'
import { decideCommand, decisionsCommand } from './commands/rings/decide.ts'
import { graphCommand } from './commands/rings/graph.ts'
import { identifiersCommand, searchCommand } from './commands/rings/identifiers.ts'
import { lineageCommand } from './commands/rings/lineage.ts'
import { queueCommand } from './commands/rings/queue.ts'
import { receiptCommand } from './commands/rings/receipt.ts'
import { membersCommand, ringsCommand } from './commands/rings/rings.ts'
import { serveCommand } from './commands/serve.ts'
import { migrateCommand, workCommand } from './commands/work.ts'
import { examples } from './options.ts'
import { terminal } from './terminal.ts'

export const commands = [
  demoCommand,
  serveCommand,
  workCommand,
  ingestCommand,
  labelCommand,
  detectCommand,
  ringsCommand,
  membersCommand,
  accountCommand,
  identifiersCommand,
  searchCommand,
  briefCommand,
  graphCommand,
  lineageCommand,
  changesCommand,
  tripwiresCommand,
  webhooksCommand,
  auditCommand,
  decideCommand,
  decisionsCommand,
  assertCommand,
  assignCommand,
  receiptCommand,
  queueCommand,
  explainCommand,
  retrainCommand,
  modelsCommand,
  keysCommand,
  deadLettersCommand,
  rebuildCommand,
  migrateCommand,
  doctorCommand,
  configCommand,
  rangeCommand,
]

/** Exit codes, as `ringleader --help` tells them. */
const exit = { done: 0, failed: 1, usage: 2 } as const

/** Runs one command line; the exit code. */
export async function run(argv: readonly string[]): Promise<number> {
  const program = new Command('ringleader')
    .description(
      'Links accounts that share devices, IPs and payment instruments, and explains the rings among them.',
    )
    .version(version)
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .addHelpText(
      'after',
      `${examples([
        ['demo', 'make a small world, find its rings, serve them'],
        ['ingest events.ndjson && ringleader detect && ringleader rings', 'your own data'],
      ])}\nExit codes: 0 done, 1 failed, 2 wrong usage or input, 3 lines were rejected (ingest --strict).\nSettings: ringleader config print.\n`,
    )
  for (const add of commands) add(program)
  // Whoever reads our output may stop early, as head does; then there is nothing left to say.
  process.stdout.on('error', () => process.exit(exit.done))
  try {
    await program.parseAsync(argv)
    return Number(process.exitCode ?? exit.done)
  } catch (error) {
    return report(error)
  }
}

function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exit.done : exit.usage
  if (error instanceof AppError) {
    terminal.note(`${terminal.styles.red('error')} ${error.message} (${error.code})`)
    return isUsage(error) ? exit.usage : exit.failed
  }
  terminal.note(
    `${terminal.styles.red('error')} ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
  )
  terminal.note('This is a fault of the program: please report it with the lines above.')
  return exit.failed
}

const isUsage = ({ code }: AppError): boolean =>
  [
    'invalid_input',
    'config_invalid',
    'mapping_invalid',
    'account_not_found',
    'ring_not_found',
    'not_found',
  ].includes(code)
