/** Explanations of what is too large to be read whole: bounded by work that is counted, never by time. */
import { expect, test } from '@jest/globals'
import { linked, readSurroundings } from '../../../graph/explain/counterfactual/grouping.ts'
import { defaultSurroundingsCaps } from '../../../graph/explain/counterfactual/surroundings.ts'
import { explainMember } from '../../../graph/explain/member.ts'
import { defaultPathCaps, explainAccounts } from '../../../graph/explain/path.ts'
import { explainRing } from '../../../graph/explain/ring.ts'
import { shippedKinds } from '../../../graph/identifiers/registry.ts'
import type { IdentifierKey } from '../../../graph/model.ts'
import { nothingPublic } from '../../../graph/projection/publicness.ts'
import type { Ring } from '../../../graph/ring.ts'
import { type IndexedState, indexedState } from '../../support/core/indexed-state.ts'
import { seen, stateOf } from '../../support/core/states.ts'

const options = {
  kindOf: (kind: string) => shippedKinds.get(kind),
  publicness: nothingPublic,
  run: undefined,
}

const names = Array.from({ length: 60 }, (_, i) => `a${String(i).padStart(2, '0')}`)

/** Each two of six blocks of ten share a device of their own, and all one address. */
const clique = names.map((account, i) => {
  const own = i % 6
  const devices = Array.from({ length: 6 }, (_, other) => [own, other].toSorted((x, y) => x - y).join('-'))
  return seen(account, ['ip:all', ...devices.map((device) => `device:${device}`)])
})

const ring: Ring = {
  id: 'ring_1',
  status: 'active',
  bornVersion: 1,
  version: 1,
  head: { class: 'uncertain', risk: 0.5, firstSeen: 0, lastSeen: 0, topEvidence: [], reasons: [] },
  members: names.map((account, i) => ({
    account,
    role: 'core',
    membership: 1,
    risk: i / 100,
    compromise: 0,
    flagged: false,
    reasons: [],
  })),
}

/** The state, and what was read of it. */
function counted(state: IndexedState) {
  const read = { accountUses: 0, identifiers: new Set<string>(), uses: 0 }
  const store: Pick<IndexedState, 'accounts' | 'users'> = {
    async accounts(ids) {
      const found = await state.accounts(ids)
      for (const { uses } of found) read.accountUses += uses.length
      return found
    },
    async users(keys: readonly IdentifierKey[], limits) {
      const found = await state.users(keys, limits)
      for (const { identifier, uses } of found) {
        read.identifiers.add(identifier.ref)
        read.uses += uses.length
      }
      return found
    },
  }
  return { store, read }
}

test('a ring that links more pairs than are looked at says so, and tells its riskiest by their true crowds', async () => {
  const { store } = counted(await indexedState(stateOf(clique)))
  // A device of two blocks links 190 pairs.
  const caps = { ...defaultSurroundingsCaps, pairsMax: 600 }

  const found = await explainRing(store, ring, { ...options, caps })

  expect(found.truncated).toBe(true)
  expect(found.isMadeByLinks).toBe(false)
  expect(found.withoutAll).toBeUndefined()
  const told = found.ties.filter(({ evidence }) => evidence > 0)
  expect(told.length).toBeGreaterThan(0)
  expect(told.reduce((pairs, { accounts: n }) => pairs + (n * (n - 1)) / 2, 0)).toBeLessThanOrEqual(600)
  for (const { kind, ref, accounts } of told) {
    const users = clique.filter(({ identifiers }) =>
      identifiers.some((one) => one.kind === kind && one.ref === ref),
    )
    expect(accounts).toBe(users.length)
  }
})

test('the accounts of a ring that is too large are read by their risk', async () => {
  const { store, read } = counted(await indexedState(stateOf(clique)))
  const caps = { ...defaultSurroundingsCaps, accountUsesMax: 70 }

  const found = await explainRing(store, ring, { ...options, caps })

  expect(found.truncated).toBe(true)
  const linked = new Set(found.links.flatMap(({ a, b }) => [a, b]))
  expect(linked.size).toBeGreaterThan(1)
  for (const account of linked) expect(names.slice(-10)).toContain(account)
  expect(read.accountUses).toBeLessThan(clique.length * 7 * 2)
})

test('the order of its members and of asking changes nothing', async () => {
  const state = await indexedState(stateOf(clique))
  const caps = { ...defaultSurroundingsCaps, pairsMax: 600, accountUsesMax: 100 }
  const turned = { ...ring, members: ring.members.toReversed() }

  const [one, other] = [
    await explainRing(state, ring, { ...options, caps }),
    await explainRing(state, turned, { ...options, caps }),
  ]

  expect(other.links).toEqual(one.links)
  expect(other.ties).toEqual(one.ties)
})

test('why an account is in a ring that is too large is told of that account', async () => {
  const state = await indexedState(stateOf(clique))
  const caps = { ...defaultSurroundingsCaps, pairsMax: 600, accountUsesMax: 100 }

  for (const account of ['a00', 'a31', 'a59']) {
    const found = await explainMember(state, ring, { ...options, caps, account })

    expect(found?.truncated).toBe(true)
    expect(found?.linked).toBeGreaterThan(0)
    for (const { members } of found?.strongest ?? []) expect(members).toContain(account)
  }
})

test('two that are linked are told so, however many others either is linked to', async () => {
  const state = await indexedState(stateOf(clique))
  const caps = { ...defaultPathCaps, neighboursMax: 3, linksMax: 3 }

  const found = await explainAccounts(state, ['a00', 'a59'], { ...options, caps })

  expect(found).toMatchObject({ linked: true, truncated: true })
})

test('a search reads no more than it may', async () => {
  const { store, read } = counted(await indexedState(stateOf(clique)))
  const caps = { ...defaultPathCaps, usesMax: 100 }

  const found = await explainAccounts(store, ['a00', 'a59'], { ...options, caps, paths: 5 })

  expect(found).toMatchObject({ linked: true, truncated: true })
  // What is read of one account is read whole: its seven identifiers.
  expect(read.uses).toBeLessThan(100 + 7 * 60)
})

test('what was not read links nobody', async () => {
  const state = await indexedState(stateOf(clique))
  const caps = { ...defaultSurroundingsCaps, pairsMax: 600 }
  const grouping = { ...options, asOf: 0 }

  const read = await readSurroundings(state, names, { ...grouping, caps })
  const { pairs } = await linked(read, grouping)

  expect(read.isSpent).toBe(true)
  expect(pairs.a.length).toBeGreaterThan(0)
  expect(pairs.a.length).toBeLessThanOrEqual(600)
})

test('the links of the account that is asked about are told, though thousands are stronger', async () => {
  const many = Array.from({ length: 105 }, (_, i) => `m${i}`)
  const state = await indexedState(
    stateOf([...many.map((account) => seen(account, ['device:x', 'device:w'])), seen('z', ['device:w'])]),
  )
  const [pattern] = ring.members
  if (!pattern) throw new Error('There is no member')
  const members = [...many, 'z'].toSorted().map((account) => ({ ...pattern, account }))

  const found = await explainMember(state, { ...ring, members }, { ...options, account: 'z' })

  expect(found).toMatchObject({ linked: 105, truncated: true })
})
