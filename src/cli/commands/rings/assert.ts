/** `ringleader assert`: what people hold to be true of accounts and identifiers. */
import { userInfo } from 'node:os'
import { type Command, Option } from 'commander'
import { kindWord } from '../../../../graph/explain/words.ts'
import { type Role, roles } from '../../../../graph/ring.ts'
import { type AssertionKind, makeAssertion, newestFirst, retractAssertion } from '../../../assertions.ts'
import { openReadingStore, openWriting } from '../../../compose.ts'
import { readExpiry } from '../../../expiry.ts'
import { readPolicy } from '../../../policy.ts'
import { type AssertionView, assertionView, type MadeView, madeView } from '../../../views/assertions.ts'
import {
  type CommonOptions,
  configFrom,
  examples,
  type WritingOptions,
  withCommon,
  withWriting,
} from '../../options.ts'
import { remoteFrom } from '../../remote.ts'
import { table } from '../../table.ts'
import { terminal } from '../../terminal.ts'

interface MakeOptions extends WritingOptions {
  readonly reason: string
  readonly expires?: string
  readonly role?: Role
}

interface KindOfCommand {
  readonly kind: AssertionKind
  readonly what: string
  readonly subjects: string
  readonly example: string
}

const kinds: readonly KindOfCommand[] = [
  {
    kind: 'same_actor',
    what: 'One actor is behind these accounts: they are linked, though they share nothing.',
    subjects: '<accounts...>',
    example: 'assert same-actor acct_1 acct_2 --reason "one face on both papers"',
  },
  {
    kind: 'not_the_same',
    what: 'These accounts are not the same: they are never linked to each other.',
    subjects: '<accounts...>',
    example: 'assert not-the-same acct_1 acct_2 --reason "twins, both called" --expires 2027-01-01',
  },
  {
    kind: 'household',
    what: 'These accounts are a household: a group of which they are half is benign.',
    subjects: '<accounts...>',
    example: 'assert household acct_1 acct_2 acct_3 --reason "a family, asked by phone"',
  },
  {
    kind: 'role',
    what: 'What these accounts are in their rings.',
    subjects: '<accounts...>',
    example: 'assert role acct_1 --role victim --reason "called us, card stolen"',
  },
  {
    kind: 'shared_by_design',
    what: 'Strangers share these identifiers by design: they are evidence of nothing. What follows from a value, as a network from an address, is an identifier of its own: the answer lists it.',
    subjects: '<identifiers...>',
    example: 'assert shared-by-design device:9f86d0818 --reason "the tablet of our shop"',
  },
]

export function assertCommand(program: Command): void {
  const assert = program
    .command('assert')
    .description('Say what is true of accounts or of an identifier. Every later run obeys.')
  for (const { kind, what, subjects, example } of kinds) {
    const made = withWriting(assert.command(kind.replaceAll('_', '-')))
      .description(what)
      .argument(
        subjects,
        subjects.includes('identifier') ? 'kind:ref, as explain --json shows it' : 'their ids',
      )
      .requiredOption('--reason <text>', 'why you think so')
      .option('--expires <date>', 'stands for days of data before this one, like 2027-01-31')
      .addHelpText('after', examples([[example, 'the next run obeys']]))
    if (kind === 'role')
      made.addOption(new Option('--role <role>', 'which').choices(roles).makeOptionMandatory())
    made.action((given: readonly string[], options: MakeOptions) => make(kind, given, options))
  }
  withCommon(assert.command('list'))
    .description('List what stands, newest first.')
    .option('--all', 'those too that were taken back or expired')
    .addHelpText('after', examples([['assert list --all', 'who said what, and why']]))
    .action(list)
  withWriting(assert.command('retract'))
    .description('Take an assertion back; it stays on record.')
    .argument('<id>', 'as assert list shows it')
    .addHelpText('after', examples([['assert retract ast_0123456789abcdef01234567', 'counts no longer']]))
    .action(retract)
}

async function make(
  kind: AssertionKind,
  subjects: readonly string[],
  { reason, expires, role, ...options }: MakeOptions,
): Promise<void> {
  const expiresAt = expires === undefined ? undefined : readExpiry(expires)
  const said = { kind, subjects, reason, ...(role !== undefined && { role }) }
  const remote = remoteFrom(options)
  const made = remote
    ? await remote.post<Made>('/v1/assertions', {
        ...said,
        ...(expiresAt !== undefined && { expiresAt: new Date(expiresAt).toISOString() }),
      })
    : await makeHere({ ...said, ...(expiresAt !== undefined && { expiresAt }) }, options)
  if (options.json) return terminal.json(made)
  const done = made.isNew ? `${made.id}: ${wordOf(made)}.` : `${made.id} stood already: ${wordOf(made)}.`
  terminal.print(`${done} The next run obeys. To see it now: ringleader detect${facetsText(made)}`)
}

/** What follows from the values, and still counts. */
function facetsText(made: Made): string {
  const left = 'facets' in made ? made.facets.filter(({ sharedByDesign }) => !sharedByDesign) : []
  if (left.length === 0) return ''
  const rows = left.map(({ kind, ref, mask, accounts }) => {
    const name = [kindWord(kind), mask].filter(Boolean).join(' ')
    return `\n  ${kind}:${ref}  ${name}, ${accounts} accounts`
  })
  return `\nWhat follows from it still counts; assert it too, where strangers share it:${rows.join('')}`
}

type Made = MadeView & { readonly isNew: boolean }
type Said = Omit<Parameters<typeof makeAssertion>[1], 'author' | 'at'>

async function makeHere(said: Said, options: WritingOptions): Promise<Made> {
  const config = configFrom(options)
  const { registry } = readPolicy(config.policyFile)
  await using writing = await openWriting(config)
  const { store } = writing
  const order = { ...said, author: userInfo().username, at: Date.now() }
  const { assertion, isNew } = await makeAssertion(store, order)
  return { ...(await madeView(store, assertion, (kind) => registry.get(kind))), isNew }
}

const wordOf = ({ kind, role }: AssertionView): string => (role ?? kind).replaceAll('_', ' ')

async function list({ all, ...options }: CommonOptions & { readonly all?: true }): Promise<void> {
  await using store = await openReadingStore(configFrom(options))
  const asOf = (await store.published())?.asOf
  const rows = (await store.assertions())
    .toSorted(newestFirst)
    .map((one) => assertionView(one, asOf))
    .filter(({ stands }) => all || stands)
  if (options.json) {
    for (const row of rows) terminal.json(row)
    return
  }
  if (rows.length === 0) return terminal.print('Nothing is asserted.')
  terminal.print(
    table(
      rows,
      [
        { title: 'ID', text: ({ id }) => id },
        { title: 'SAYS', text: wordOf },
        { title: 'OF', text: ({ subjects }) => subjects.join(', ') },
        { title: 'STANDS', text: standsWord },
        { title: 'WHO', text: ({ author }) => author },
        { title: 'WHY', text: ({ reason }) => reason },
      ],
      terminal.styles.dim,
    ),
  )
}

function standsWord({ stands, retractedAt, expiresAt }: AssertionView): string {
  if (retractedAt !== null) return 'taken back'
  if (!stands) return 'expired'
  return expiresAt === null ? 'yes' : `until ${expiresAt.slice(0, 10)}`
}

async function retract(id: string, options: WritingOptions): Promise<void> {
  const remote = remoteFrom(options)
  const made = remote
    ? await remote.delete<AssertionView>(`/v1/assertions/${encodeURIComponent(id)}`)
    : await retractHere(id, options)
  if (options.json) terminal.json(made)
  else terminal.print(`${made.id}: taken back. The next run obeys. To see it now: ringleader detect`)
}

async function retractHere(id: string, options: WritingOptions): Promise<AssertionView> {
  await using writing = await openWriting(configFrom(options))
  const { store } = writing
  const retracted = await retractAssertion(store, id, { at: Date.now(), by: userInfo().username })
  return assertionView(retracted, (await store.published())?.asOf)
}
