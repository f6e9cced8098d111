/** `ringleader rings` and `ringleader members`: what was published. */
import { type Command, Option } from 'commander'
import { AppError } from '../../../../graph/errors.ts'
import type { ReadingStore } from '../../../../graph/ports.ts'
import { type Ring, type RingClass, ringClasses } from '../../../../graph/ring.ts'
import { openReadingStore } from '../../../compose.ts'
import { memberView, ringView } from '../../../views/rings.ts'
import {
  type CommonOptions,
  configFrom,
  examples,
  probability,
  wholeNumber,
  withCommon,
} from '../../options.ts'
import { memberTable, ringTable } from '../../ring-table.ts'
import { terminal } from '../../terminal.ts'

interface RingsOptions extends CommonOptions {
  readonly class?: RingClass
  readonly minRisk?: number
  readonly minSize?: number
  readonly owner?: string
  readonly limit?: number
}

const shownDefault = 20

export function ringsCommand(program: Command): void {
  withCommon(program.command('rings'))
    .description('List the rings that were published, riskiest first.')
    .addOption(new Option('--class <name>', 'only rings of this class').choices(ringClasses))
    .option('--min-risk <probability>', 'only rings of at least this risk', probability)
    .option('--min-size <accounts>', 'only rings of at least this size', wholeNumber)
    .option('--owner <name>', 'only rings that somebody looks after')
    .option('--limit <n>', `at most so many (default: ${shownDefault}; all with --json)`, wholeNumber)
    .addHelpText(
      'after',
      examples([
        ['rings --min-risk 0.5', 'the suspicious ones'],
        ['rings --class benign_shared', 'households, workplaces and kiosks'],
        ['rings --json', 'all of them, for programs'],
      ]),
    )
    .action(async (options: RingsOptions) => {
      await using store = await openReadingStore(configFrom(options))
      const run = await store.published()
      const { class: ringClass, minRisk, minSize, owner } = options
      const limit = options.limit ?? (options.json ? undefined : shownDefault)
      const rings = await store.rings({
        status: 'active',
        ...(ringClass && { class: ringClass }),
        ...(minRisk !== undefined && { minRisk }),
        ...(minSize !== undefined && { minSize }),
        ...(owner !== undefined && { owner }),
        ...(limit !== undefined && { limit }),
      })
      if (options.json) for (const ring of rings) terminal.json(ringView(ring))
      else terminal.print(describe(rings, run?.rings))
    })
}

function describe(rings: readonly Ring[], published: number | undefined): string {
  if (published === undefined) return 'Nothing was detected yet: run ringleader detect'
  if (rings.length === 0) return `None of the ${published} rings is like that.`
  const more =
    published > rings.length ? `\n  ${rings.length} of ${published} rings; --limit N shows more` : ''
  return ringTable(rings, terminal) + terminal.styles.dim(more)
}

export function membersCommand(program: Command): void {
  withCommon(program.command('members'))
    .description('List the accounts in rings, with their roles and both figures.')
    .argument('[ring]', 'only this ring')
    .addHelpText(
      'after',
      examples([
        ['members ring_1_0abc', 'who is in it'],
        ['members --json', 'every linked account, one a line'],
      ]),
    )
    .action(async (id: string | undefined, options: CommonOptions) => {
      await using store = await openReadingStore(configFrom(options))
      const rings = id === undefined ? await store.rings({ status: 'active' }) : [await oneRing(store, id)]
      const rows = rings.flatMap((ring) => ring.members.map((member) => ({ ring, member })))
      if (options.json) for (const { ring, member } of rows) terminal.json(memberView(ring, member))
      else terminal.print(rows.length > 0 ? memberTable(rows, terminal) : 'No account is in a ring.')
    })
}

/** Throws `ring_not_found`. */
export async function oneRing(store: Pick<ReadingStore, 'ring'>, id: string): Promise<Ring> {
  const ring = await store.ring(id)
  if (!ring) throw new AppError('ring_not_found', `There is no ring ${id}: see ringleader rings`)
  return ring
}
