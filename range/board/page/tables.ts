/** The board's tables. */

import type { BoardMethod, BoardWorld } from '../board.ts'
import { comparedFigures, type Figure, figures } from '../figures.ts'
import { escaped, range, shown, signed } from './markup.ts'

interface TableParts {
  readonly className?: string
  readonly caption: string
  readonly head: readonly string[]
  /** Cells with their tags, by method. */
  readonly row: (method: BoardMethod) => readonly string[]
}

function table(methods: readonly BoardMethod[], { className = '', caption, head, row }: TableParts): string {
  const lastOurs = methods.findLastIndex(({ isOurs }) => isOurs)
  const rows = methods.map((method, at) => {
    const classes = [
      ...(method.isOurs ? ['ours'] : []),
      ...(at === lastOurs ? ['last-ours'] : []),
      ...(method.comparedWith === undefined ? [] : ['judged']),
    ].join(' ')
    return `<tr${classes && ` class="${classes}"`}><th scope="row">${escaped(method.title)}</th>${row(method).join('')}</tr>`
  })
  return `<div class="scroll" tabindex="0" role="region" aria-label="${escaped(head[0] ?? 'Table')}"><table${className && ` class="${className}"`}>
<caption>${escaped(caption)}</caption>
<thead><tr><th scope="col">Method</th>${head.map((title) => `<th scope="col">${escaped(title)}</th>`).join('')}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody></table></div>`
}

export function figureTable({ methods }: BoardWorld, level: Figure['level']): string {
  const own = figures.filter((figure) => figure.level === level)
  return table(methods, {
    caption:
      'Median over seeds; below it the 95 % interval. The best of a column is bold where more is better.',
    head: [...own.map(({ title }) => title), ...(level === 'linking' ? ['Seconds'] : [])],
    row: (method) => [
      ...own.map((figure) => figureCell(method, figure, bestOf(methods, figure))),
      ...(level === 'linking' ? [`<td>${(method.tookMs / 1_000).toFixed(1)}</td>`] : []),
    ],
  })
}

const medianOf = (method: BoardMethod, { name }: Figure): number => method.figures[name]?.median ?? 0

function bestOf(methods: readonly BoardMethod[], figure: Figure): number {
  const medians = methods.map((method) => medianOf(method, figure))
  return figure.better === 'high' ? Math.max(...medians) : Math.min(...medians)
}

function figureCell(method: BoardMethod, figure: Figure, best: number): string {
  const estimate = method.figures[figure.name]
  if (!estimate) return '<td class="none">–</td>'
  const text = shown(estimate.median, figure.digits)
  // Counts of which most methods have none say nothing by being least.
  const isBest = figure.better === 'high' && shown(best, figure.digits) === text
  const span = estimate.low === estimate.high ? '' : `<small>${range(estimate, figure.digits)}</small>`
  return `<td>${isBest ? `<b>${text}</b>` : text}${span}</td>`
}

/** Where text on the heat must turn light, or dark at night, to be read. */
const deepFrom = 0.8

export function attackTable({ methods }: BoardWorld): string {
  const attacks = [...new Set(methods.flatMap((method) => Object.keys(method.attacks)))].sort()
  const ringsOf = (attack: string): number => methods[0]?.attacks[attack]?.rings ?? 0
  return table(methods, {
    className: 'heated',
    caption:
      'Share of planted rings that a published ring meets with a Jaccard index of at least .5, all seeds together; the number of rings is in the heading.',
    head: attacks.map((attack) => `${attack.replaceAll('_', ' ')} (${ringsOf(attack)})`),
    row: (method) =>
      attacks.map((attack) => {
        const recall = method.attacks[attack]?.recall50 ?? 0
        return `<td class="heat${recall > deepFrom ? ' deep' : ''}" style="--v:${recall.toFixed(3)}">${shown(recall, 2)}</td>`
      }),
  })
}

/** A group of so many accounts that is hurt so many times as often as all of them bears more than its part. */
const groupMin = 500
const unfairTimes = 3

export function harmTable({ methods }: BoardWorld): string {
  const kinds = [...new Set(methods.flatMap((method) => Object.keys(method.subgroups)))].sort()
  const benignOf = (kind: string): number => methods[0]?.subgroups[kind]?.benign ?? 0
  return table(methods, {
    caption: `Benign accounts flagged, of 10,000 in the group, all seeds together; how many benign accounts there are is in the heading. Bars are on a log scale. Marked: groups of at least ${groupMin} that are hurt more than ${unfairTimes} times as often as everybody.`,
    head: kinds.map((kind) => `${kind} (${shown(benignOf(kind), 0)})`),
    row: (method) => kinds.map((kind) => harmCell(method, kind)),
  })
}

function harmCell({ subgroups }: BoardMethod, kind: string): string {
  const all = Object.values(subgroups)
  const sum = (of: 'benign' | 'flagged'): number => all.reduce((total, group) => total + group[of], 0)
  const mean = (10_000 * sum('flagged')) / Math.max(1, sum('benign'))
  const { per10k = 0, benign = 0 } = subgroups[kind] ?? {}
  const isUnfair = benign >= groupMin && per10k > unfairTimes * mean
  const length = Math.round((Math.log10(1 + per10k) / 4) * 58)
  const text = isUnfair ? `<b class="unfair">▲ ${shown(per10k, 1)}</b>` : shown(per10k, 1)
  return `<td class="barred"><span class="cell">${text}<span class="bar" style="width:${length}px"></span></span></td>`
}

export function comparisonTable({ methods }: BoardWorld): string {
  const compared = figures.filter(({ name }) => comparedFigures.includes(name))
  return table(
    methods.filter(({ isOurs }) => !isOurs),
    {
      caption:
        'Ringleader (linking alone; judged, where the other is judged by our judge) less each method on the same seeds: median difference and 95 % interval; seeds in which it is above and below; p by tossing signs.',
      head: compared.map(({ title }) => title),
      row: (method) =>
        compared.map(({ name, digits }) => {
          const one = method.compared[name]
          if (!one) return '<td class="none">–</td>'
          return `<td>${signed(one.median, digits)}<small>${range(one, digits)}</small><small>${one.above} above, ${one.below} below, p ${one.p < 0.001 ? '&lt; .001' : shown(one.p, 3).replace(/^0/, '')}</small></td>`
        }),
    },
  )
}
