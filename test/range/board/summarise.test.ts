import { describe, expect, test } from '@jest/globals'
import type { WorldRun } from '../../../range/board/board.ts'
import { escaped, range, shown, signed } from '../../../range/board/page/markup.ts'
import { boardPage } from '../../../range/board/page/page.ts'
import { summarise } from '../../../range/board/summarise.ts'
import { linkFigures } from '../../../range/metrics/links.ts'
import { measure } from '../../../range/metrics/measure.ts'
import { verdictFigures } from '../../../range/metrics/verdicts.ts'
import type { PublishedMember } from '../../../range/score.ts'
import { tempoFeatures } from '../../../range/tempo/features.ts'
import type { TruthLine } from '../../../range/truth.ts'
import { tableOf } from '../baselines/tables.ts'
import { elementsOf } from './markup.ts'

const truth: readonly TruthLine[] = [
  ...[...'abcdef'].map(
    (account, n): TruthLine => ({
      account,
      ring: n < 3 ? 'p' : 'q',
      attack: n < 3 ? 'a_farm' : 'mules',
      role: 'member',
      group: null,
    }),
  ),
  ...[...'wxyz'].map(
    (account): TruthLine => ({ account, ring: null, attack: null, role: 'benign', group: 'household-1' }),
  ),
]
const table = tableOf([...'abcdefwxyz'].map((name) => `${name} device:1`))
const found = (names: string): readonly PublishedMember[] =>
  [...names].map((account) => ({ account, ring: 'r', role: 'core', flagged: true }))

const counts = {
  events: 10,
  accounts: 10,
  rings: 2,
  ringed: 6,
  victims: 0,
  bystanders: 0,
  labels: 1,
  linkable: 0.9,
}
const group = {
  class: 'fraud_ring',
  risk: 0.8,
  members: [...'abc'].map((account) => ({ account, role: 'core' })),
}
const run = (seed: number, [ours, other]: readonly [string, string]): WorldRun => ({
  world: 'w',
  seed,
  counts,
  tempo: {
    columns: tempoFeatures.map(() => Float64Array.from([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])),
    answers: Uint8Array.from([1, 0, 1, 0, 1, 0, 1, 0, 1, 0]),
  },
  methods: [
    { method: 'ours', measure: measure(found(ours), truth, table), tookMs: 10 },
    { method: 'other', measure: measure(found(other), truth, table), tookMs: 30 },
  ],
  links: linkFigures(
    { a: Int32Array.of(0, 6), b: Int32Array.of(1, 7), weight: Float64Array.of(0.9, 0.3) },
    [...'abcdefwxyz'],
    truth,
  ),
  verdicts: verdictFigures([group], [group], truth),
})
const options = {
  methods: [
    { name: 'ours', title: 'Ours & <co>', source: 's', isOurs: true },
    { name: 'other', title: 'Other', source: 's', isOurs: false },
  ],
  worlds: ['w'],
  seeds: [1, 2, 3],
  accounts: 10,
}
const runs = [run(1, ['abc', 'abcwxyz']), run(2, ['abc', 'x']), run(3, ['abcd', 'wx'])]

describe('a summary', () => {
  test('has medians and what each seed gave', () => {
    const [ours, other] = summarise(runs, options).worlds[0]?.methods ?? []

    expect(ours?.figures['recall50']).toMatchObject({ median: 0.5, bySeed: [0.5, 0.5, 0.5] })
    expect(other?.figures['recall50']).toMatchObject({ median: 0, bySeed: [0, 0, 0] })
    expect(ours?.attacks).toEqual({
      a_farm: { rings: 3, recall50: 1, recall80: 2 / 3 },
      mules: { rings: 3, recall50: 0, recall80: 0 },
    })
    expect(other?.subgroups).toEqual({ household: { benign: 12, flagged: 7, per10k: 70_000 / 12 } })
  })

  test('compares ours with others and not with itself', () => {
    const [ours, other] = summarise(runs, options).worlds[0]?.methods ?? []

    expect(ours?.compared).toEqual({})
    expect(other?.compared['recall50']).toMatchObject({ median: 0.5, above: 3, below: 0, p: 0.25 })
  })

  test('compares what our judge says of others with what it says of ours', () => {
    const [ours, other] = options.methods
    const methods = [
      ...(ours ? [ours, { ...ours, name: 'other' }] : []),
      ...(other ? [{ ...other, name: 'ours', comparedWith: 'other' }] : []),
    ]
    const judged = summarise(runs, { ...options, methods }).worlds[0]?.methods.at(-1)

    expect(judged?.compared['recall50']).toMatchObject({ median: -0.5, above: 0, below: 3 })
  })

  test('is the same in whatever order threads ended', () => {
    expect(summarise(runs.toReversed(), options)).toEqual(summarise(runs, options))
  })

  test('makes a page of it, even of one seed', () => {
    const page = boardPage(summarise(runs.slice(0, 1), { ...options, seeds: [1] }))

    expect(elementsOf(page).length).toBeGreaterThan(100)
    expect(page).toContain('Ours &amp; &lt;co&gt;')
    expect(page).toContain('a farm (1)')
    expect(page).toContain('<tr><th scope="row">fraud_ring</th><td>1</td><td>0</td></tr>')
    expect(page).toContain(
      '<tr><th scope="row">0.9 to 1.0</th><td>1</td><td>.90</td><td>1.00</td><td>0</td><td class="none">–</td><td class="none">–</td></tr>',
    )
  })
})

test('numbers are written for people', () => {
  expect([shown(0.934, 2), shown(1, 2), shown(-0.05, 2), shown(-0.001, 2), shown(12_345.6, 0)]).toEqual([
    '.93',
    '1.00',
    '−.05',
    '.00',
    '12\u202f346',
  ])
  expect([signed(0.2, 2), signed(-0.2, 2), signed(0.001, 2)]).toEqual(['+.20', '−.20', '.00'])
  expect(range({ low: 0.1, high: 3_000 }, 1)).toBe('0.1 to 3\u202f000.0')
  expect(escaped('<a href="x">&')).toBe('&lt;a href=&quot;x&quot;&gt;&amp;')
})
