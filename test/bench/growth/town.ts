/** A town of the range as states in a file, made in a process of its own: `town.ts SEED ACCOUNTS FILE`. */
import { closeSync, openSync } from 'node:fs'
import { shippedKinds } from '../../../graph/identifiers/registry.ts'
import { generateWorld, type WorldCounts } from '../../../range/world.ts'
import { worldBorder } from '../../../src/cli/board/admitted-world.ts'
import { memoryState } from '../../../src/cli/board/memory-state.ts'
import { writeNeighbourhood } from './neighbourhoods.ts'
import { tempo } from './tempo.ts'

/** Accounts that lie in memory together when they are told, as a store reads them. */
const toldAtOnce = 200

async function makeTown(seed: number, accounts: number, file: string): Promise<WorldCounts> {
  const border = await worldBorder(shippedKinds)
  const out = openSync(file, 'w')
  const shown = new Set<string>()
  let state = memoryState()
  const counts = await generateWorld(
    { world: 'town', seed, accounts, tempo },
    {
      async events(lines) {
        state = memoryState()
        state.record(lines.map(border.event))
      },
      async labels(lines) {
        for (const line of lines) state.label(border.label(line))
      },
      async truth() {
        const identifiers = await all(state.scanIdentifiers())
        const fresh = identifiers.filter(({ kind, ref }) => !shown.has(`${kind}:${ref}`))
        for (const { kind, ref } of fresh) shown.add(`${kind}:${ref}`)
        const accounts = await all(state.scanAccounts())
        for (let at = 0; at < accounts.length; at += toldAtOnce)
          writeNeighbourhood(out, {
            accounts: accounts.slice(at, at + toldAtOnce),
            identifiers: at === 0 ? fresh : [],
          })
      },
    },
  )
  closeSync(out)
  return counts
}

async function all<Row>(scan: AsyncIterable<readonly Row[]>): Promise<readonly Row[]> {
  const rows: Row[] = []
  for await (const batch of scan) for (const row of batch) rows.push(row)
  return rows
}

const [seed, accounts, file = ''] = process.argv.slice(2)
console.log(JSON.stringify(await makeTown(Number(seed), Number(accounts), file)))
