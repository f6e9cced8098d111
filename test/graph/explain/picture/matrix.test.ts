/** A matrix shows what its ring's accounts use, in blocks, and counts what it leaves out. */
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { linksOf } from '../../../../graph/explain/path.ts'
import { type RingMatrix, ringMatrix } from '../../../../graph/explain/picture/matrix.ts'
import { ringGraph } from '../../../../graph/explain/picture/ring-graph.ts'
import type { Role } from '../../../../graph/ring.ts'
import { matrixView } from '../../../../src/views/reads/matrix.ts'
import { runsFor } from '../../../support/core/arbitraries.ts'
import { publishedWorld, smallWorlds } from '../../../support/core/published-world.ts'
import { day, seen, start } from '../../../support/core/states.ts'

const key = ({ kind, ref }: { kind: string; ref: string }): string => `${kind}:${ref}`
const whole = { rowsMax: 500, columnsMax: 500 }
const names = ({ rows }: RingMatrix) => rows.map(({ member }) => member.account)

test('its cells are the uses of the graph, with the days of the events', async () => {
  await fc.assert(
    fc.asyncProperty(smallWorlds, async (events) => {
      const { state, rings, options } = await publishedWorld(events)
      for (const ring of rings) {
        const { cells, rows, columns } = await ringMatrix(state, ring, { ...options, ...whole })
        const { uses, identifiers } = await ringGraph(state, ring, { ...options, budget: 2_000 })

        expect(cells).toEqual(uses.map((use) => ({ ...use, days: expect.any(Number) })))
        expect(new Set(columns.map(key))).toEqual(new Set(identifiers.map(key)))
        expect(rows).toHaveLength(ring.members.length)
        for (const cell of cells) {
          const own = events.filter(
            (one) =>
              one.account === cell.account &&
              one.type !== 'login_failed' &&
              one.identifiers.some((identifier) => key(identifier) === key(cell)),
          )
          expect(cell.days).toBe(new Set(own.map(({ at }) => Math.floor(at / day))).size)
        }
      }
    }),
    runsFor(40),
  )
})

test('what there is no room for is counted, and no cell, hub or block tells of it', async () => {
  const limits = fc.record({
    rowsMax: fc.integer({ min: 1, max: 6 }),
    columnsMax: fc.integer({ min: 1, max: 4 }),
  })
  await fc.assert(
    fc.asyncProperty(smallWorlds, limits, async (events, some) => {
      const { state, rings, options } = await publishedWorld(events)
      for (const ring of rings) {
        const all = await ringMatrix(state, ring, { ...options, ...whole })
        const cut = await ringMatrix(state, ring, { ...options, ...some })

        expect(names(cut)).toEqual(names(all).slice(0, some.rowsMax))
        expect(cut.columns).toEqual(all.columns.slice(0, some.columnsMax))
        expect(cut.omitted).toEqual({
          rows: all.rows.length - cut.rows.length,
          columns: all.columns.length - cut.columns.length,
        })
        expect(cut.truncated).toBe(cut.omitted.rows + cut.omitted.columns > 0)
        const shown = new Set(cut.columns.map(key))
        expect(cut.cells).toEqual(
          all.cells.filter((cell) => names(cut).includes(cell.account) && shown.has(key(cell))),
        )
        expect(cut.blocks).toEqual(all.blocks)
      }
    }),
    runsFor(40),
  )
})

/** Two farms of one device each, of which two share a card; one of them is a victim, and nothing ties one more. */
async function twoFarms() {
  const events = ['left', 'right'].flatMap((side) =>
    Array.from({ length: 6 }, (_, i) =>
      seen(`${side}${i}`, [`device:${side}`, `cookie:${side}`, ...(i === 0 ? ['payment:both'] : [])], {
        at: start + i * day,
      }),
    ),
  )
  const { state, rings, options } = await publishedWorld([...events, seen('zed', ['device:own'])])
  const [ring] = rings
  const [model] = ring?.members ?? []
  if (!ring || !model) throw new Error('Two farms are a ring')
  const roles: Readonly<Record<string, Role>> = { left3: 'victim', zed: 'associate' }
  const accounts = [...new Set(events.map(({ account }) => account)), 'zed'].toSorted()
  const members = accounts.map((account) => ({ ...model, account, role: roles[account] ?? 'core' }))
  return { state, ring: { ...ring, members }, options }
}

test('its rows come block by block, those kept apart last, and blocks are tied by what crosses them', async () => {
  const { state, ring, options } = await twoFarms()

  const matrix = await ringMatrix(state, ring, { ...options, ...whole })

  const blocks = matrix.rows.map(({ member, block }) => (member.role === 'victim' ? 'victim' : block))
  expect(blocks).toEqual([0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, undefined, 'victim'])
  expect(matrix.blocks.map(({ number, accounts }) => [number, accounts])).toEqual([
    [0, 6],
    [1, 5],
  ])
  expect(matrix.columns.filter((column) => column.blocks.length > 1).map(key)).toEqual(['payment:both'])
  const [crossing] = (await linksOf(state, 'left0', options)).links.filter(
    (link) => link.a === 'right0' || link.b === 'right0',
  )
  expect(matrix.between).toEqual([{ a: 0, b: 1, evidence: crossing?.evidence }])
})

test('a cell is recent for a week from its last use', async () => {
  const { state, ring, options } = await twoFarms()
  const matrix = await ringMatrix(state, ring, { ...options, ...whole })
  const [cell] = matrix.cells
  const recentAt = (asOf: number) => matrixView(matrix, asOf).cells[0]?.isRecent
  const last = cell?.lastAt ?? 0

  expect([recentAt(last), recentAt(last + 7 * day - 1), recentAt(last + 7 * day)]).toEqual([
    true,
    true,
    false,
  ])
  const { columns, blocks } = matrixView(matrix, last)
  expect(columns.map(({ sentence }) => sentence)).toContain(
    'One payment instrument holds blocks A and B together',
  )
  expect(blocks.map(({ sentence }) => sentence)).toEqual([
    'A: 6 accounts, 1 cookie, 1 device',
    'B: 5 accounts, 1 cookie, 1 device',
  ])
})
