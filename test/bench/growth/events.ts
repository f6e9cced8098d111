/** A town of the range as lines of events in a file: `events.ts SEED ACCOUNTS FILE`. */
import { closeSync, openSync, writeSync } from 'node:fs'
import { generateWorld, type WorldCounts } from '../../../range/world.ts'
import { tempo } from './tempo.ts'

async function writeTown(seed: number, accounts: number, file: string): Promise<WorldCounts> {
  const out = openSync(file, 'w')
  const counts = await generateWorld(
    { world: 'town', seed, accounts, tempo },
    {
      async events(lines) {
        writeSync(out, lines.map((line) => `${line}\n`).join(''))
      },
      async labels() {},
      async truth() {},
    },
  )
  closeSync(out)
  return counts
}

const [seed, accounts, file = ''] = process.argv.slice(2)
console.log(JSON.stringify(await writeTown(Number(seed), Number(accounts), file)))
