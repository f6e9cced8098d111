import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import type { Board } from '../../../range/board/board.ts'
import { figures } from '../../../range/board/figures.ts'
import { methodNames } from '../../../src/cli/board/methods.ts'
import { type Ended, runCommand } from '../../support/processes/command.ts'
import { tempDir } from '../../support/temp-dir.ts'
import { elementsOf } from './markup.ts'

const dir = tempDir()
afterAll(() => dir[Symbol.dispose]())

/** Five seconds of work, on a machine that others may use. */
const deadlineMs = 120_000

const share = z.number().min(0).max(1)
const bins = z.array(z.strictObject({ count: z.int(), said: z.number(), true: z.int() })).length(10)
const estimate = { median: z.number(), low: z.number(), high: z.number() }
const worldSchema = z.strictObject({
  world: z.string(),
  counts: z.array(z.looseObject({ accounts: z.int(), rings: z.int(), linkable: share })).length(2),
  ceiling: z.strictObject(estimate),
  tempo: z.strictObject({
    boosted: z.array(share).length(2),
    logistic: z.array(share).length(2),
    chance: z.array(share).length(2),
    telling: z.array(z.strictObject({ feature: z.string(), area: share })).length(3),
  }),
  links: z
    .array(
      z.strictObject({
        links: z.int().positive(),
        together: share,
        averagePrecision: share,
        area: share,
        brier: share,
        calibrationError: share,
        bins,
      }),
    )
    .length(2),
  verdicts: z
    .array(
      z.strictObject({
        groups: z.int().positive(),
        averagePrecision: share,
        brier: share,
        calibrationError: share,
        bins,
        queuePrecision: share,
        classes: z.record(z.string(), z.strictObject({ rings: z.int(), others: z.int() })),
      }),
    )
    .length(2),
  methods: z.array(
    z.strictObject({
      name: z.string(),
      title: z.string(),
      source: z.string(),
      isOurs: z.boolean(),
      comparedWith: z.literal('ringleader-judged').optional(),
      figures: z.record(z.string(), z.strictObject({ ...estimate, bySeed: z.array(z.number()).length(2) })),
      attacks: z.record(z.string(), z.strictObject({ rings: z.int(), recall50: share, recall80: share })),
      subgroups: z.record(
        z.string(),
        z.strictObject({ benign: z.int(), flagged: z.int(), per10k: z.number().min(0).max(10_000) }),
      ),
      compared: z.record(
        z.string(),
        z.strictObject({ ...estimate, above: z.int(), below: z.int(), p: share }),
      ),
      tookMs: z.number().min(0),
    }),
  ),
})
const boardSchema = z.strictObject({
  version: z.literal(1),
  seeds: z.tuple([z.literal(3), z.literal(4)]),
  accounts: z.literal(1_000),
  worlds: z.tuple([worldSchema]),
})

describe('a board of two seeds', () => {
  let ended: Ended
  let board: Board
  let html: string

  beforeAll(async () => {
    ended = await runCommand(
      ['range', 'board', '--accounts', '1000', '--seeds', '3-4', '--out', dir.path],
      {},
      { deadlineMs },
    )
    board = JSON.parse(readFileSync(join(dir.path, 'board.json'), 'utf8')) as Board
    html = readFileSync(join(dir.path, 'board.html'), 'utf8')
  }, deadlineMs)

  test('ends well and prints a row a method', () => {
    expect(ended).toMatchObject({ code: 0 })
    expect(ended.stderr.match(/seed \d/g)?.toSorted()).toEqual(['seed 3', 'seed 4'])
    for (const { title } of board.worlds[0]?.methods ?? []) expect(ended.stdout).toContain(title)
  })

  test('is JSON of the shape that is promised, every method with every figure', () => {
    expect(boardSchema.parse(board).worlds[0].methods.map(({ name }) => name)).toEqual(methodNames)
    for (const { figures: own, isOurs, compared } of board.worlds[0]?.methods ?? []) {
      expect(Object.keys(own)).toEqual(figures.map(({ name }) => name))
      expect(Object.keys(compared)).toHaveLength(isOurs ? 0 : 5)
      for (const { median, low, high } of Object.values(own)) {
        expect(low).toBeLessThanOrEqual(median)
        expect(high).toBeGreaterThanOrEqual(median)
      }
    }
  })

  test('has no ring of ours that falls apart', () => {
    const [ours] = board.worlds[0]?.methods ?? []

    expect(ours?.figures['disconnected']?.bySeed).toEqual([0, 0])
    expect(ours?.figures['recall50']?.median).toBeGreaterThan(0)
  })

  test('is a page of whole elements, with every method in every table, that asks nothing of a network', () => {
    const elements = elementsOf(html)
    const tables = elements.filter(({ name }) => name === 'table')

    expect(tables).toHaveLength(7)
    expect(elements.filter(({ name }) => name === 'caption')).toHaveLength(7)
    expect(elements.filter(({ name }) => name === 'svg').map(({ attributes }) => attributes['role'])).toEqual(
      ['img'],
    )
    const classes = new Set(board.worlds[0]?.verdicts.flatMap((one) => Object.keys(one.classes)))
    expect(html.match(/<th scope="row">/g)).toHaveLength(5 * methodNames.length - 3 + 10 + classes.size)
    expect(html).not.toMatch(/(src|href)="(?!#)|url\(|@import|<script/)
    expect(html).not.toMatch(/NaN|undefined|Infinity/)
  })
})

test('what is not there is said by name', async () => {
  const out = ['--out', dir.path]
  const [world, method, seeds] = await Promise.all([
    runCommand(['range', 'board', '--world', 'atlantis', ...out]),
    runCommand(['range', 'board', '--methods', 'wcc,magic', ...out]),
    runCommand(['range', 'board', '--seeds', '9-1', ...out]),
  ])

  expect(world.stderr).toContain('There is no world atlantis')
  expect(method.stderr).toContain('There is no method magic')
  expect(seeds.stderr).toContain('range of seeds')
  expect([world.code, method.code, seeds.code]).not.toContain(0)
})
