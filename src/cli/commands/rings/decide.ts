/** `ringleader decide` and `ringleader decisions`: verdicts of people on rings. */
import { userInfo } from 'node:os'
import { Argument, type Command } from 'commander'
import { AppError } from '../../../../graph/errors.ts'
import { type Decision, type Verdict, verdicts } from '../../../../graph/ring.ts'
import { openReadingStore, openWriting } from '../../../compose.ts'
import { decideOn, decisionsOn, retractDecision } from '../../../decisions.ts'
import { readExpiry } from '../../../expiry.ts'
import { type DecisionView, decisionView } from '../../../views/decisions.ts'
import { evidenceIn } from '../../looking.ts'
import {
  type CommonOptions,
  configFrom,
  examples,
  type WritingOptions,
  withCommon,
  withWriting,
} from '../../options.ts'
import { type Remote, remoteFrom } from '../../remote.ts'
import { table } from '../../table.ts'
import { terminal } from '../../terminal.ts'
import { oneRing } from './rings.ts'

const words = [...verdicts, 'retract'] as const

interface DecideOptions extends WritingOptions {
  readonly reason?: string
  readonly expires?: string
}

export function decideCommand(program: Command): void {
  withWriting(program.command('decide'))
    .description('Confirm a ring, find it benign, or take that back. Every later run obeys.')
    .argument('<ring>', 'id of an active ring')
    .addArgument(new Argument('<verdict>', 'what you found').choices(words))
    .option('--reason <text>', 'why; needed for a verdict')
    .option('--expires <date>', 'stands for days of data before this one, like 2027-01-31')
    .addHelpText(
      'after',
      examples([
        [
          'decide ring_1_0abc benign --reason "a family, asked by phone"',
          'never a fraud ring again, while it is them',
        ],
        [
          'decide ring_1_0abc confirm --reason "one face on all papers"',
          'a fraud ring, whatever models doubt',
        ],
        ['decide ring_1_0abc retract', 'take the newest verdict on it back'],
      ]),
    )
    .action(decide)
}

async function decide(ring: string, verdict: Verdict | 'retract', options: DecideOptions): Promise<void> {
  const { reason, expires } = options
  if (verdict !== 'retract' && reason === undefined)
    throw new AppError('invalid_input', 'A verdict needs a reason: --reason "why you think so"')
  const remote = remoteFrom(options)
  const expiresAt = expires === undefined ? undefined : readExpiry(expires)
  const order = { ring, verdict, reason: reason ?? '', ...(expiresAt !== undefined && { expiresAt }) }
  const made = remote ? await decideThere(remote, order) : await decideHere(order, options)
  if (options.json) return terminal.json(made)
  const done = made.retractedAt === null ? `${made.ring}: ${made.verdict}.` : `${made.ring}: taken back.`
  terminal.print(`${done} The next run obeys. To see it now: ringleader detect`)
}

interface Order {
  readonly ring: string
  readonly verdict: Verdict | 'retract'
  readonly reason: string
  readonly expiresAt?: number
}

async function decideThere(
  remote: Remote,
  { ring, verdict, reason, expiresAt }: Order,
): Promise<DecisionView> {
  const path = `/v1/rings/${encodeURIComponent(ring)}/decisions`
  if (verdict !== 'retract') {
    const until = expiresAt !== undefined && { expiresAt: new Date(expiresAt).toISOString() }
    return await remote.post<DecisionView>(path, { verdict, reason, ...until })
  }
  const { items } = await remote.get<{ items: readonly DecisionView[] }>(path)
  const standing = items.find((one) => one.ring === ring && one.retractedAt === null)
  if (!standing) throw nothingToRetract(ring)
  return await remote.delete<DecisionView>(`${path}/${standing.id}`)
}

async function decideHere(
  { ring: id, verdict, reason, ...expiry }: Order,
  options: WritingOptions,
): Promise<DecisionView> {
  await using writing = await openWriting(configFrom(options))
  const { store, border } = writing
  const ring = await oneRing(store, id)
  const at = Date.now()
  if (verdict !== 'retract') {
    const author = userInfo().username
    const { options: evidence } = await evidenceIn(store, (kind) => border.registry.get(kind))
    return decisionView(
      await decideOn({ store, evidence }, { ring, verdict, reason, author, at, ...expiry }),
      ring,
    )
  }
  const standing = (await decisionsOn(store, ring)).find((one) => isStanding(one, id))
  if (!standing) throw nothingToRetract(id)
  return decisionView(
    await retractDecision(store, { ring: id, id: standing.id, at, by: userInfo().username }),
    ring,
  )
}

const isStanding = ({ ring, retractedAt }: Decision, id: string): boolean =>
  ring === id && retractedAt === undefined

const nothingToRetract = (ring: string): AppError =>
  new AppError('not_found', `No verdict stands on ${ring}: see ringleader decisions ${ring}`)

export function decisionsCommand(program: Command): void {
  withCommon(program.command('decisions'))
    .description('List what people decided on a ring, newest first, and whether it still holds.')
    .argument('<ring>', 'id of a ring, absorbed and dissolved ones too')
    .addHelpText('after', examples([['decisions ring_1_0abc', 'who said what, and why']]))
    .action(listDecisions)
}

async function listDecisions(id: string, options: CommonOptions): Promise<void> {
  await using store = await openReadingStore(configFrom(options))
  const ring = await oneRing(store, id)
  const asOf = (await store.published())?.asOf ?? -Infinity
  const rows = (await decisionsOn(store, ring)).map((one) => decisionView(one, ring))
  if (options.json) {
    for (const row of rows) terminal.json(row)
    return
  }
  if (rows.length === 0) return terminal.print('Nobody decided on it yet.')
  terminal.print(
    table(
      rows,
      [
        { title: 'AT', text: ({ at }) => at.slice(0, 16).replace('T', ' ') },
        { title: 'WHO', text: ({ author }) => author },
        { title: 'VERDICT', text: ({ verdict }) => verdict },
        { title: 'STANDS', text: (row) => standsWord(row, asOf) },
        { title: 'WHY', text: ({ reason }) => reason },
      ],
      terminal.styles.dim,
    ),
  )
}

function standsWord({ holds, retractedAt, expiresAt }: DecisionView, asOf: number): string {
  if (retractedAt !== null) return 'taken back'
  if (expiresAt !== null && Date.parse(expiresAt) <= asOf) return 'expired'
  if (holds === null) return 'from the next run'
  if (!holds) return 'look again'
  return expiresAt === null ? 'yes' : `until ${expiresAt.slice(0, 10)}`
}
