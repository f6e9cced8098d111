/** The board is what a reading of all rings would make, and is read again only as far as something changed. */
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { RingFilter } from '../../../graph/ports.ts'
import type { Decision, Ring } from '../../../graph/ring.ts'
import { dayMs } from '../../../graph/time.ts'
import { type BoardRow, isAsked, ringBoard } from '../../../src/views/board.ts'
import { readQueue } from '../../../src/views/queue.ts'
import { ringSets, runsFor } from '../../support/core/arbitraries.ts'
import { type Published, publicationsOf } from '../../support/core/publications.ts'

const verdictOn = (ring: string, at: number): Decision => ({
  id: `dec_${at}`,
  ring,
  ringVersion: 1,
  class: 'uncertain',
  core: [],
  verdict: 'benign',
  author: 'ada',
  reason: 'r',
  at,
})

/** Half a week between two runs, so that a week ends with one. */
const asOfOf = (version: number): number => version * 3.5 * dayMs

/** A store of what was published that counts the rings it reads. */
function storeOf() {
  const now = {
    all: [] as readonly Published[],
    decisions: [] as Decision[],
    owners: new Map<string, string>(),
    read: 0,
    stepsAsked: 0,
  }
  const last = () => now.all.at(-1)
  const store = {
    async published() {
      const run = last()?.publication.run
      return run && { ...run, asOf: asOfOf(run.version) }
    },
    decisions: async () => now.decisions,
    async steps(rings: readonly string[], { since }: { since: number }) {
      const changes = now.all.flatMap(({ publication }) => publication.changes)
      now.stepsAsked += rings.length
      return changes.flatMap(({ ring, version, joined, left }) =>
        rings.includes(ring) && asOfOf(version) > since
          ? [{ ring, version, asOf: asOfOf(version), joined: joined.length, left: left.length }]
          : [],
      )
    },
    feedEnd: async () => ({ version: now.all.length, note: now.owners.size }),
    runTimes: async (versions: readonly number[]) =>
      now.all.map(({ publication: { run } }) => run).filter(({ version }) => versions.includes(version)),
    async rings({ status = 'active', class: name, changedSince = 0, isOwned }: RingFilter) {
      const found = [...(last()?.rings.values() ?? [])]
        .filter((ring) => ring.status === status && ring.version > changedSince)
        .filter(({ head }) => (name ?? head.class) === head.class)
        .filter(({ id }) => isOwned === undefined || isOwned === now.owners.has(id))
        .map((ring): Ring => {
          const owner = now.owners.get(ring.id)
          return owner === undefined ? ring : { ...ring, owner: { name: owner, since: 1 } }
        })
      now.read += found.length
      return found
    },
  }
  return { now, store }
}

const byId = (rows: readonly BoardRow[]) => rows.toSorted((x, y) => (x.ring.id < y.ring.id ? -1 : 1))

test('after every publish, verdict and assignment it is what one made anew is', async () => {
  await fc.assert(
    fc.asyncProperty(ringSets, async (sets) => {
      const { now, store } = storeOf()
      const boardIn = ringBoard()
      const check = async () => {
        const [board, anew] = [await boardIn(store), await ringBoard()(store)]
        expect(byId(board.rows)).toEqual(byId(anew.rows))
        expect(board.growing).toEqual(anew.growing)
        expect(board.queue.map(({ ring }) => ring.id)).toEqual(
          (await readQueue(store)).map(({ ring }) => ring.id),
        )
        for (const { ring } of board.rows) expect(board.timeOf(ring.version)?.version).toBe(ring.version)
      }
      const all = publicationsOf(sets)
      for (const [i] of all.entries()) {
        now.all = all.slice(0, i + 1)
        await check()
        now.decisions = [...now.decisions, verdictOn('ring_a', i + 1)]
        await check()
        now.owners.set(`ring_${'abcd'[i % 4]}`, 'bo')
        await check()
      }
      now.decisions = now.decisions.map((one) => ({ ...one, retractedAt: 9 }))
      await check()
      now.all = all.slice(0, 1)
      await check()
    }),
    runsFor(40),
  )
})

const ring = (id: string, risk: number) =>
  [
    id,
    {
      head: { class: 'uncertain', risk, firstSeen: 1, lastSeen: 2, topEvidence: [], reasons: [] },
      members: [
        { account: id, role: 'core', membership: 1, risk, compromise: 0, flagged: true, reasons: [] },
      ],
    },
  ] as const

test('nothing is read again while nothing changed, and of a publish what it changed', async () => {
  const { now, store } = storeOf()
  const boardIn = ringBoard()
  const all = publicationsOf([
    new Map([ring('ring_a', 0.5), ring('ring_b', 0.5), ring('ring_c', 0.5)]),
    new Map([ring('ring_a', 0.5), ring('ring_b', 0.6), ring('ring_c', 0.5)]),
  ])

  now.all = all.slice(0, 1)
  await Promise.all([boardIn(store), boardIn(store), boardIn(store)])
  const first = now.read
  now.all = all
  await boardIn(store)

  expect([first, now.read]).toEqual([3, 4])
  expect(now.stepsAsked).toBe(4)
})

test('what grew is told for a week, though nothing of it is read again', async () => {
  const { now, store } = storeOf()
  const boardIn = ringBoard()
  const all = publicationsOf(
    [0.5, 0.6, 0.7].map((risk) => new Map([ring('ring_a', 0.5), ring('ring_b', risk)])),
  )
  const growing: boolean[] = []

  for (const [i] of all.entries()) {
    now.all = all.slice(0, i + 1)
    growing.push((await boardIn(store)).growing.has('ring_a'))
  }

  expect(growing).toEqual([true, true, false])
  expect(now.stepsAsked).toBe(4)
})

test('a reading that failed is not remembered', async () => {
  const { store } = storeOf()
  const boardIn = ringBoard()
  const away = { ...store, published: () => Promise.reject(new Error('away')) }

  await expect(boardIn(away)).rejects.toThrow('away')
  expect((await boardIn(store)).rows).toEqual([])
})

test('rings are narrowed by what is asked', async () => {
  const rows = [
    { id: 'ring_a', risk: 0.9, size: 4, kinds: ['device'], version: 2, owner: 'bo' },
    { id: 'ring_b', risk: 0.4, size: 9, kinds: ['payout'], version: 1, owner: undefined },
  ].map(({ id, risk, version, ...rest }) => ({
    ring: { id, bornVersion: 1, version, head: { class: 'uncertain' as const, risk } },
    ...rest,
  })) as unknown as readonly BoardRow[]
  const day = 86_400_000
  const board = {
    run: publicationsOf([new Map()])[0]?.publication.run,
    timeOf: (version: number) => ({ version, asOf: 1_001 - (2 - version) * 5 * day, publishedAt: 0 }),
  }
  const asked = (narrowed: Parameters<typeof isAsked>[1]) =>
    rows.filter(isAsked(board, narrowed)).map(({ ring }) => ring.id)

  expect(asked({})).toEqual(['ring_a', 'ring_b'])
  expect(asked({ minRisk: 0.5 })).toEqual(['ring_a'])
  expect(asked({ minSize: 5 })).toEqual(['ring_b'])
  expect(asked({ tiedBy: 'payout' })).toEqual(['ring_b'])
  expect(asked({ changedWithinDays: 4 })).toEqual(['ring_a'])
  expect(asked({ changedSince: 1 })).toEqual(['ring_a'])
  expect(asked({ owner: 'bo' })).toEqual(['ring_a'])
  expect(asked({ isOwned: false })).toEqual(['ring_b'])
  expect(asked({ verdict: 'confirm' })).toEqual([])
  expect(asked({ class: 'fraud_ring' })).toEqual([])
})
