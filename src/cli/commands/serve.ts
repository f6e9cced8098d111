/** `ringleader serve`: the API, and detection by itself. */
import type { Command } from 'commander'
import { serve, stopRequested } from '../../serve.ts'
import { createLog } from '../../telemetry/log.ts'
import { type CommonOptions, configFrom, examples, port as portNumber, withCommon } from '../options.ts'
import { terminal } from '../terminal.ts'

interface ServeOptions extends CommonOptions {
  readonly port?: number
  readonly host?: string
}

export function serveCommand(program: Command): void {
  withCommon(program.command('serve'))
    .description('Serve the API, and find rings by itself as events come in.')
    .option('--port <port>', 'port to listen on; 0 takes a free one', portNumber)
    .option('--host <address>', 'address to listen on (default: 127.0.0.1)')
    .addHelpText('after', examples([['serve --port 7373', 'until it is stopped with Ctrl+C or SIGTERM']]))
    .action(async ({ port, host, json, ...options }: ServeOptions) => {
      const config = configFrom(options, { port, host })
      await using server = await serve(config, createLog(config.logLevel))
      if (json) terminal.json({ url: server.url })
      else terminal.print(`Serving ${server.url} (OpenAPI at ${server.url}/openapi.json)`)
      await stopRequested()
    })
}
