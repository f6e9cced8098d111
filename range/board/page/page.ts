/** The board as one page that asks nothing of any network. */

import { median } from '../../metrics/intervals.ts'
import type { WorldCounts } from '../../world.ts'
import type { Board, BoardWorld } from '../board.ts'
import { dotPlot } from './dots.ts'
import { escaped, shown } from './markup.ts'
import { binTable, classTable, meaningFacts } from './meanings.ts'
import { style } from './style.ts'
import { attackTable, comparisonTable, figureTable, harmTable } from './tables.ts'

/** From here on a world gives its fraud away by tempo. */
export const tempoMax = 0.5

export const boardPage = (board: Board): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Ringleader on the range</title>
<style>${style}</style>
</head>
<body>
<header>
<h1>Ringleader on the range</h1>
<p class="lead">${escaped(leadOf(board))}</p>
${board.worlds.length > 1 ? `<nav aria-label="Worlds">${board.worlds.map(({ world }) => `<a href="#${escaped(world)}">${escaped(world)}</a>`).join('')}</nav>` : ''}
</header>
<main>
${board.worlds.map(worldSection).join('\n')}
</main>
<footer>Every method sees the same accounts and identifiers, admitted as any platform’s events are, and nothing of the truth. What the figures mean is in docs/range.md; all numbers are in board.json beside this page.</footer>
</body>
</html>
`

function leadOf({ seeds, accounts, worlds, models }: Board): string {
  const [first, last] = [seeds[0] ?? 0, seeds.at(-1) ?? 0]
  const which = seeds.length === 1 ? `seed ${first}` : `${seeds.length} seeds (${first} to ${last})`
  return `${worlds.length === 1 ? 'One world' : `${worlds.length} worlds`} of ${shown(accounts, 0)} accounts, ${which}${models === undefined ? '' : `, judged by the models of ${models}`}. Rings were planted; here is who found them, and whom it would have hurt.`
}

const worldSection = (world: BoardWorld): string => `<section aria-labelledby="${escaped(world.world)}">
<h2 id="${escaped(world.world)}">${escaped(world.world)}</h2>
${facts(world)}
<h3>At a glance</h3>
<p class="note">Dots are medians over seeds, bars 95 % intervals. The ceiling is the share of ring accounts that share anything small with their ring: nobody can link the others.</p>
${dotPlot(world)}
<h3>Harm by subgroup</h3>
${harmTable(world)}
<h3>What was linked</h3>
${figureTable(world, 'linking')}
<h3>Whom it would be held against</h3>
${figureTable(world, 'accounts')}
<h3>Whether probabilities mean what they say</h3>
${meaningFacts(world)}
${binTable(world)}
${classTable(world)}
<h3>Ring recall by attack</h3>
${attackTable(world)}
<h3>Against each other method, seed by seed</h3>
${comparisonTable(world)}
</section>`

function facts({ counts, ceiling, tempo }: BoardWorld): string {
  const middle = (of: (one: WorldCounts) => number): string => shown(median(counts.map(of)), 0)
  const boosted = median(tempo.boosted)
  const [chance, logistic] = [median(tempo.chance), median(tempo.logistic)]
  const telling = tempo.telling.map(({ feature, area }) => `${feature} ${shown(area, 2)}`).join(', ')
  const verdict =
    Math.max(boosted, logistic) < tempoMax
      ? '<small class="good">fraud does not show by behaviour alone</small>'
      : '<small class="bad">fraud shows by behaviour alone: too easy a world</small>'
  const fact = (title: string, value: string, more = ''): string =>
    `<div><dt>${title}</dt><dd>${value}${more}</dd></div>`
  return `<dl class="facts">
${fact(
  'Events',
  middle(({ events }) => events),
)}
${fact(
  'Planted rings',
  middle(({ rings }) => rings),
  `<small>${middle(({ ringed }) => ringed)} accounts carry one</small>`,
)}
${fact(
  'Victims',
  middle(({ victims }) => victims),
  `<small>and ${middle(({ bystanders }) => bystanders)} bystanders</small>`,
)}
${fact(
  'Known to reviewers',
  middle(({ labels }) => labels),
  '<small>labels, some late, some wrong</small>',
)}
${fact('Ceiling of linking', shown(ceiling.median, 2), '<small>of ring accounts share anything small</small>')}
${fact('Tempo alone, AP', shown(boosted, 2), `${verdict}<small>logistic ${shown(logistic, 2)}, chance ${shown(chance, 2)}</small>`)}
</dl>
<p class="note">What tells most by itself (area under the curve): ${escaped(telling)}.</p>`
}
