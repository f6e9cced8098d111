/** A takeover as the API and the command line show it. */
import type { MoneyMove, Shown } from '../../graph/explain/aftermath.ts'
import { sumsOf } from '../../graph/explain/aftermath.ts'
import { type Entry, entryWords } from '../../graph/explain/entry.ts'
import { pivotWords, receiverWords, tieName, victimWords } from '../../graph/explain/ring-words.ts'
import {
  type OwnDevice,
  type Pivot,
  type Receiver,
  revokeListOf,
  type SensitiveChange,
  type TakeoverStory,
  type VictimStory,
} from '../../graph/explain/takeover.ts'
import { changeWords, groupChanceWords, revokeWords } from '../../graph/explain/words.ts'
import type { Happening, StateType } from '../../graph/model.ts'
import { chanceView } from './explanation.ts'
import { iso } from './times.ts'

/** Accounts listed in one part of an answer; counts are of all. */
export const listedMax = 50

/** `entries`: whence victims were entered, where that was looked up. */
export const takeoverView = (
  { victims, pivots, receivers }: TakeoverStory,
  entries?: ReadonlyMap<string, Entry>,
) => {
  const revoke = revokeListOf(victims)
  const payouts = [
    ...Map.groupBy(
      victims.flatMap(({ aftermath }) => aftermath.payouts),
      ({ ref }) => ref,
    ),
  ]
  return {
    pivots: pivots.slice(0, listedMax).map(pivotView),
    victims: victims.length,
    ownRiskMax: victims.reduce((most, { risk }) => Math.max(most, risk), 0),
    revoke: { ...revoke, sentence: revokeWords(revoke) },
    money: [...sumsOf(victims.flatMap(({ aftermath }) => aftermath.money))],
    payouts: payouts
      .flatMap(([, own]) => own.slice(0, 1).map((one) => ({ ...shownView(one), victims: own.length })))
      .toSorted((x, y) => y.victims - x.victims)
      .slice(0, listedMax),
    receivers: receivers.slice(0, listedMax).map(receiverView),
    stories: victims.slice(0, listedMax).map((story) => ({
      ...victimView(story),
      ...(entries && { entry: entryView(entries.get(story.account)) }),
    })),
  }
}

const pivotView = (pivot: Pivot) => ({
  kind: pivot.kind,
  ref: pivot.ref,
  mask: pivot.mask,
  victims: pivot.victims.length,
  accounts: pivot.accounts,
  only: pivot.only.length,
  firstSeen: iso(pivot.firstAt),
  lastSeen: iso(pivot.lastAt),
  minutes: Math.round((pivot.lastAt - pivot.firstAt) / 60_000),
  ...(pivot.chance && { chance: { ...chanceView(pivot.chance), sentence: groupChanceWords(pivot.chance) } }),
  sentence: pivotWords(pivot),
})

const receiverView = (receiver: Receiver) => ({
  account: receiver.account,
  victims: receiver.victims.length,
  risk: receiver.risk,
  createdAt: receiver.bornAt === undefined ? null : iso(receiver.bornAt),
  moves: receiver.money.slice(0, listedMax).map(moveView),
  money: [...sumsOf(receiver.money)],
  payouts: receiver.payouts.slice(0, listedMax).map(shownView),
  sentence: receiverWords(receiver),
})

export const victimView = (story: VictimStory) => ({
  account: story.account,
  createdAt: story.bornAt === undefined ? null : iso(story.bornAt),
  risk: story.risk,
  compromise: story.compromise,
  at: story.at === undefined ? null : iso(story.at),
  met: story.met.map(({ kind, ref, mask, firstAt, victims }) => ({
    kind,
    ref,
    mask,
    victims,
    firstSeen: iso(firstAt),
  })),
  changed: story.changed.map(changeView),
  paid: story.paid.slice(0, listedMax),
  moves: story.aftermath.money.slice(0, listedMax).map(moveView),
  safe: story.safe.map(deviceView),
  revoke: revokeOf(story),
  sentences: [...victimWords(story)],
})

const entryView = (entry: Entry | undefined) =>
  entry
    ? {
        kind: entry.kind,
        ref: entry.ref,
        mask: entry.mask,
        place: entry.place ?? null,
        home: entry.home ?? null,
        kmFromHome: entry.kmFromHome ?? null,
        sentence: entryWords(entry),
      }
    : null

const changeView = ({ what, at, parts }: SensitiveChange) => ({
  what,
  at: iso(at),
  ...(what === 'credentials' && { parts: parts ? [...parts] : null }),
  sentence: changeWords({ what, ...(parts && { parts }) }),
})

function revokeOf(story: VictimStory) {
  const { sessions, resets, passwords, unsaid, payouts, emails, keep } = revokeListOf([story])
  const password = passwords > 0 || (unsaid > 0 ? null : false)
  return { sessions, reset: resets > 0, password, payout: payouts > 0, email: emails > 0, keep }
}

const moveView = ({ at, ...move }: MoneyMove) => ({ at: iso(at), ...move })
const shownView = ({ kind, ref, mask }: Shown) => ({ kind, ref, mask })

const deviceView = ({ kind, ref, mask, firstAt, lastAt, accounts }: OwnDevice) => ({
  kind,
  ref,
  mask,
  accounts,
  name: tieName({ countsAs: kind, mask, ref }),
  firstSeen: iso(firstAt),
  lastSeen: iso(lastAt),
})

/** Of a change of credentials which they were, or `null` where nobody said. */
export const changedView = (type: StateType | undefined, changed: Happening['changed']) =>
  type === 'credential_change' || type === 'credential_change_failed'
    ? { changed: changed ? [...changed] : null }
    : {}
