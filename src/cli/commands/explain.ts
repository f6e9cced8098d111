/** `ringleader explain A B`: why two accounts are linked. */
import type { Command } from 'commander'
import type { Asserted } from '../../../graph/assertions/standing.ts'
import { AppError } from '../../../graph/errors.ts'
import { explainMember } from '../../../graph/explain/member.ts'
import { defaultPathCaps, explainAccounts } from '../../../graph/explain/path.ts'
import { explainRing } from '../../../graph/explain/ring.ts'
import { kindWord } from '../../../graph/explain/words.ts'
import type { ReadingStore } from '../../../graph/ports.ts'
import type { KindLookup } from '../../../graph/projection/entities.ts'
import { nothingPublic, type Publicness } from '../../../graph/projection/publicness.ts'
import type { DetectionRun } from '../../../graph/ring.ts'
import { assertedIn } from '../../assertions.ts'
import { openReadingStore } from '../../compose.ts'
import { readPolicy } from '../../policy.ts'
import { openSnapshot } from '../../snapshot/snapshot.ts'
import { explanationView } from '../../views/explanation.ts'
import { memberExplanationView } from '../../views/member-explanation.ts'
import { ringExplanationView } from '../../views/ring-explanation.ts'
import { shortRef } from '../../views/rings.ts'
import { describeMember, describeRing } from '../explanation-text.ts'
import { type CommonOptions, configFrom, examples, wholeNumber, withCommon } from '../options.ts'
import { table } from '../table.ts'
import { terminal } from '../terminal.ts'

interface ExplainOptions extends CommonOptions {
  readonly maxHops?: number
}

export function explainCommand(program: Command): void {
  withCommon(program.command('explain'))
    .description('Say why a ring is one, why an account is in it, or why two accounts are linked.')
    .argument('<what>', 'a ring, or an account')
    .argument('[account]', 'an account of the ring, or another account')
    .option('--max-hops <n>', `longest path to look for (default: ${defaultPathCaps.hopsMax})`, wholeNumber)
    .addHelpText(
      'after',
      examples([
        ['explain ring_1_0abc', 'what holds a ring together, and what would change without it'],
        ['explain ring_1_0abc acct_7', 'why an account is in the ring'],
        ['explain acct_7 acct_9', 'the evidence between two accounts'],
      ]),
    )
    .action(async (what: string, account: string | undefined, options: ExplainOptions) => {
      if (what === account) throw new AppError('invalid_input', 'These are the same account: name two')
      const config = configFrom(options)
      await using store = await openReadingStore(config)
      const { registry } = readPolicy(config.policyFile)
      const kindOf: KindLookup = (kind) => registry.get(kind)
      const shown = await explained(store, { what, account, kindOf, ...options })
      if (options.json) terminal.json(shown.view)
      else terminal.print(shown.text)
    })
}

interface Question extends ExplainOptions {
  readonly what: string
  readonly account: string | undefined
  readonly kindOf: KindLookup
}

interface LinkQuestion extends Question {
  readonly account: string
  readonly run: DetectionRun | undefined
  readonly publicness: Publicness
  readonly asserted: Asserted
}

interface Shown {
  readonly view: unknown
  readonly text: string
}

/** A ring's id comes first: two accounts are explained where no ring is called like the one. */
async function explained(store: ReadingStore, question: Question): Promise<Shown> {
  const { what, account, kindOf } = question
  const [run, snapshot] = [await store.published(), await store.snapshot()]
  const asserted = await assertedIn(store, run)
  const publicness = snapshot ? openSnapshot(snapshot.bytes).publicness : nothingPublic
  const ring = await store.ring(what)
  if (!ring) {
    if (account === undefined)
      throw new AppError('ring_not_found', `There is no ring ${what}: see ringleader rings`)
    return await explainedLink(store, { ...question, account, run, publicness, asserted })
  }
  if (account === undefined) {
    const view = ringExplanationView(await explainRing(store, ring, { kindOf, run, publicness, asserted }))
    return { view, text: describeRing(view, terminal) }
  }
  const found = await explainMember(store, ring, { kindOf, run, publicness, asserted, account })
  if (!found) throw new AppError('account_not_found', `${account} is not in ${what}: see ringleader members`)
  const view = memberExplanationView(found)
  return { view, text: describeMember(view, terminal) }
}

async function explainedLink(
  store: ReadingStore,
  { what, account, kindOf, run, publicness, asserted, maxHops }: LinkQuestion,
): Promise<Shown> {
  const found = await explainAccounts(store, [what, account], {
    kindOf,
    statistics: run?.statistics,
    publicness,
    asserted,
    caps: { ...defaultPathCaps, ...(maxHops !== undefined && { hopsMax: maxHops }) },
  })
  if ('unknown' in found) {
    throw new AppError('account_not_found', `${found.unknown} is not known: no event named it`)
  }
  const view = explanationView(found)
  return { view, text: describe(view) }
}

type View = ReturnType<typeof explanationView>
type LinkView = View['direct']

function describe(view: View): string {
  const links = view.path.length > 0 ? view.path : [view.direct]
  const cut = view.truncated ? '\n  Limits were met: there may be more, or a better path.' : ''
  return [terminal.styles.bold(view.sentence), ...links.map(describeLink)].join('\n\n') + cut
}

const noteWords = {
  hub: 'too many use it',
  corroborates_only: 'only strengthens a link',
  told_already: 'seen only through a shared device',
  shared_by_design: 'shared by design',
  not_the_same: 'said not to be the same',
  public: 'counts less: its users share little else',
  close: 'counts more: its users share more besides',
  plain: '',
}

const publicity = (factor: number) => (factor < 1 ? 'public' : factor > 1 ? 'close' : 'plain')

function describeLink(link: LinkView): string {
  const head = `  ${link.a} - ${link.b}: ${link.sentence}`
  if (link.shared.length === 0) return head
  const rows = table(
    link.shared,
    [
      {
        title: 'SHARED',
        text: ({ countsAs, mask, ref }) => `${kindWord(countsAs)} ${mask || shortRef(ref)}`,
      },
      { title: 'EVIDENCE', text: ({ evidence }) => `+${evidence.toFixed(2)}`, align: 'right' },
      {
        title: 'SHARE',
        text: ({ share }) => (share > 0 ? `${Math.round(share * 100)} %` : '-'),
        align: 'right',
      },
      { title: 'ACCOUNTS', text: ({ accounts }) => String(accounts), align: 'right' },
      { title: 'APART', text: ({ gapDays }) => (gapDays === 0 ? 'overlapping' : `${gapDays} days`) },
      {
        title: '',
        text: ({ note, publicness = 1, sentence }) =>
          (note === undefined && sentence) || noteWords[note ?? publicity(publicness)],
      },
    ],
    terminal.styles.dim,
  )
  const chance = link.chance.map(({ sentence }) => terminal.styles.dim(`    ${sentence}`))
  return [head, rows.replaceAll(/^/gm, '  '), ...chance].join('\n')
}
