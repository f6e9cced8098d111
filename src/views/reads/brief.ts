/** A ring in six questions, always in this order, for whoever has to decide on it. */

import { leadWords } from '../../../graph/explain/headline.ts'
import { moneyOf, moneyWords } from '../../../graph/explain/picture/money.ts'
import { pairEvidence, type Weighing } from '../../../graph/explain/picture/pair-evidence.ts'
import { explainRing, type RingExplanation, type RingOptions } from '../../../graph/explain/ring.ts'
import { ringWords, signWords, withoutWords } from '../../../graph/explain/ring-words.ts'
import { accountsWord } from '../../../graph/explain/words.ts'
import type { ReadingStore } from '../../../graph/ports.ts'
import type { Member, Ring } from '../../../graph/ring.ts'
import type { Decided, RiskBand } from '../../../graph/rings/calibration.ts'
import { queueEntryOf } from '../../../graph/rings/queue.ts'
import { type BoardIn, type BoardReads, ringBoard } from '../board.ts'
import { linkView } from '../explanation.ts'
import { queueWords } from '../queue.ts'
import { tieView, withoutView } from '../ring-explanation.ts'
import { carriesRisk, rolesOf } from '../rings.ts'
import { iso } from '../times.ts'
import { growthView, readGrowth, weekDays } from './growth.ts'
import { withRoles } from './ring-rows.ts'
import { type Sure, type SurenessIn, surenessOnce } from './sureness.ts'
import { wrongBetween } from './wrong-targets.ts'

type BriefStore = BoardReads & Pick<ReadingStore, 'accounts' | 'users' | 'ring' | 'risksAt'>

interface BriefOptions extends RingOptions, Weighing {
  /** Both may remember from one brief to the next. */
  readonly boardIn?: BoardIn
  readonly sureIn?: SurenessIn
}

export async function readBrief(
  store: BriefStore,
  ring: Ring,
  { boardIn = ringBoard(), sureIn = surenessOnce(), ...options }: BriefOptions,
) {
  const [found, sure, rank, growth] = await Promise.all([
    explainRing(store, ring, options),
    sureIn(store),
    rankOf(store, ring, boardIn),
    readGrowth(store, options.run, { days: weekDays, rings: [ring.id] }),
  ])
  return {
    ring: ring.id,
    version: ring.version,
    class: ring.head.class,
    ...(ring.head.subtype !== undefined && { subtype: ring.head.subtype }),
    what: whatView(found, growthView(growth, ring)),
    howSure: sureView(ring, sure(ring.head.risk), options.run?.calibration ?? 'shipped'),
    ties: tiesView(found, options),
    atRisk: await riskOf(store, ring),
    whatToDo: adviceOn(ring),
    changeMind: mindView(found),
    rank,
    truncated: found.truncated,
  }
}

function whatView(found: RingExplanation, growth: ReturnType<typeof growthView>) {
  const { head, members } = found.ring
  return {
    lead: leadWords(found.ring),
    sentence: ringWords(found),
    size: members.length,
    roles: rolesOf(members),
    firstSeen: iso(head.firstSeen),
    lastSeen: iso(head.lastSeen),
    growth,
  }
}

function sureView({ head }: Ring, { band, decided, interval }: Sure, calibration: 'shipped' | 'local') {
  return {
    risk: head.risk,
    interval,
    decided: { ...band, ...decided },
    calibration,
    sentence: sureWords(band, decided),
  }
}

function sureWords({ from, to }: RiskBand, { rings, confirmed }: Decided): string {
  const scored = `${Math.round(from * 100)} to ${Math.round(to * 100)} %`
  if (rings === 0)
    return `Nobody has decided on a ring scored ${scored} yet: the interval is as wide as the models’ word is worth.`
  return `Of ${rings} ring${rings === 1 ? '' : 's'} scored ${scored} that people decided on, ${confirmed} proved right.`
}

function tiesView(found: RingExplanation, weighing: Weighing) {
  const size = found.ring.members.length
  return {
    kinds: found.kinds.map((one) => ({ ...one })),
    decisive: found.decisive.map((tie) => ({
      ...tieView(tie, size),
      family: weighing.kindOf(tie.kind)?.family ?? ('network' as const),
      perPair: pairEvidence(tie, weighing),
      adds: tie.adds,
    })),
    links: found.links.map((link) => withRoles(linkView({ ...link, chance: [] }), found.ring)),
    linked: found.linked,
    identifiers: found.ties.length,
  }
}

async function riskOf(store: Pick<BriefStore, 'accounts'>, { members }: Ring) {
  const roles = rolesOf(members)
  const carriers = members.filter(carriesRisk)
  const money = moneyOf(await store.accounts(carriers.slice(0, carriersMax).map(({ account }) => account)))
  return {
    carryRisk: carriers.length,
    flagged: members.filter(({ flagged }) => flagged).length,
    victims: roles.victim,
    bystanders: roles.bystander,
    associates: roles.associate,
    money: money.map((row) => ({ ...row, amount: Math.round(row.amount * 100) / 100 })),
    moneySentence: moneyWords(money),
    sentence: riskWords(carriers.length, roles),
  }
}

const carriersMax = 500

function riskWords(carriers: number, { victim, bystander }: { victim: number; bystander: number }): string {
  const apart = [
    ...(victim > 0 ? [`${victim} taken over and kept apart: revoke and reset only`] : []),
    ...(bystander > 0 ? [`${bystander} linked by chance or home: leave alone`] : []),
  ]
  return [`${accountsWord(carriers)} ${carriers === 1 ? 'carries' : 'carry'} risk`, ...apart].join('; ')
}

/** What today's figures advise. Nothing is done by it. */
function adviceOn({ head, members }: Ring) {
  const targets = members.filter(carriesRisk)
  const protect = members.filter(({ role }) => role === 'victim').length
  const expectedWrong = Math.round(targets.reduce((sum, { risk }) => sum + 1 - risk, 0) * 100) / 100
  const action = actionOn(head, targets, protect)
  return {
    action,
    targets: targets.length,
    expectedWrong,
    wrongBetween: wrongBetween(targets.map(({ risk }) => 1 - risk)),
    protect,
    sentence: adviceWords(action, { targets: targets.length, expectedWrong, protect }),
  }
}

export const actions = ['decided', 'leave', 'confirm', 'protect', 'look'] as const
type Action = (typeof actions)[number]

function actionOn(
  { class: name, verdict }: Ring['head'],
  targets: readonly Member[],
  protect: number,
): Action {
  if (verdict?.holds) return 'decided'
  if (name === 'benign_shared') return 'leave'
  if (name !== 'uncertain' && targets.some(({ flagged }) => flagged)) return 'confirm'
  return name === 'takeover_cluster' && protect > 0 ? 'protect' : 'look'
}

function adviceWords(
  action: Action,
  { targets, expectedWrong, protect }: { targets: number; expectedWrong: number; protect: number },
): string {
  const wrong = `of ${accountsWord(targets)} that carry risk ${expectedWrong.toFixed(1)} would be wrong targets`
  const victims =
    protect > 0 ? `; reset and revoke for ${protect === 1 ? '1 victim' : `${protect} victims`}` : ''
  if (action === 'decided') return 'People decided on it, and it has not changed too much since: nothing.'
  if (action === 'leave') return 'Leave it: nothing suspicious is expected here.'
  if (action === 'protect') return `Protect first${victims}. Acting on the rest: ${wrong}.`
  if (action === 'confirm') return `Confirm, if the ties hold: ${wrong}${victims}.`
  return `Look closer before anything is done: ${wrong}${victims}.`
}

function mindView({ withoutAll, decisive, signs }: RingExplanation) {
  const single = decisive.find(({ without }) => without)
  const ties = withoutAll ? decisive : single ? [single] : []
  const without = withoutAll ?? single?.without
  const honest = signs.filter(({ speaksFor }) => speaksFor === 'honest').map(signWords)
  return {
    ...(without && { without: withoutView(without, ties) }),
    speaksForHonest: honest,
    sentence: without
      ? withoutWords(without, ties)
      : (honest[0] ?? 'Nothing stored that one could take away would undo this ring by itself.'),
  }
}

/** Where it stands in the queue; `null` for a ring that is not in it. */
async function rankOf(store: BriefStore, { id }: Ring, boardIn: BoardIn) {
  const [{ queue }, today] = await Promise.all([boardIn(store), store.ring(id)])
  const place = queue.findIndex(({ ring }) => ring.id === id)
  if (place < 0 || !today) return null
  const entry = queueEntryOf(today)
  const perMinute = Math.round(entry.perMinute * 100) / 100
  return { place: place + 1, of: queue.length, perMinute, sentence: queueWords(entry) }
}
