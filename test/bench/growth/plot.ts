/**
 * Draws what `npm run bench -- growth` wrote to a file, as SVG on the standard output:
 * `node test/bench/growth/plot.ts FIGURES.json > docs/growth.svg`. Both axes of each panel are logarithmic.
 */
import { readFileSync } from 'node:fs'
import type { GrowthRun } from './engine.ts'

interface Line {
  readonly name: string
  readonly colour: string
  readonly points: readonly (readonly [accounts: number, value: number])[]
}

interface Panel {
  readonly title: string
  readonly lines: readonly Line[]
  /** Of a value on the axis. */
  readonly label: (value: number) => string
}

const width = 1_080
const height = 400
const panelWidth = 280
const panelHeight = 240
const top = 84
const lefts = [66, 422, 778]
const ink = '#1f2933'
const pale = '#e4e7eb'
const colours = ['#2f6fde', '#0f9d8a', '#e0871b', '#c8375c', '#7a52c7', '#66788a']

const total = (steps: readonly { readonly cpuMs: number }[]): number =>
  steps.reduce((sum, { cpuMs }) => sum + cpuMs, 0) / 1_000

function panelsOf(runs: readonly GrowthRun[]): readonly Panel[] {
  const names = runs[0]?.steps.map(({ step }) => step) ?? []
  const main = ['read', 'judge', 'group', 'link'].filter((name) => names.includes(name))
  const line = (name: string, place: number, valueOf: (run: GrowthRun) => number): Line => ({
    name,
    colour: colours[place % colours.length] ?? ink,
    points: runs.map((run) => [run.accounts, valueOf(run)] as const),
  })
  const seconds = (value: number): string => `${round(value)} s`
  return [
    {
      title: 'A run in full, CPU time',
      label: seconds,
      lines: [
        line('all', 0, ({ steps }) => total(steps)),
        ...main.map((name, i) =>
          line(name, i + 1, ({ steps }) => total(steps.filter(({ step }) => step === name))),
        ),
      ],
    },
    {
      title: 'Memory at its peak',
      label: (value) => `${round(value)} GiB`,
      lines: [
        line('after changes', 3, ({ steps, after }) => peakOf([...steps, ...after])),
        line('in full', 0, ({ steps }) => peakOf(steps)),
      ],
    },
    {
      title: 'A run after a change, CPU time',
      label: seconds,
      lines: [
        line('1,000 events', 3, ({ after }) => lastOf(after, 1_000)),
        line('1 event', 1, ({ after }) => lastOf(after, 1)),
      ],
    },
  ]
}

/** In GiB. */
const peakOf = (steps: GrowthRun['steps']): number =>
  Math.max(...steps.map(({ peakBytes }) => peakBytes)) / 2 ** 30

const lastOf = (after: GrowthRun['after'], events: number): number =>
  (after.findLast((run) => run.events === events)?.cpuMs ?? Number.NaN) / 1_000

const round = (value: number): string => Number(value.toPrecision(2)).toString()

/** Where a value lies between two ends, of 1, by its logarithm. */
const place = (value: number, [least, most]: readonly [number, number]): number =>
  Math.log(value / least) / Math.log(most / least)

function draw(runs: readonly GrowthRun[]): string {
  const accounts = runs.map((run) => run.accounts)
  const ends = [Math.min(...accounts) / 1.15, Math.max(...accounts) * 1.15] as const
  const panels = panelsOf(runs).map((panel, i) => drawPanel(panel, { left: lefts[i] ?? 0, accounts, ends }))
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="12" fill="${ink}">`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    `<text x="${lefts[0]}" y="30" font-size="17" font-weight="600">What detection costs as a population grows</text>`,
    `<text x="${lefts[0]}" y="49" fill="#66788a">accounts across, both axes logarithmic; dashed: what would grow as the population does</text>`,
    ...panels,
    '</svg>',
    '',
  ].join('\n')
}

interface Frame {
  readonly left: number
  readonly accounts: readonly number[]
  readonly ends: readonly [number, number]
}

function drawPanel({ title, lines, label }: Panel, { left, accounts, ends }: Frame): string {
  const values = lines.flatMap(({ points }) => points.map(([, value]) => value)).filter((value) => value > 0)
  const range = [Math.min(...values) / 1.5, Math.max(...values) * 1.5] as const
  const x = (value: number): number => left + panelWidth * place(value, ends)
  const y = (value: number): number => top + panelHeight * (1 - place(value, range))
  const bottom = top + panelHeight
  const [first] = lines
  return [
    `<text x="${left}" y="${top - 12}" font-weight="600">${title}</text>`,
    ...ticksIn(range).map(
      (tick) =>
        `<line x1="${left}" x2="${left + panelWidth}" y1="${at(y(tick))}" y2="${at(y(tick))}" stroke="${pale}"/>` +
        `<text x="${left - 8}" y="${at(y(tick) + 4)}" text-anchor="end" fill="#66788a">${label(tick)}</text>`,
    ),
    ...accounts.map(
      (count, i) =>
        `<line x1="${at(x(count))}" x2="${at(x(count))}" y1="${bottom}" y2="${bottom + 4}" stroke="#9aa5b1"/>` +
        `<text x="${at(x(count))}" y="${bottom + (isCrowded(accounts, i, x) ? 31 : 18)}" text-anchor="middle" fill="#66788a">${shortly(count)}</text>`,
    ),
    `<line x1="${left}" x2="${left + panelWidth}" y1="${bottom}" y2="${bottom}" stroke="#9aa5b1"/>`,
    first ? proportional(first, { x, y, least: range[0] }) : '',
    ...lines.map((line) => drawLine(line, x, y)),
    ...legend(lines, left, bottom + 54),
  ].join('\n')
}

/** Every other label stands lower where they would touch. */
const isCrowded = (accounts: readonly number[], i: number, x: (value: number) => number): boolean =>
  i % 2 === 1 && x(accounts[i] ?? 0) - x(accounts[i - 1] ?? 0) < 42

/** As many as the population from the largest run down. */
function proportional(
  { points }: Line,
  { x, y, least }: { x: (value: number) => number; y: (value: number) => number; least: number },
): string {
  const [from, to] = [points[0], points.at(-1)]
  if (!from || !to) return ''
  const then = Math.max(least, (to[1] * from[0]) / to[0])
  const since = (to[0] * then) / to[1]
  return `<line x1="${at(x(since))}" y1="${at(y(then))}" x2="${at(x(to[0]))}" y2="${at(y(to[1]))}" stroke="#9aa5b1" stroke-dasharray="4 4"/>`
}

function drawLine(
  { colour, points }: Line,
  x: (value: number) => number,
  y: (value: number) => number,
): string {
  const known = points.filter(([, value]) => value > 0)
  const path = known.map(([accounts, value]) => `${at(x(accounts))},${at(y(value))}`).join(' ')
  const dots = known.map(
    ([accounts, value]) =>
      `<circle cx="${at(x(accounts))}" cy="${at(y(value))}" r="3.2" fill="#fff" stroke="${colour}" stroke-width="2"/>`,
  )
  return `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2"/>${dots.join('')}`
}

function legend(lines: readonly Line[], left: number, y: number): readonly string[] {
  if (lines.length < 2) return []
  let x = left
  return lines.map(({ name, colour }) => {
    const entry = `<rect x="${x}" y="${y - 9}" width="10" height="10" rx="2" fill="${colour}"/><text x="${x + 15}" y="${y}">${name}</text>`
    x += 28 + name.length * 6.6
    return entry
  })
}

/** 1, 2 and 5 of each power of ten, or powers alone where those are too many. */
function ticksIn([least, most]: readonly [number, number]): readonly number[] {
  const powers = Array.from({ length: 13 }, (_, i) => 10 ** (i - 6))
  const inside = (ticks: readonly number[]) => ticks.filter((tick) => tick >= least && tick <= most)
  const fine = inside(powers.flatMap((power) => [power, 2 * power, 5 * power]))
  return fine.length > 8 ? inside(powers) : fine
}

const at = (value: number): string => value.toFixed(1)
const shortly = (count: number): string => (count < 1e6 ? `${count / 1e3} k` : `${count / 1e6} M`)

const [file = ''] = process.argv.slice(2)
process.stdout.write(draw(JSON.parse(readFileSync(file, 'utf8')) as GrowthRun[]))
