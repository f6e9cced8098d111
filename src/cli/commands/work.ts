/** `ringleader work` and `ringleader migrate`: the production profile's other processes. */
import type { Command } from 'commander'
import { migrate } from '../../compose.ts'
import { stopRequested, work } from '../../serve.ts'
import { createLog } from '../../telemetry/log.ts'
import { type CommonOptions, configFrom, examples, port as portNumber, withCommon } from '../options.ts'
import { terminal } from '../terminal.ts'

interface WorkOptions extends CommonOptions {
  readonly metricsPort?: number
}

export function workCommand(program: Command): void {
  withCommon(program.command('work'))
    .description('Join events and find rings, beside ringleader serve: one of as many as you like.')
    .option('--metrics-port <port>', 'port of its health and metrics; 0 takes a free one', portNumber)
    .addHelpText(
      'after',
      examples([
        [
          'work --neo4j bolt://127.0.0.1:7687 --redis redis://127.0.0.1:6379',
          'until it is stopped with Ctrl+C or SIGTERM; what runs is ended first',
        ],
      ]),
    )
    .action(async ({ metricsPort, json, ...options }: WorkOptions) => {
      const config = configFrom(options, { metricsPort })
      await using worker = await work(config, createLog(config.logLevel))
      if (json) terminal.json({ url: worker.url })
      else terminal.print(`Working; health and metrics at ${worker.url}`)
      await stopRequested()
    })
}

export function migrateCommand(program: Command): void {
  withCommon(program.command('migrate'))
    .description(
      'Bring the stored data’s schema up to date. Serve, work and every writing command do so too.',
    )
    .addHelpText('after', examples([['migrate --neo4j bolt://127.0.0.1:7687', 'constraints and indexes']]))
    .action(async ({ json, ...options }: CommonOptions) => {
      const made = await migrate(configFrom(options))
      if (json) terminal.json({ made })
      else terminal.print(made.length === 0 ? 'Nothing was missing.' : `Made ${made.join(', ')}.`)
    })
}
