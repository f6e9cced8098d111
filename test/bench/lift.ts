/** Real data with little truth: how much more often than others accounts are flagged whose ring holds a flagged one. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { linkAccounts } from '../../graph/detect.ts'
import { baselines } from '../../range/baselines/catalogue.ts'
import { baselineInput } from '../../src/cli/board/baseline-input.ts'
import { memoryState } from '../../src/cli/board/memory-state.ts'
import { publishedBy } from '../../src/cli/board/run-world.ts'
import { parseMapping } from '../../src/sources/mapping.ts'
import { admittedFrom, testBorder } from '../support/admitted.ts'

const data = join(import.meta.dirname, '../../../shared/data/p2p')
const files = { HAS_CC: 'cards', USED: 'devices', P2P: 'transfers', REFERRED: 'referrals', User: 'users' }

export interface Lift {
  readonly method: string
  readonly rings: number
  readonly members: number
  /** How much more often than all accounts members are flagged. */
  readonly ofMembers: number
  /** The same of accounts that share a ring with another flagged one. */
  readonly ofRingMates: number
}

/** Peer-to-peer payments (SOURCE.txt beside the data); rings from structure alone. `undefined` without the data. */
export async function benchLift(): Promise<readonly Lift[] | undefined> {
  if (!existsSync(data)) return undefined
  const border = await testBorder()
  const { events, labels } = await admittedFrom(
    Object.entries(files).map(([file, map]) => {
      const text = readFileSync(join(import.meta.dirname, `../../examples/p2p/${map}.yaml`), 'utf8')
      const mapping = parseMapping(text, map)
      return { file: join(data, `${file}.csv.gz`), stream: mapping.stream, mapping }
    }),
    border,
  )
  const kindOf = (kind: string) => border.registry.get(kind)
  const state = memoryState()
  state.record(events)
  const { table, pairs, grouping } = await linkAccounts(state, {
    kindOf,
    method: 'cpm-leiden',
    onProgress: () => {},
  })
  const flagged = new Set(labels.flatMap(({ account, label }) => (label === 'fraud' ? [account] : [])))
  const accounts = table.facts.length
  const input = baselineInput(table, pairs, new Set(border.registry.accepted()))
  const ours = publishedBy({ communityOf: grouping.labels, flagged: new Uint8Array(accounts) }, input)
  return [
    liftOf('Ringleader, linking alone', ours, { flagged, accounts }),
    ...baselines
      .filter(({ name }) => name !== 'boosted-trees')
      .map((baseline) =>
        liftOf(
          baseline.title,
          publishedBy(baseline.find(input), input).filter(({ role }) => role === 'core'),
          { flagged, accounts },
        ),
      ),
  ]
}

function liftOf(
  method: string,
  rows: readonly { readonly account: string; readonly ring: string }[],
  { flagged, accounts }: { flagged: ReadonlySet<string>; accounts: number },
): Lift {
  const base = flagged.size / accounts
  const rings = [...Map.groupBy(rows, ({ ring }) => ring).values()].filter(({ length }) => length > 2)
  const members = rings.flat()
  const mates = rings.flatMap((ring) => {
    const count = ring.filter(({ account }) => flagged.has(account)).length
    return ring.filter(({ account }) => count > (flagged.has(account) ? 1 : 0))
  })
  const liftAmong = (some: readonly { readonly account: string }[]): number =>
    some.length === 0 ? 0 : some.filter(({ account }) => flagged.has(account)).length / some.length / base
  return {
    method,
    rings: rings.length,
    members: members.length,
    ofMembers: liftAmong(members),
    ofRingMates: liftAmong(mates),
  }
}
