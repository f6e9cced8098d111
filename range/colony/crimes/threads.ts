/** The ways accounts of a gang come to hang together. None reaches all of them, and each reaches others. */

import type { EventType, RelationName } from '../../../graph/model.ts'
import { dayMs } from '../../times.ts'
import { type Account, type HoldingKind, hold, homeLineOf, type PostKind } from '../folk/account.ts'
import { appDevice, webDevice } from '../folk/kit.ts'
import { related } from '../folk/life.ts'
import { type Line, turnsOf } from '../ground/lines.ts'
import { chunks, seat } from '../habits/habit.ts'
import { does, type Gang, momentOf, moneyOf, often, otherThan } from './crime.ts'

/** Those a thread reaches: never loners. */
export const reached = ({ random, scene, loners }: Gang, accounts: readonly Account[], share = 1) =>
  random
    .shuffle(accounts)
    .filter((account) => !loners.has(account) && random.chance(Math.min(0.95, scene.tuning.ties * share)))

/** How many get the same. */
const lotOf = ({ random, scene }: Gang, per: readonly [number, number]): number =>
  Math.round(random.int(...per) * scene.tuning.lots)

interface Desk {
  readonly per: readonly [number, number]
  readonly by: 'app' | 'web'
  readonly line: Line | 'home' | 'carrier' | 'tunnel' | 'theirs'
  readonly weight?: number
  /** Mean days an account is used there; all the time without. */
  readonly stintDays?: number
  readonly share?: number
}

/** A device that several are run from in turns. */
export function desks(gang: Gang, accounts: readonly Account[], desk: Desk): void {
  const { random, scene } = gang
  for (const group of chunks(reached(gang, accounts, desk.share), () => lotOf(gang, desk.per))) {
    const device = desk.by === 'app' ? appDevice(scene, random) : webDevice(scene, random)
    const common = lineOf(gang, desk.line)
    for (const account of group) {
      const line = common ?? account.seats[0]?.line
      const from = momentOf(gang, account)
      const until = from + random.exponential((desk.stintDays ?? 0) * dayMs) + dayMs
      const stint = desk.stintDays === undefined ? {} : { from, until }
      if (!line) continue
      const offer = { device, line, place: 'work', weight: desk.weight ?? 3, ...stint } as const
      seat(account, offer, random)
      if (random.chance(0.8)) does(account, { at: from, type: 'login', seat: offer })
    }
  }
}

function lineOf({ scene, random }: Gang, line: Desk['line']): Line | undefined {
  if (line === 'theirs') return undefined
  if (line === 'home') return scene.area.homeLine(random)
  if (line === 'carrier') return random.pick(scene.ground.carriers)
  return line === 'tunnel' ? random.pick(scene.ground.tunnels) : line
}

interface Common {
  readonly kind: HoldingKind
  readonly per: readonly [number, number]
  readonly weight?: number
  readonly share?: number
  readonly value: () => string
}

/** A card, wallet, number, address or paper that several hold. */
export function holdings(gang: Gang, accounts: readonly Account[], common: Common): void {
  const { random } = gang
  for (const group of chunks(reached(gang, accounts, common.share), () => lotOf(gang, common.per))) {
    const value = common.value()
    const only = random.chance(0.5) ? { only: true as const } : {}
    for (const account of group) {
      hold(account, common.kind, { value, weight: random.lognormal(common.weight ?? 2, 0.4), ...only })
      if (random.chance(0.75)) show(gang, account, { kind: common.kind, value })
    }
  }
}

/** What it was got for. */
function show(gang: Gang, account: Account, { kind, value }: { kind: HoldingKind; value: string }): void {
  const type = useOf[kind]
  const money = type === 'payment' || type === 'payout' ? { money: moneyOf(gang, account) } : {}
  const shows = kind === 'address' ? (['payment', 'address'] as const) : [kind]
  does(account, { at: momentOf(gang, account), type, shows, posts: { [kind]: value }, ...money })
}

/** What victims sent, or typed in where they should not, is used by the gang. */
export function stolen(gang: Gang, kinds: readonly HoldingKind[], chance: number): void {
  const { random, crew, victims } = gang
  for (const victim of victims) {
    const kind = random.pick(kinds)
    const value = victim.holdings[kind][0]?.value
    if (value === undefined || !random.chance(chance)) continue
    show(gang, victim, { kind, value })
    show(gang, random.pick(crew), { kind, value })
  }
}

const useOf = {
  payment: 'payment',
  address: 'payment',
  payout: 'payout',
  phone: 'login',
  document: 'payout_change',
} as const satisfies Record<HoldingKind, EventType>

/** Hand to hand: each has something of the one before, and nobody has something of all. */
export function chain(gang: Gang, accounts: readonly Account[], kinds: readonly HoldingKind[]): void {
  const { random } = gang
  const links = reached(gang, accounts)
  links.forEach((account, at) => {
    const before = links[at - 1]
    const kind = random.pick(kinds)
    const held = before?.holdings[kind].at(-1)
    if (!before || !held) return
    hold(account, kind, { value: held.value, weight: random.lognormal(1.5, 0.4) })
    for (const end of [before, account]) if (random.chance(0.75)) show(gang, end, { kind, value: held.value })
  })
}

/** What was the organiser's device is the hirer's from a day on. */
export function handOver(gang: Gang, accounts: readonly Account[], organiser: Account): void {
  const { random } = gang
  const desk = organiser.seats[0]
  if (!desk) return
  for (const account of reached(gang, accounts)) {
    const day = momentOf(gang, account)
    account.seats = [
      ...account.seats.map((own) => ({ ...own, from: Math.max(own.from ?? 0, day) })),
      { ...desk, weight: 4, until: day },
      // He looks in now and then.
      ...(random.chance(0.5) ? [{ ...desk, weight: 0.4, from: day }] : []),
    ]
  }
}

/** Own devices behind lines rented from homes that do not know of it. */
export function proxied(gang: Gang, accounts: readonly Account[], share = 1): void {
  const { random, honest } = gang
  const hosts = random.shuffle(honest).slice(0, random.int(12, 40))
  const lines = hosts.flatMap((host) => homeLineOf(host) ?? [])
  const line = turnsOf(lines, random.between(4, 60))
  for (const account of reached(gang, accounts, share)) {
    for (const own of account.seats) own.line = line
  }
  for (const host of hosts) if (host.role === 'benign') host.role = 'bystander'
}

/** The same words or pictures in every listing. */
export function posts(
  gang: Gang,
  accounts: readonly Account[],
  { kind, per }: { kind: PostKind; per: readonly [number, number] },
): void {
  const { random, scene } = gang
  for (const group of chunks(reached(gang, accounts), () => lotOf(gang, per))) {
    const value = kind === 'url' ? `https://${random.word()}.example/` : scene.mint.word('post')
    for (const account of group) {
      account.posts[kind] = value
      often(gang, 1.2, () =>
        does(account, { at: momentOf(gang, account), type: 'other', posts: account.posts }),
      )
    }
  }
}

interface Flow {
  readonly from: readonly Account[]
  readonly to: readonly Account[]
  readonly relation: RelationName
  /** Times for each account. */
  readonly mean: number
  readonly factor?: number
}

/** Money, gifts or words from some to others. */
export function flow(gang: Gang, { from, to, relation, mean, factor }: Flow): void {
  for (const account of from) {
    often(gang, mean, () => {
      const other = otherThan(account, to, gang.random)
      if (!other) return
      const at = momentOf(gang, account, other.bornAt)
      const mark = related(at, { relation, account: other.id })
      if (relation !== 'paid') return does(account, mark)
      does(account, {
        ...mark,
        type: 'payment',
        shows: ['payment'],
        money: moneyOf(gang, account, factor),
      })
    })
  }
}

/** Money leaves the platform. */
export function cashOut(gang: Gang, accounts: readonly Account[], mean: number): void {
  for (const account of accounts) {
    often(gang, mean, () =>
      does(account, {
        at: momentOf(gang, account),
        type: 'payout',
        shows: ['payout'],
        money: moneyOf(gang, account, 3),
      }),
    )
  }
}

/** What comes back on some of them: disputes and complaints, as it does on the honest. */
export function outcry(gang: Gang, accounts: readonly Account[], mean: number): void {
  for (const account of accounts) {
    often(gang, mean, () => {
      const at = momentOf(gang, account)
      const by = otherThan(account, gang.honest, gang.random)
      if (by && gang.random.chance(0.5)) {
        does(account, {
          ...related(at, { relation: 'reported_by', account: by.id }),
          type: 'report',
          remote: true,
        })
      } else {
        does(account, {
          at,
          type: 'chargeback',
          shows: ['payment'],
          money: moneyOf(gang, account),
          remote: true,
        })
      }
    })
  }
}
