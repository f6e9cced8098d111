/** A takeover told account by account: what was new to each victim, when, what followed, and what was its own before. */
import type { Tie } from '../evidence/account-facts.ts'
import type { AccountState, EventType, IdentifierKey } from '../model.ts'
import type { KindLookup } from '../projection/entities.ts'
import type { LinkTable } from '../projection/link-table.ts'
import { usedBy, usersOf } from '../projection/uses/of.ts'
import type { Member } from '../ring.ts'
import { aftermathMs, isArrival, isBrief, ownUsersMax, paidAfter } from '../takeover/arrivals.ts'
import { windowMs } from '../takeover/chance.ts'
import { isPivotKind } from '../takeover/pivots.ts'
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

export interface VictimStory {
  readonly account: string
  /** When it first met what was new to it; absent where nothing stored was. */
  readonly at?: number
  readonly met: readonly NewIdentifier[]
  /** Within three days of that. */
  readonly changed: readonly { readonly what: 'credentials' | 'payout'; readonly at: number }[]
  readonly paid: readonly string[]
  /** Hardware it used before, which nobody uses who carries the ring's risk. */
  readonly safe: readonly OwnDevice[]
}

export interface Pivot extends IdentifierKey {
  readonly mask: string
  readonly victims: readonly string[]
  /** Those of them that met nothing else of the takeover: without it nothing would show them. */
  readonly only: readonly string[]
  readonly firstAt: number
  readonly lastAt: number
}

export interface TakeoverStory {
  readonly victims: readonly VictimStory[]
  /** What several victims met within a week, most victims first. */
  readonly pivots: readonly Pivot[]
  readonly receivers: readonly { readonly account: string; readonly victims: readonly string[] }[]
}

export interface TakeoverScene {
  readonly table: LinkTable
  readonly states: ReadonlyMap<string, AccountState>
  readonly members: readonly Member[]
  readonly kindOf: KindLookup
  readonly asOf: number
}

/** `undefined` for a ring without victims. */
export function takeoverStory(scene: TakeoverScene): TakeoverStory | undefined {
  const victims = scene.members.filter(({ role }) => role === 'victim').map(({ account }) => account)
  if (victims.length === 0) return undefined
  const numberOf = new Map(scene.table.facts.map(({ account }, number) => [account, number]))
  const arrivals = new Map(victims.map((id) => [id, arrivalsOf(scene, numberOf.get(id) ?? -1)]))
  const stories = victims.map((id) => storyOf(scene, { id, number: numberOf.get(id) ?? -1, arrivals }))
  return { victims: stories, pivots: pivotsOf(stories), receivers: receiversOf(scene.members, stories) }
}

function arrivalsOf({ table, kindOf, asOf }: TakeoverScene, account: number): readonly Tie[] {
  return usedBy(table, account).ties.filter((tie) => {
    const kind = kindOf(tie.kind)
    return kind && isPivotKind(kind) && isArrival(table, { account, tie }, kindOf) && isBrief(tie, asOf)
  })
}

interface Who {
  readonly id: string
  readonly number: number
  readonly arrivals: ReadonlyMap<string, readonly Tie[]>
}

function storyOf(scene: TakeoverScene, { id, number, arrivals }: Who): VictimStory {
  const own = (arrivals.get(id) ?? []).map((tie) => ({ tie, victims: togetherAt(tie, arrivals) }))
  const shared = own.filter(({ victims }) => victims > 1)
  const met = shared.length > 0 ? shared : own
  const at = Math.min(...met.map(({ tie }) => tie.firstAt))
  return {
    account: id,
    ...(met.length > 0 && { at }),
    met: met.map(({ tie, victims }) => ({ ...shownOf(scene.table, tie), firstAt: tie.firstAt, victims })),
    changed: changesAfter(scene.states.get(id), at),
    paid: paidAfter(scene.table, number, at),
    safe: safeDevices(scene, number, at),
  }
}

function togetherAt(tie: Tie, arrivals: ReadonlyMap<string, readonly Tie[]>): number {
  const same = [...arrivals.values()].flatMap((ties) => ties.filter((one) => keyOf(one) === keyOf(tie)))
  return same.filter(({ firstAt }) => Math.abs(firstAt - tie.firstAt) <= windowMs).length
}

const shownOf = ({ identifiers }: LinkTable, { kind, ref }: IdentifierKey) => ({
  kind,
  ref,
  mask: identifiers.find((one) => one.kind === kind && one.ref === ref)?.mask ?? '',
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
        .flatMap(({ recent }) => recent.map((happening) => ({ what, at: happening.at }))),
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
    if (!isOwn || users.some((user) => suspects.has(table.facts[user]?.account ?? ''))) return []
    const { firstAt, lastAt } = tie
    return [{ ...shownOf(table, tie), firstAt, lastAt, accounts: users.length }]
  })
}

function pivotsOf(stories: readonly VictimStory[]): readonly Pivot[] {
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
      return [{ kind, ref, mask, victims, only, firstAt: Math.min(...times), lastAt: Math.max(...times) }]
    })
    .toSorted((a, b) => b.victims.length - a.victims.length || (keyOf(a) < keyOf(b) ? -1 : 1))
}

function receiversOf(
  members: readonly Member[],
  stories: readonly VictimStory[],
): TakeoverStory['receivers'] {
  return members
    .filter(({ role }) => role === 'receiver')
    .map(({ account }) => ({
      account,
      victims: stories.filter(({ paid }) => paid.includes(account)).map((story) => story.account),
    }))
}
