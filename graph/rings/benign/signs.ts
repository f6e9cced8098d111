/** What people who honestly share things show: where they meet, what they hold in common, what they pass around. */
import type { IdentifierKind } from '../../identifiers/kind.ts'
import type { KindLookup } from '../../projection/entities.ts'
import type { LinkTable } from '../../projection/link-table.ts'
import type { Publicness } from '../../projection/publicness.ts'
import { tieOf, userCount } from '../../projection/uses/of.ts'
import { type Community, commonAmong } from '../community.ts'
import { hasOwnDevice } from '../features.ts'

/** An identifier that several members use. Shares are of 1. */
export interface CommonThing {
  readonly kind: string
  /** Share of members that use it. */
  readonly share: number
  /** Accounts that use it anywhere. */
  readonly accounts: number
}

export interface CommonDevice extends CommonThing {
  /** By what its links are multiplied; below 1 its users share less else than is usual (projection/publicness.ts). */
  readonly publicness: number
  /** Days that half of the members who use it used it at the most. */
  readonly daysUsed: number
}

export interface BenignSigns {
  readonly size: number
  /** The address most members meet on. */
  readonly line?: CommonThing
  /** Share of a member's active days on addresses of the community; of half of the members at the most. */
  readonly daysThere: number
  /** The device most members use. */
  readonly device?: CommonDevice
  /** Of each kind of money, number and postal address the one most members hold. */
  readonly held: readonly CommonThing[]
  /** Share of members with a device nobody else uses. */
  readonly ownDevice: number
}

/** On more accounts an address is a carrier's. */
export const lineAccountsMax = 100

const heldKinds: ReadonlySet<string> = new Set(['payment', 'payout', 'phone', 'address'])

interface Use {
  readonly identifier: number
  readonly kind: string
  readonly members: readonly number[]
  readonly accounts: number
}

export function benignSigns(
  table: LinkTable,
  { members }: Pick<Community, 'members'>,
  { kindOf, publicness }: { readonly kindOf: KindLookup; readonly publicness: Publicness },
): BenignSigns {
  const uses = [...commonAmong(table, members)].map(
    ([identifier, users]): Use => ({
      identifier,
      kind: table.identifiers.kindAt(identifier),
      members: users,
      accounts: userCount(table, identifier),
    }),
  )
  const thing = ({ kind, members: users, accounts }: Use): CommonThing => ({
    kind,
    share: users.length / members.length,
    accounts,
  })
  const lines = uses.filter(({ kind, accounts }) => kind === 'ip' && accounts <= lineAccountsMax)
  const [line] = lines.toSorted(most)
  const [device] = uses.filter(({ kind }) => isDevice(kindOf(kind))).toSorted(most)
  const held = Map.groupBy(
    uses.filter(({ kind }) => heldKinds.has(kind)),
    ({ kind }) => kind,
  )
  return {
    size: members.length,
    ...(line && { line: thing(line) }),
    daysThere: middle(members.map((account) => daysOn(table, account, lines))),
    ...(device && {
      device: {
        ...thing(device),
        publicness: publicness(table.identifiers.at(device.identifier)),
        daysUsed: middle(
          device.members.map((account) => tieOf(table, account, device.identifier)?.days.length ?? 0),
        ),
      },
    }),
    held: [...held.values()].flatMap((own) => own.toSorted(most).slice(0, 1).map(thing)),
    ownDevice: members.filter((account) => hasOwnDevice(table, account)).length / members.length,
  }
}

/** Browsers' fingerprints are hardware that strangers have alike. */
const isDevice = (kind: IdentifierKind | undefined): boolean =>
  kind?.family === 'hardware' && kind.evidence.accountsMax === undefined

/** Most members first, then the more crowded. */
const most = (a: Use, b: Use): number =>
  b.members.length - a.members.length || b.accounts - a.accounts || a.identifier - b.identifier

function daysOn(table: LinkTable, account: number, lines: readonly Use[]): number {
  const days = new Set(lines.flatMap(({ identifier }) => tieOf(table, account, identifier)?.days ?? []))
  return days.size / Math.max(1, table.facts.activeDayCount(account))
}

/** Half of the values are at most this; the upper of the two in the middle. */
function middle(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? 0
}
