/** Dots with intervals, a row a method and a panel a figure, drawn as SVG. */
import type { BoardMethod, BoardWorld } from '../board.ts'
import { escaped, range, shown } from './markup.ts'

interface Panel {
  readonly figure: string
  readonly title: string
  readonly hint: string
  readonly digits: number
  /** Values on the axis that are written. */
  readonly ticks: readonly number[]
  /** From 0 to 1 along the axis. */
  readonly place: (value: number) => number
}

const share = (value: number): number => Math.min(1, Math.max(0, value))
const shares = { digits: 2, ticks: [0, 0.5, 1], place: share }

const panels: readonly Panel[] = [
  { figure: 'recall50', title: 'Ring recall', hint: 'more is better', ...shares },
  { figure: 'pairPrecision', title: 'Pair precision', hint: 'more is better', ...shares },
  { figure: 'accountF1', title: 'Account F1', hint: 'more is better', ...shares },
  {
    figure: 'harmedPer10k',
    title: 'Harmed per 10 k',
    hint: 'less is better, log scale',
    digits: 1,
    ticks: [0, 10, 100, 1_000, 10_000],
    place: (value) => share(Math.log10(1 + value) / 4),
  },
]

const labelWidth = 218
const panelWidth = 168
const gap = 26
const rowHeight = 24
const top = 52
const width = labelWidth + panels.length * (panelWidth + gap)

export function dotPlot({ world, methods, ceiling }: BoardWorld): string {
  const height = top + methods.length * rowHeight + 26
  const id = `dots-${world}`
  const ours = methods.filter(({ isOurs }) => isOurs).length
  return `<figure><div class="scroll" tabindex="0" role="region" aria-label="Dot plot of ${escaped(world)}">
<svg viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}-title ${id}-text">
<title id="${id}-title">Methods on ${escaped(world)}</title>
<desc id="${id}-text">Median over seeds and 95 % interval of each method. The table below holds the numbers.</desc>
<rect class="stripe" x="0" y="${top}" width="${width}" height="${ours * rowHeight}" rx="4"/>
${panels.map((panel, at) => axis(panel, { x: panelAt(at), bottom: top + methods.length * rowHeight })).join('\n')}
${ceilingMark(ceiling.median, top + methods.length * rowHeight)}
${methods.map((method, row) => dots(method, top + (row + 0.5) * rowHeight)).join('\n')}
</svg></div></figure>`
}

const panelAt = (at: number): number => labelWidth + at * (panelWidth + gap)

const axis = (
  { title, hint, ticks, place, figure }: Panel,
  { x, bottom }: { x: number; bottom: number },
): string =>
  [
    `<text class="head" x="${x}" y="16">${title}</text><text class="soft" x="${x}" y="32">${hint}</text>`,
    ...ticks.map((tick) => {
      const at = x + place(tick) * panelWidth
      const text =
        figure === 'harmedPer10k' && tick >= 1_000 ? `${tick / 1_000}k` : String(tick).replace(/^0\./, '.')
      return `<line class="${tick === 0 ? 'zero' : 'grid'}" x1="${at}" x2="${at}" y1="${top - 6}" y2="${bottom}"/><text class="soft" x="${at}" y="${bottom + 17}" text-anchor="middle">${text}</text>`
    }),
  ].join('')

function ceilingMark(ceiling: number, bottom: number): string {
  const at = panelAt(0) + share(ceiling) * panelWidth
  return `<line class="ceiling" x1="${at}" x2="${at}" y1="${top - 8}" y2="${bottom}"/><text class="ceiling" x="${at}" y="${top - 11}" text-anchor="end">ceiling ${shown(ceiling, 2)}</text>`
}

function dots(method: BoardMethod, y: number): string {
  const marks = panels.map(({ figure, digits, title, place }, at) => {
    const estimate = method.figures[figure]
    if (!estimate) return ''
    const x = (value: number): number => Math.round((panelAt(at) + place(value) * panelWidth) * 10) / 10
    const tip = `${method.title}: ${title} ${shown(estimate.median, digits)} (${range(estimate, digits)})`
    return `<g><title>${escaped(tip)}</title><line class="span" x1="${x(estimate.low)}" x2="${x(estimate.high)}" y1="${y}" y2="${y}"/><circle class="dot" cx="${x(estimate.median)}" cy="${y}" r="4.6"/></g>`
  })
  return `<g class="${method.isOurs ? 'ours' : 'other'}"><text x="10" y="${y + 4}">${escaped(method.title)}</text>${marks.join('')}</g>`
}
