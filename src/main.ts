/** The program `ringleader`. */
import { run } from './cli/program.ts'

/** Long enough for what ends by itself. */
const leaveMs = 1_000

process.exitCode = await run(process.argv)
// A server that takes a connection and never says a word would keep the process for ever. Output is written first.
process.stdout.write('', () => setTimeout(() => process.exit(), leaveMs).unref())
