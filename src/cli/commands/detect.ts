/** `ringleader detect` and `ringleader rebuild`. */
import { userInfo } from 'node:os'
import type { Command } from 'commander'
import { AppError } from '../../../graph/errors.ts'
import type { DetectionRun } from '../../../graph/ring.ts'
import { stateRebuilt } from '../../audit/acts.ts'
import { detectOnce, openWriting } from '../../compose.ts'
import { iso } from '../../views/times.ts'
import {
  type CommonOptions,
  configFrom,
  examples,
  time,
  type WritingOptions,
  withCommon,
  withWriting,
} from '../options.ts'
import { progressLine } from '../progress.ts'
import { type Remote, remoteFrom } from '../remote.ts'
import { terminal } from '../terminal.ts'

interface DetectCommandOptions extends WritingOptions {
  readonly asOf?: number
  readonly method?: DetectionRun['method']
}

export function detectCommand(program: Command): void {
  withWriting(program.command('detect'))
    .description('Find rings now and publish them. A server does so by itself.')
    .option('--as-of <time>', 'judge as of a later moment than the newest event', time)
    .option('--method <name>', 'cpm-leiden (default) or louvain', method)
    .addHelpText(
      'after',
      examples([
        ['detect', 'find rings in what was ingested'],
        ['detect --method louvain', 'with graphology’s Louvain, to compare'],
      ]),
    )
    .action(async (options: DetectCommandOptions) => {
      const remote = remoteFrom(options)
      if (remote) return detectThere(remote, options)
      const config = configFrom(options)
      await using writing = await openWriting(config)
      await writing.settle()
      if ((await writing.store.progress()).newestAt === undefined) {
        throw new AppError(
          'invalid_input',
          'There are no events to detect in: ringleader ingest FILE comes first',
        )
      }
      using progress = progressLine(terminal, 'detect')
      const { run, changes } = await detectOnce(config, writing.store, {
        onProgress: ({ step, done, of }) => progress.update(done, of, step),
        ...(options.asOf !== undefined && { asOf: options.asOf }),
        ...(options.method !== undefined && { method: options.method }),
      })
      const { statistics: _, ...figures } = run
      const facts = {
        ...figures,
        asOf: iso(run.asOf),
        publishedAt: iso(run.publishedAt),
        changes: changes.length,
      }
      if (options.json) terminal.json(facts)
      else
        terminal.print(
          `Run ${run.version}: ${run.rings} rings among ${run.accounts} accounts and ${run.links} links, ${changes.length} ${changes.length === 1 ? 'change' : 'changes'}, in ${(run.tookMs / 1_000).toFixed(1)} s`,
        )
    })
}

function method(text: string): DetectionRun['method'] {
  if (text === 'cpm-leiden' || text === 'louvain') return text
  throw new AppError('invalid_input', `${text} is no method: use cpm-leiden or louvain`)
}

const pollMs = 200
const waitMaxMs = 120_000

async function detectThere(remote: Remote, { json }: DetectCommandOptions): Promise<void> {
  const before = await remote.get<{ run: number }>('/readyz')
  await remote.post('/v1/runs', {})
  const until = performance.now() + waitMaxMs
  for (let now = before; performance.now() < until; now = await remote.get('/readyz')) {
    if (now.run > before.run) {
      if (json) terminal.json({ version: now.run })
      else terminal.print(`The server published run ${now.run}`)
      return
    }
    await new Promise((resolve) => setTimeout(resolve, pollMs))
  }
  terminal.note('The server published nothing new: nothing may have changed since its last run')
}

export function rebuildCommand(program: Command): void {
  withCommon(program.command('rebuild'))
    .description('Make the state again from the event log alone, and print its digest.')
    .addHelpText('after', examples([['rebuild', 'the digest must be what it was']]))
    .action(async (options: CommonOptions) => {
      await using writing = await openWriting(configFrom(options))
      const { store, rebuild, settle } = writing
      if (!rebuild) {
        throw new AppError(
          'no_event_log',
          'rebuild reads the event log, which only the embedded profile keeps',
        )
      }
      await settle()
      const before = await store.digest()
      using progress = progressLine(terminal, 'rebuild')
      await rebuild((done, of) => progress.update(done, of))
      const after = await store.digest()
      await store.noteAct(stateRebuilt(after.digest, { by: userInfo().username, at: Date.now() }))
      const same = before.digest === after.digest
      if (options.json) terminal.json({ ...after, before: before.digest, same })
      else
        terminal.print(`${after.digest}\n${same ? 'The same as before.' : `Before it was ${before.digest}.`}`)
      if (!same) throw new AppError('conflict', 'The state was not what the log makes of it; it is now')
    })
}
