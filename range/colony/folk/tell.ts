/** Marks become events: seats and holdings put to them, and left out where platforms do not send them. */
import type { EventIdentifiers, RangeEvent } from '../../event.ts'
import type { Random } from '../../random.ts'
import type { Scene } from '../scene.ts'
import type { Account, Holding, HoldingKind, Mark, Seat } from './account.ts'
import { pickSeat } from './life.ts'

type ColonyIdentifiers = EventIdentifiers & { readonly [kind: string]: string | undefined }

export function eventsOf(account: Account, scene: Scene, random: Random): readonly RangeEvent[] {
  const { startAt, endAt } = scene.times
  const inWindow = account.marks
    .filter(({ at }) => at >= startAt && at < endAt)
    .toSorted((a, b) => a.at - b.at)
  const dated = account.bornAt < startAt && random.chance(0.7)
  return inWindow.map((mark, place) => {
    const identifiers = identifiersOf(account, mark, { random, blind: scene.tuning.blind })
    return {
      at: Math.floor(mark.at),
      type: mark.type,
      account: account.id,
      ...(Object.keys(identifiers).length > 0 && { identifiers }),
      ...(mark.counterparties && { counterparties: mark.counterparties }),
      ...(mark.outcome && { outcome: mark.outcome }),
      ...(mark.session !== undefined && { session: mark.session }),
      ...(dated && place === 0 && { createdAt: Math.floor(account.bornAt) }),
      ...(mark.money && { money: mark.money }),
    }
  })
}

function identifiersOf(
  account: Account,
  mark: Mark,
  { random, blind }: { random: Random; blind: number },
): ColonyIdentifiers {
  const seat = mark.remote ? undefined : (mark.seat ?? pickSeat(account, mark.at, random))
  const held = (mark.shows ?? []).flatMap((kind) => {
    const value = mark.posts?.[kind] ?? pickHolding(account, kind, { at: mark.at, random })
    return value === undefined ? [] : [[kind, value] as const]
  })
  return {
    ...(seat && seen(seat, mark.at, random.chance(blind))),
    ...(showsEmail.has(mark.type) && { email: account.email }),
    ...Object.fromEntries(held),
    ...mark.posts,
  }
}

const showsEmail: ReadonlySet<string> = new Set(['signup', 'credential_change'])

function seen({ device, line }: Seat, at: number, isBlind: boolean): ColonyIdentifiers {
  const { who, ...shown } = device
  return { ...(!isBlind && shown), ip: line(at, who) }
}

function pickHolding(
  { holdings }: Account,
  kind: HoldingKind,
  { at, random }: { at: number; random: Random },
): string | undefined {
  const open = holdings[kind].filter(({ from = 0, until = Infinity }) => at >= from && at < until)
  return open.length === 0 ? undefined : random.weighted(open.map(weigh)).value
}

const weigh = (holding: Holding): readonly [Holding, number] => [holding, holding.weight]
