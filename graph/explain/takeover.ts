/** A takeover told account by account: what was new to each victim, when, what followed, and what was its own before. */
import { bornAtOf, type Tie } from '../evidence/account-facts.ts'
import type { AccountState, CredentialPart, EventType, IdentifierKey } from '../model.ts'
import type { KindLookup } from '../projection/entities.ts'
import type { LinkTable } from '../projection/link-table.ts'
import { usedBy, userCount, usersOf } from '../projection/uses/of.ts'
import type { Member, RunStatistics } from '../ring.ts'
import { compareText } from '../state/order.ts'
import { aftermathMs, isArrival, isBrief, isPivotKind, ownUsersMax, paidAfter } from '../takeover/arrivals.ts'
import { windowMs } from '../takeover/chance.ts'
import { type Aftermath, aftermathOf, type MoneyMove, type RevokeList, type Shown } from './aftermath.ts'
import { type ChanceTest, groupChance, usedOf } from './chance.ts'
import { keyOf } from './counterfactual/surroundings.ts'

export interface NewIdentifier extends IdentifierKey {
  readonly mask: string
  readonly firstAt: number
  /** Victims of the ring that met it within a week of this one, itself included. */
  readonly victims: number
}

export interface OwnDevice extends IdentifierKey {
  readonly mask: string
  readonly firstAt: number
  readonly lastAt: number
  /** Accounts that use it: the household. */
  readonly accounts: number
}

export interface SensitiveChange {
  readonly what: 'credentials' | 'payout'
  readonly at: number
  /** Which credentials; absent where the event does not say. */
  readonly parts?: readonly CredentialPart[]
}

export interface VictimStory {
  readonly account: string
  /** When it first met what was new to it; absent where nothing stored was. */
  readonly at?: number
  readonly met: readonly NewIdentifier[]
  /** Within three days of that. */
  readonly changed: readonly SensitiveChange[]
  readonly paid: readonly string[]
  /** Hardware it used before, which nobody uses who carries the ring's risk. */
  readonly safe: readonly OwnDevice[]
  readonly bornAt?: number
  readonly risk: number
  readonly compromise: number
  readonly aftermath: Aftermath
}

export interface Pivot extends IdentifierKey {
  readonly mask: string
  /** That use it anywhere. */
  readonly accounts: number
  /** Whether chance explains so many; absent while no run is published. */
  readonly chance?: ChanceTest
  readonly victims: readonly string[]
  /** Those of them that met nothing else of the takeover: without it nothing would show them. */
  readonly only: readonly string[]
  readonly firstAt: number
  readonly lastAt: number
}

export interface Receiver {
  readonly account: string
  /** That paid it. */
  readonly victims: readonly string[]
  readonly bornAt?: number
  readonly risk: number
  /** What the victims sent it. */
  readonly money: readonly MoneyMove[]
  /** Payout identifiers that were set for victims and are its own too. */
  readonly payouts: readonly Shown[]
}

export interface TakeoverStory {
  /** In the order they were got into. */
  readonly victims: readonly VictimStory[]
  /** What several victims met within a week, most victims first. */
  readonly pivots: readonly Pivot[]
  readonly receivers: readonly Receiver[]
}

export interface TakeoverScene {
  readonly table: LinkTable
  readonly states: ReadonlyMap<string, AccountState>
  readonly members: readonly Member[]
  readonly kindOf: KindLookup
  readonly asOf: number
  readonly statistics?: RunStatistics | undefined
}

/** `undefined` for a ring without victims. */
export function takeoverStory(scene: TakeoverScene): TakeoverStory | undefined {
  const victims = scene.members.filter(({ role }) => role === 'victim')
  if (victims.length === 0) return undefined
  const numberOf = new Map(scene.table.facts.ids.map((account, number) => [account, number]))
  const arrivals = new Map(
    victims.map(({ account }) => [account, arrivalsOf(scene, numberOf.get(account) ?? -1)]),
  )
  const stories = victims
    .map((member) => storyOf(scene, { member, number: numberOf.get(member.account) ?? -1, arrivals }))
    .toSorted((x, y) => (x.at ?? Infinity) - (y.at ?? Infinity) || compareText(x.account, y.account))
  return { victims: stories, pivots: pivotsOf(scene, stories), receivers: receiversOf(scene, stories) }
}

function arrivalsOf({ table, kindOf, asOf }: TakeoverScene, account: number): readonly Tie[] {
  return usedBy(table, account).ties.filter((tie) => {
    const kind = kindOf(tie.kind)
    return kind && isPivotKind(kind) && isArrival(table, { account, tie }, kindOf) && isBrief(tie, asOf)
  })
}

interface Who {
  readonly member: Member
  readonly number: number
  readonly arrivals: ReadonlyMap<string, readonly Tie[]>
}

function storyOf(scene: TakeoverScene, { member, number, arrivals }: Who): VictimStory {
  const id = member.account
  const state = scene.states.get(id)
  const own = (arrivals.get(id) ?? []).map((tie) => ({ tie, victims: togetherAt(tie, arrivals) }))
  const shared = own.filter(({ victims }) => victims > 1)
  const met = shared.length > 0 ? shared : own
  const at = Math.min(...met.map(({ tie }) => tie.firstAt))
  return {
    account: id,
    ...(met.length > 0 && { at }),
    met: met.map(({ tie, victims }) => ({ ...shownOf(scene.table, tie), firstAt: tie.firstAt, victims })),
    changed: changesAfter(state, at),
    paid: paidAfter(scene.table, number, at),
    safe: safeDevices(scene, number, at),
    ...bornIn(state),
    risk: member.risk,
    compromise: member.compromise,
    aftermath: aftermathOf(state, { met: met.map(({ tie }) => tie), at, table: scene.table }),
  }
}

function bornIn(state: AccountState | undefined): { readonly bornAt?: number } {
  const bornAt = state && bornAtOf(state)
  return bornAt === undefined ? {} : { bornAt }
}

function togetherAt(tie: Tie, arrivals: ReadonlyMap<string, readonly Tie[]>): number {
  const same = [...arrivals.values()].flatMap((ties) => ties.filter((one) => keyOf(one) === keyOf(tie)))
  return same.filter(({ firstAt }) => Math.abs(firstAt - tie.firstAt) <= windowMs).length
}

const shownOf = ({ identifiers }: LinkTable, { kind, ref }: IdentifierKey) => ({
  kind,
  ref,
  mask: identifiers.at(identifiers.numberOf({ kind, ref }))?.mask ?? '',
})

const changes: readonly (readonly [EventType, 'credentials' | 'payout'])[] = [
  ['credential_change', 'credentials'],
  ['payout_change', 'payout'],
]

function changesAfter(state: AccountState | undefined, at: number): VictimStory['changed'] {
  return changes
    .flatMap(([type, what]) =>
      (state?.activities ?? [])
        .filter((activity) => activity.type === type)
        .flatMap(({ recent }) =>
          recent.map(({ at: then, changed }) => ({ what, at: then, ...(changed && { parts: changed }) })),
        ),
    )
    .filter((change) => change.at >= at && change.at - at <= aftermathMs)
    .toSorted((a, b) => a.at - b.at)
}

function safeDevices(
  { table, members, kindOf }: TakeoverScene,
  account: number,
  at: number,
): readonly OwnDevice[] {
  const suspects = new Set(
    members
      .filter(({ role }) => role === 'core' || role === 'bridge' || role === 'receiver')
      .map((member) => member.account),
  )
  const { identifiers, ties } = usedBy(table, account)
  return ties.flatMap((tie, place) => {
    const users = [...usersOf(table, identifiers[place] ?? -1)]
    const isOwn = kindOf(tie.kind)?.family === 'hardware' && tie.firstAt < at && users.length <= ownUsersMax
    if (!isOwn || users.some((user) => suspects.has(table.facts.idAt(user)))) return []
    const { firstAt, lastAt } = tie
    return [{ ...shownOf(table, tie), firstAt, lastAt, accounts: users.length }]
  })
}

function pivotsOf(scene: TakeoverScene, stories: readonly VictimStory[]): readonly Pivot[] {
  const met = stories.flatMap(({ account, met: own }) =>
    own.map((one) => ({ ...one, account, isOnly: own.length === 1 })),
  )
  return [...Map.groupBy(met, keyOf).values()]
    .flatMap((together) => {
      const [first] = together
      if (!first || together.length < 2) return []
      const { kind, ref, mask } = first
      const times = together.map(({ firstAt }) => firstAt)
      const victims = together.map(({ account }) => account)
      const only = together.filter(({ isOnly }) => isOnly).map(({ account }) => account)
      const pivot = { kind, ref, mask, victims, only, accounts: accountsOn(scene, first) }
      const chance = chanceOf(scene, pivot, stories)
      const [firstAt, lastAt] = [Math.min(...times), Math.max(...times)]
      return [{ ...pivot, ...(chance && { chance }), firstAt, lastAt }]
    })
    .toSorted((a, b) => b.victims.length - a.victims.length || (keyOf(a) < keyOf(b) ? -1 : 1))
}

function accountsOn({ table }: TakeoverScene, key: IdentifierKey): number {
  const place = table.identifiers.numberOf(key)
  return place < 0 ? 0 : userCount(table, place)
}

/** As of a ring's strongest identifier (chance.ts): so many of the victims on one. */
function chanceOf(
  { statistics, states }: TakeoverScene,
  { kind, victims, accounts }: Pick<Pivot, 'kind' | 'victims' | 'accounts'>,
  stories: readonly VictimStory[],
): ChanceTest | undefined {
  const spread = statistics?.kinds.find((one) => one.kind === kind)
  if (!spread) return undefined
  const used = stories.reduce((sum, { account }) => {
    const state = states.get(account)
    return sum + (state ? usedOf(state, kind) : 0)
  }, 0)
  return groupChance({ members: victims.length, accounts, used }, spread)
}

const receiversOf = (scene: TakeoverScene, stories: readonly VictimStory[]): readonly Receiver[] =>
  scene.members
    .filter(({ role }) => role === 'receiver')
    .map(({ account, risk }) => {
      const state = scene.states.get(account)
      const own = new Set(state?.uses.map(keyOf))
      const set = stories.flatMap(({ aftermath }) => aftermath.payouts)
      return {
        account,
        victims: stories.filter(({ paid }) => paid.includes(account)).map((story) => story.account),
        ...bornIn(state),
        risk,
        money: stories.flatMap(({ aftermath }) => aftermath.money.filter(({ to }) => to === account)),
        payouts: [...new Map(set.filter((one) => own.has(keyOf(one))).map((one) => [one.ref, one])).values()],
      }
    })

export const saysChanged = ({ changed }: VictimStory, part: CredentialPart): boolean =>
  changed.some(({ parts }) => parts?.includes(part))

/** Whether credentials changed and nothing says which, at one time at least. */
export const isUnsaid = ({ changed }: VictimStory): boolean =>
  changed.some(({ what, parts }) => what === 'credentials' && !parts)

/** Over all victims. */
export const revokeListOf = (victims: readonly VictimStory[]): RevokeList => {
  const sum = (count: (story: VictimStory) => number): number =>
    victims.reduce((total, story) => total + count(story), 0)
  return {
    sessions: sum(({ aftermath }) => aftermath.sessions),
    resets: sum(({ changed }) => Number(changed.some(({ what }) => what === 'credentials'))),
    payouts: sum(({ changed }) => Number(changed.some(({ what }) => what === 'payout'))),
    passwords: sum((story) => Number(saysChanged(story, 'password'))),
    unsaid: sum((story) => Number(isUnsaid(story))),
    emails: sum((story) => Number(story.aftermath.emails.length > 0 || saysChanged(story, 'email'))),
    keep: sum(({ safe }) => safe.length),
  }
}
