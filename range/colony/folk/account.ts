/** An account before it is lived out: whose it is, where it is used from, and what it holds. */
import type { EventType, LabelReason, Outcome, SeenRelation } from '../../../graph/model.ts'
import type { Money } from '../../event.ts'
import type { TruthRole } from '../../truth.ts'
import type { Line } from '../ground/lines.ts'
import type { Temper } from './temper.ts'

/** A device in a place. `from` and `until` bound the time it is used in. */
export interface Seat {
  readonly place: Place
  readonly device: Device
  line: Line
  weight: number
  readonly from?: number
  readonly until?: number
}

export type Place = 'home' | 'road' | 'work' | 'elsewhere'

export interface Device {
  /** An app knows its device, a browser its cookie. */
  readonly device?: string
  readonly cookie?: string
  readonly fingerprint?: string
  readonly who: number
}

export interface Holding {
  readonly value: string
  weight: number
  readonly from?: number
  readonly until?: number
}

export type HoldingKind = 'payment' | 'payout' | 'phone' | 'address' | 'document'
export type PostKind = 'text' | 'image' | 'url'

/** Something an account does, before seat and holdings are put to it. */
export interface Mark {
  readonly at: number
  readonly type: EventType
  readonly seat?: Seat
  readonly session?: string
  readonly shows?: readonly HoldingKind[]
  /** What a listing shows, or the code of a sign-up. */
  readonly posts?: Readonly<Partial<Record<PostKind | 'promo' | HoldingKind, string>>>
  readonly counterparties?: readonly SeenRelation[]
  readonly outcome?: Outcome
  readonly money?: Money
  /** Told by others, such as a report: no seat. */
  readonly remote?: true
}

export interface Account {
  readonly id: string
  readonly temper: Temper
  role: TruthRole
  ring: string | null
  attack: string | null
  group: string | null
  /** When its part in a crime began. */
  since?: number
  reasons?: readonly LabelReason[]
  bornAt: number
  /** Code it was invited by. */
  promo?: string
  invitedBy?: string
  email: string
  seats: Seat[]
  readonly holdings: Record<HoldingKind, Holding[]>
  /** What its listings show; empty for own words. */
  readonly posts: Partial<Record<PostKind, string>>
  readonly friends: string[]
  readonly marks: Mark[]
}

/** Moves all that is done at home to another line. */
export function moveIn(account: Account, line: Line): void {
  for (const seat of account.seats) if (seat.place === 'home') seat.line = line
}

export const homeLineOf = ({ seats }: Account): Line | undefined =>
  seats.find(({ place }) => place === 'home')?.line

/** In front of what it held, or in place of it. */
export function hold(account: Account, kind: HoldingKind, holding: Holding & { readonly only?: true }): void {
  const { only, ...held } = holding
  if (only) account.holdings[kind].length = 0
  account.holdings[kind].push(held)
}

/** The first group counts: the closest is dealt first. */
export function join(account: Account, group: string): void {
  account.group ??= group
}

export function befriend(accounts: readonly Account[]): void {
  for (const account of accounts) {
    for (const other of accounts.slice(0, 6)) if (other !== account) account.friends.push(other.id)
  }
}
