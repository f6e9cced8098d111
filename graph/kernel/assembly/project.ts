/**
 * From what accounts use to links, called in this order: `openUses`, `openDays` and `openThrough` where there are any, fill their columns,
 * `checkColumns`; `openGrounds` and fill it, `roomFor` every kind that may link and `roomForSignups`, `openEntities`, `addKind` and
 * `addSignupsOf`, fill the times of members, `closeEntities`; `richPairs` where that is asked for; `openFigures` and fill them,
 * `findLinks`; for every weak kind of days `openWeak`, `openWorth` and fill both, `strengthen`; `listLinks`.
 * Pointers are in bytes; a ground is a place of `openGrounds`. After a refusal only an `openUses` or `openGraph` may follow.
 */
import { mark, release, reserve } from './memory/arena'
import { Table, table } from './memory/table'
import { addSignups, Births, findBirths } from './projection/births'
import { Columns, columnsOf, Doubt, emptyDoubt } from './projection/columns'
import {
  addIdentifiers,
  countMembers,
  dropStale,
  Entities,
  emptyEntities,
  makeTimesWhole,
} from './projection/entities'
import { emptyFade, Fade } from './projection/fade'
import { countRich } from './projection/families'
import { checkGrounds, emptyGrounds, Grounds, microNatsMost } from './projection/grounds'
import { findShared, heldDays, Shared } from './projection/held-days'
import { Memberships, membershipsOf } from './projection/memberships'
import { markLinked, Rows, sortRows } from './projection/rows'
import { strongRows } from './projection/strong'
import { addDays, addThrough, checkUses, emptyUses, Uses } from './projection/uses'
import { addWeak } from './projection/weak'
import { figureTooLarge, refuse } from './refusal'

let uses = changetype<Uses>(0)
let grounds = changetype<Grounds>(0)
let births = changetype<Births>(0)
let entities = changetype<Entities>(0)
let memberships = changetype<Memberships>(0)
let rich = changetype<Table<i32>>(0)
let fade = changetype<Fade>(0)
let doubt = changetype<Doubt>(0)
let nats = changetype<Table<f64>>(0)
let rows = changetype<Rows>(0)
let isLinked = changetype<Table<u8>>(0)
let shared = changetype<Shared>(0)
let sharedFrom: u64 = 0
let links = changetype<Columns>(0)
/** The most that a pair's evidence can be. */
let capSum: i64 = 0

/** Forgets what was before. */
export function openUses(accounts: i32, identifiers: i32, count: i32): void {
  release(0)
  uses = emptyUses(accounts, identifiers, count)
}

/** Uses of kinds that are sliced by day lie among `sliced` from `from` on, and have so many days. */
export function openDays(from: i32, sliced: i32, days: i32): void {
  addDays(uses, from, sliced, days)
}

/** Of what only hardware showed. */
export function openThrough(through: i32): void {
  addThrough(uses, through)
}

export function useStarts(): usize {
  return changetype<usize>(uses.starts)
}

export function useAccounts(): usize {
  return changetype<usize>(uses.account)
}

export function birthDays(): usize {
  return changetype<usize>(uses.births)
}

export function dayStarts(): usize {
  return changetype<usize>(uses.dayStarts)
}

export function days(): usize {
  return changetype<usize>(uses.days)
}

export function throughStarts(): usize {
  return changetype<usize>(uses.throughStarts)
}

export function through(): usize {
  return changetype<usize>(uses.through)
}

export function checkColumns(): void {
  checkUses(uses)
}

export function openGrounds(count: i32): void {
  grounds = emptyGrounds(count)
}

export function groundCaps(): usize {
  return changetype<usize>(grounds.caps)
}

export function halfLivesMs(): usize {
  return changetype<usize>(grounds.halfLivesMs)
}

export function oldestAt(): usize {
  return changetype<usize>(grounds.oldestAt)
}

export function families(): usize {
  return changetype<usize>(grounds.families)
}

/** Members of a kind whose identifiers are numbered from `first` to `end`. */
export function roomFor(first: i32, end: i32, accountsMax: i32): i32 {
  return countMembers(uses, first, end, accountsMax)
}

/** The same of sign-ups, at most; of one kind alone. */
export function roomForSignups(first: i32, end: i32): i32 {
  births = changetype<Births>(reserve(offsetof<Births>()))
  return findBirths(births, uses, first, end)
}

export function openEntities(members: i32): void {
  entities = emptyEntities(members)
}

export function addKind(ground: i32, first: i32, end: i32, accountsMax: i32): void {
  addIdentifiers(entities, uses, ground, first, end, accountsMax)
}

/** Of those that `roomForSignups` found. */
export function addSignupsOf(ground: i32, accountsMax: i32): void {
  addSignups(entities, uses, births, ground, accountsMax)
}

export function memberCount(): i32 {
  return entities.starts[entities.count]
}

/** By member, the number of its use. */
export function memberUses(): usize {
  return changetype<usize>(entities.uses)
}

export function firstAt(): usize {
  return changetype<usize>(entities.firstAt)
}

export function lastAt(): usize {
  return changetype<usize>(entities.lastAt)
}

/** Leaves out what is too old; how many are left. */
export function closeEntities(): i32 {
  checkGrounds(grounds)
  makeTimesWhole(entities)
  dropStale(entities, grounds)
  memberships = membershipsOf(entities, uses.accounts)
  capSum = 0
  for (let ground = 0; ground < grounds.count; ground++) capSum += grounds.caps[ground]
  return entities.count
}

export function entityStarts(): usize {
  return changetype<usize>(entities.starts)
}

export function entityIdentifiers(): usize {
  return changetype<usize>(entities.identifiers)
}

export function entityGrounds(): usize {
  return changetype<usize>(entities.grounds)
}

/** By entity, pairs of its accounts that share something of another family; until anything else is opened. */
export function richPairs(): usize {
  const before = mark()
  rich = table<i32>(entities.count)
  countRich(entities, memberships, grounds, uses.accounts, rich)
  release(before)
  return changetype<usize>(rich)
}

export function openFigures(): void {
  nats = table<f64>(entities.count)
  fade = emptyFade()
  doubt = emptyDoubt()
}

/** By entity, what sharing it says while it does not fade. */
export function entityNats(): usize {
  return changetype<usize>(nats)
}

export function wholeHalves(): usize {
  return changetype<usize>(fade.whole)
}

export function partHalves(): usize {
  return changetype<usize>(fade.parts)
}

export function coarseDoubt(): usize {
  return changetype<usize>(doubt.coarse)
}

export function fineDoubt(): usize {
  return changetype<usize>(doubt.fine)
}

/** By strong evidence alone; how many there are. */
export function findLinks(evidenceMin: i32): i32 {
  rows = strongRows(uses, entities, memberships, grounds, fade, nats, evidenceMin)
  sortRows(rows)
  isLinked = markLinked(rows)
  sharedFrom = mark()
  return rows.starts[rows.accounts]
}

/** Identifiers from `first` to `end` that linked accounts share; how many. */
export function openWeak(first: i32, end: i32): i32 {
  release(sharedFrom)
  shared = findShared(uses, isLinked, first, end)
  return shared.count
}

/** Ascending. */
export function sharedIdentifiers(): usize {
  return changetype<usize>(shared.identifiers)
}

/** Rows of worth, by the number of accounts on a day, each up to `togetherMost`. */
export function openWorth(rowCount: i32): void {
  shared.rows = table<i32>(shared.count)
  shared.worth = table<i32>(rowCount * (shared.togetherMost + 1))
}

export function togetherMost(): i32 {
  return shared.togetherMost
}

/** By shared identifier, its row. */
export function worthRows(): usize {
  return changetype<usize>(shared.rows)
}

export function worth(): usize {
  return changetype<usize>(shared.worth)
}

/** Adds what days of the shared identifiers say. */
export function strengthen(cap: i32): void {
  capSum += cap
  if (cap < 1 || capSum >= microNatsMost) refuse(figureTooLarge)
  addWeak(rows, uses, heldDays(uses, isLinked, shared), cap)
}

export function listLinks(): void {
  release(sharedFrom)
  links = columnsOf(rows, doubt)
}

export function linkLesser(): usize {
  return changetype<usize>(links.a)
}

export function linkGreater(): usize {
  return changetype<usize>(links.b)
}

export function linkEvidence(): usize {
  return changetype<usize>(links.evidence)
}

export function linkWeights(): usize {
  return changetype<usize>(links.weight)
}
