/**
 * The scores as docs and literature word them, by looking at every pair and every two sets: slow, obviously right,
 * and sharing nothing with the product but types.
 */
import type { PublishedMember, Score } from '../../range/score.ts'
import type { TruthLine } from '../../range/truth.ts'

type Sets = readonly { readonly name: string; readonly members: readonly string[] }[]

export function oracleScore(published: readonly PublishedMember[], truth: readonly TruthLine[]): Score {
  const counting = published.filter(({ role }) => ['core', 'bridge', 'receiver', 'victim'].includes(role))
  const found = setsOf(counting.map(({ account, ring }) => [account, ring]))
  const planted = setsOf(
    truth.flatMap(({ account, ring }) => (ring === null ? [] : [[account, ring] as const])),
  )
  const ringed = planted.flatMap(({ members }) => members)
  const best = (members: readonly string[]) =>
    Math.max(0, ...found.map((other) => jaccard(members, other.members)))
  const recall = (sets: Sets, least: number) =>
    share(sets.filter(({ members }) => best(members) >= least).length, sets.length)
  const recalls = (sets: Sets) => ({ recall50: recall(sets, 0.5), recall80: recall(sets, 0.8) })
  const attackOf = (ring: string) => truth.find((line) => line.ring === ring)?.attack ?? 'unknown'
  const attacks = [...new Set(planted.map(({ name }) => attackOf(name)))].toSorted()

  return {
    rings: {
      truth: planted.length,
      published: found.length,
      ...recalls(planted),
      ...purity(planted, found, ringed),
    },
    pairs: pairs(planted, found, ringed),
    bcubed: bcubed(planted, found, ringed),
    accounts: accounts(published, truth),
    victims: victims(published, truth),
    attacks: Object.fromEntries(
      attacks.map((attack) => {
        const sets = planted.filter(({ name }) => attackOf(name) === attack)
        return [attack, { rings: sets.length, ...recalls(sets) }]
      }),
    ),
  }
}

const setsOf = (rows: readonly (readonly [string, string])[]): Sets =>
  [...new Set(rows.map(([, ring]) => ring))].map((name) => ({
    name,
    members: rows.filter(([, ring]) => ring === name).map(([account]) => account),
  }))

const common = (a: readonly string[], b: readonly string[]) =>
  a.filter((account) => b.includes(account)).length
const jaccard = (a: readonly string[], b: readonly string[]) => common(a, b) / new Set([...a, ...b]).size
const share = (part: number, whole: number) => (whole === 0 ? 0 : Math.round((part / whole) * 1e6) / 1e6)

function purity(planted: Sets, found: Sets, ringed: readonly string[]) {
  const touching = planted.map(
    ({ members }) => found.filter((other) => common(members, other.members) > 0).length,
  )
  const met = touching.filter((count) => count > 0)
  const mixed = found.filter(({ members }) => common(members, ringed) > 0).flatMap(({ members }) => members)
  return {
    fragmentation: share(sum(met), met.length),
    contamination: share(mixed.filter((account) => !ringed.includes(account)).length, mixed.length),
    precision: share(
      found.filter(({ members }) => common(members, ringed) >= members.length / 2).length,
      found.length,
    ),
  }
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

function pairs(planted: Sets, found: Sets, ringed: readonly string[]) {
  const everybody = [...new Set([...planted, ...found].flatMap(({ members }) => members))]
  const together = (sets: Sets, a: string, b: string) =>
    sets.some(({ members }) => members.includes(a) && members.includes(b))
  let both = 0
  let claimed = 0
  let real = 0
  for (const [n, a] of everybody.entries()) {
    for (const b of everybody.slice(n + 1)) {
      if (!ringed.includes(a) && !ringed.includes(b)) continue
      const [isClaimed, isReal] = [together(found, a, b), together(planted, a, b)]
      claimed += Number(isClaimed)
      real += Number(isReal)
      both += Number(isClaimed && isReal)
    }
  }
  return { precision: share(both, claimed), recall: share(both, real), f1: share(2 * both, claimed + real) }
}

function bcubed(planted: Sets, found: Sets, ringed: readonly string[]) {
  const setOf = (sets: Sets, account: string) =>
    sets.find(({ members }) => members.includes(account))?.members ?? [account]
  const each = ringed.map((account) => [setOf(found, account), setOf(planted, account)] as const)
  return {
    precision: share(sum(each.map(([mine, real]) => common(mine, real) / mine.length)), ringed.length),
    recall: share(sum(each.map(([mine, real]) => common(mine, real) / real.length)), ringed.length),
  }
}

function accounts(published: readonly PublishedMember[], truth: readonly TruthLine[]): Score['accounts'] {
  const roleOf = (account: string) => truth.find((line) => line.account === account)?.role
  const isFraud = (role?: string) => role === 'operator' || role === 'member' || role === 'mule'
  const flagged = published.filter((row) => row.flagged).map(({ account }) => roleOf(account))
  const right = flagged.filter(isFraud).length
  const claimed = flagged.filter((role) => role !== 'victim').length
  const fraud = truth.filter(({ role }) => isFraud(role)).length
  const benign = truth.filter(({ role }) => role === 'benign').length
  return {
    precision: share(right, claimed),
    recall: share(right, fraud),
    f1: share(2 * right, claimed + fraud),
    harmedPer10k: share(10_000 * flagged.filter((role) => role === 'benign').length, benign),
    bystandersFlagged: flagged.filter((role) => role === 'bystander').length,
  }
}

function victims(published: readonly PublishedMember[], truth: readonly TruthLine[]): Score['victims'] {
  const robbed = truth.filter(({ role }) => role === 'victim').map(({ account }) => account)
  const rows = published.filter(({ account }) => robbed.includes(account))
  return { truth: robbed.length, flagged: rows.filter(({ flagged }) => flagged).length, inARing: rows.length }
}
