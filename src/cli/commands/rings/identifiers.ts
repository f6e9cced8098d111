/** `ringleader identifiers` and `ringleader search`: what accounts share, and finding whatever one has. */
import { userInfo } from 'node:os'
import type { Command } from 'commander'
import { AppError } from '../../../../graph/errors.ts'
import { kindWord } from '../../../../graph/explain/words.ts'
import type { IdentifierKey } from '../../../../graph/model.ts'
import { openReadingBorder, openWriting } from '../../../compose.ts'
import { type Revealed, reveal } from '../../../reveal.ts'
import { soughtKeys } from '../../../sources/sought.ts'
import { foundView } from '../../../views/reads/found.ts'
import { identifierView } from '../../../views/reads/identifier.ts'
import { shortRef } from '../../../views/rings.ts'
import { riskView } from '../../../views/risk.ts'
import { openLooking } from '../../looking.ts'
import { configFrom, examples, type WritingOptions, wholeNumber, withWriting } from '../../options.ts'
import { remoteFrom } from '../../remote.ts'
import { type Column, table } from '../../table.ts'
import { terminal } from '../../terminal.ts'

interface IdentifierOptions extends WritingOptions {
  readonly reveal?: boolean
  readonly reason?: string
  readonly limit: number
}

export function identifiersCommand(program: Command): void {
  withWriting(program.command('identifiers'))
    .description('Show an identifier and who uses it; with --reveal its value, where that is kept.')
    .argument('<kind>', 'such as device or email')
    .argument('<ref>', 'as search, accounts and explanations show it')
    .option('--limit <n>', 'at most so many users', wholeNumber, 200)
    .option('--reveal', 'its value in clear instead; who opened it and why stays in the audit')
    .option('--reason <text>', 'why it is opened; needed with --reveal')
    .addHelpText(
      'after',
      examples([
        ['identifiers device iGpUOJrPVvv_Rl4OvLBzJw', 'who uses it, first come first'],
        ['identifiers email iGpUOJrPVvv_Rl4OvLBzJw --reveal --reason "case 812"', 'its value, if it is kept'],
      ]),
    )
    .action((kind: string, ref: string, options: IdentifierOptions) =>
      options.reveal ? showValue({ kind, ref }, options) : showIdentifier({ kind, ref }, options),
    )
}

type IdentifierPage = NonNullable<Awaited<ReturnType<typeof identifierView>>>

const pathOf = ({ kind, ref }: IdentifierKey): string =>
  `/v1/identifiers/${encodeURIComponent(kind)}/${encodeURIComponent(ref)}`

async function showIdentifier(key: IdentifierKey, { limit, ...options }: IdentifierOptions): Promise<void> {
  const remote = remoteFrom(options)
  const page = remote
    ? await remote.get<IdentifierPage>(`${pathOf(key)}?limit=${limit}`)
    : await identifierHere(key, { limit, ...options })
  if (options.json) terminal.json(page)
  else terminal.print(identifierText(page))
}

async function identifierHere(
  key: IdentifierKey,
  { limit, ...options }: IdentifierOptions,
): Promise<IdentifierPage> {
  await using looking = await openLooking(options)
  const page = await identifierView(looking.store, key, { ...looking.options, limit })
  if (page) return page
  throw new AppError('not_found', 'Nobody used such an identifier: see ringleader search')
}

function identifierText(page: IdentifierPage): string {
  const { bold, dim } = terminal.styles
  const { kind, mask, ref, accounts, crowding, facets, users, truncated } = page
  const rows = table(
    users,
    [
      { title: '  ACCOUNT', text: ({ account }) => `  ${account}` },
      { title: 'DAYS', text: ({ days }) => String(days), align: 'right' },
      { title: 'FIRST SEEN', text: ({ firstSeen }) => firstSeen.slice(0, 10) },
      { title: 'LAST SEEN', text: ({ lastSeen }) => lastSeen.slice(0, 10) },
    ],
    dim,
  )
  const more = truncated ? dim('\n  there are more') : ''
  const title = `${bold(`${kindWord(kind)} ${mask || shortRef(ref)}`)}  ${accounts} accounts, ${crowding}`
  return `${[title, ...facets.map(facetText)].join('\n')}\n${rows}${more}`
}

const facetText = ({ kind, ref, mask, accounts, sharedByDesign }: IdentifierPage['facets'][number]): string =>
  `  of ${kindWord(kind)} ${mask || shortRef(ref)} (${kind}:${ref}), ${accounts} accounts${sharedByDesign ? ', shared by design' : ''}`

async function showValue(key: IdentifierKey, { reason, ...options }: IdentifierOptions): Promise<void> {
  if (reason === undefined)
    throw new AppError('invalid_input', '--reveal needs --reason: it stays in the audit beside your name')
  const remote = remoteFrom(options)
  const opened = remote
    ? await remote.post<Revealed>(`${pathOf(key)}/reveal`, { reason })
    : await revealHere(key, { reason, ...options })
  if (options.json) terminal.json(opened)
  else terminal.print(opened.value)
}

async function revealHere(
  key: IdentifierKey,
  { reason, ...options }: WritingOptions & { readonly reason: string },
): Promise<Revealed> {
  await using writing = await openWriting(configFrom(options))
  const { store, secrets } = writing
  const around = { store, openValue: secrets.openValue }
  return await reveal(around, key, { by: userInfo().username, at: Date.now(), reason })
}

export function searchCommand(program: Command): void {
  withWriting(program.command('search'))
    .description('Find whatever you have: an account, a ring, or the value of an identifier.')
    .argument('<text>', 'an id, or a value such as an address; it is not stored')
    .addHelpText(
      'after',
      examples([
        ['search ada@example.org', 'who uses that address'],
        ['search acct_7 --json', 'all that is known of it, for programs'],
      ]),
    )
    .action(async (given: string, options: WritingOptions) => {
      const text = given.trim()
      const remote = remoteFrom(options)
      const found = remote
        ? await remote.post<Found>('/v1/search', { text })
        : await searchHere(text, options)
      if (options.json) terminal.json(found)
      else terminal.print(foundText(found))
    })
}

type Found = Awaited<ReturnType<typeof searchHere>>
type Brief = Found['identifiers'][number]

async function searchHere(text: string, options: WritingOptions) {
  const keys = soughtKeys(await openReadingBorder(configFrom(options)), text)
  await using looking = await openLooking(options)
  return {
    account: riskView(looking.snapshot, text.normalize('NFC')),
    ...(await foundView(looking.store, { ring: text, keys }, looking.options)),
  }
}

const briefColumns: readonly Column<Brief>[] = [
  { title: 'IDENTIFIER', text: ({ kind, mask, ref }) => `${kindWord(kind)} ${mask || shortRef(ref)}` },
  { title: 'ACCOUNTS', text: ({ accounts }) => String(accounts), align: 'right' },
  { title: 'KIND', text: ({ kind }) => kind },
  { title: 'REF', text: ({ ref }) => ref },
]

function foundText({ account, ring, identifiers }: Found): string {
  const { bold, dim } = terminal.styles
  const lines = [
    ...(account.known ? [`${bold('account')}  see ringleader account ${account.account}`] : []),
    ...(ring ? [`${bold('ring')}  see ringleader brief ${ring.ring}`] : []),
    ...(identifiers.length > 0 ? [table(identifiers, briefColumns, dim)] : []),
  ]
  return lines.length > 0 ? lines.join('\n') : 'Nothing is known by that: ids are exact, capitals too.'
}
