/** Whether the probabilities of links and groups mean what they say, and what groups are called. */
import type { Bin } from '../../metrics/bins.ts'
import { median } from '../../metrics/intervals.ts'
import type { LinkFigures } from '../../metrics/links.ts'
import type { VerdictFigures } from '../../metrics/verdicts.ts'
import type { BoardWorld } from '../board.ts'
import { escaped, shown } from './markup.ts'

export function meaningFacts({ links, verdicts }: BoardWorld): string {
  const ofLinks = (of: (one: LinkFigures) => number): string => shown(median(links.map(of)), 2)
  const ofGroups = (of: (one: VerdictFigures) => number): string => shown(median(verdicts.map(of)), 2)
  const fact = (title: string, value: string, more: string): string =>
    `<div><dt>${title}</dt><dd>${value}<small>${more}</small></dd></div>`
  const [chance, area] = [ofLinks(({ together }) => together), ofLinks((one) => one.area)]
  const [linkBrier, groupBrier] = [ofLinks(({ brier }) => brier), ofGroups(({ brier }) => brier)]
  const [linkPrecision, linkError] = [
    ofLinks((one) => one.averagePrecision),
    ofLinks((one) => one.calibrationError),
  ]
  const [groupPrecision, groupError] = [
    ofGroups((one) => one.averagePrecision),
    ofGroups((one) => one.calibrationError),
  ]
  return `<dl class="facts">
${fact('Links, average precision', linkPrecision, `chance ${chance}; area ${area}`)}
${fact('Links, calibration error', linkError, `Brier ${linkBrier}`)}
${fact('Groups, average precision', groupPrecision, 'by risk, of all that are published')}
${fact('Groups, calibration error', groupError, `Brier ${groupBrier}`)}
${fact(
  'Queue, first 50 right',
  ofGroups((one) => one.queuePrecision),
  'or as many as rings were planted',
)}
</dl>`
}

export function binTable({ links, verdicts }: BoardWorld): string {
  const [linked, judged] = [summed(links.map(({ bins }) => bins)), summed(verdicts.map(({ bins }) => bins))]
  const rows = linked.map((link, at) => {
    const group = judged[at] ?? nothing
    return `<tr><th scope="row">${shown(at / 10, 1)} to ${shown((at + 1) / 10, 1)}</th>${cells(link)}${cells(group)}</tr>`
  })
  return `<div class="scroll" tabindex="0" role="region" aria-label="Probabilities and what came of them"><table>
<caption>All seeds together: of links and of groups that were given a probability between the two, how many there are, what was said on average, and how many belong together, or are rings.</caption>
<thead><tr><th scope="col">Probability</th><th scope="col">Links</th><th scope="col">Said</th><th scope="col">Together</th><th scope="col">Groups</th><th scope="col">Said</th><th scope="col">Rings</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody></table></div>`
}

export function classTable({ verdicts }: BoardWorld): string {
  const names = [...new Set(verdicts.flatMap(({ classes }) => Object.keys(classes)))].sort()
  const sum = (name: string, of: 'rings' | 'others'): number =>
    verdicts.reduce((all, { classes }) => all + (classes[name]?.[of] ?? 0), 0)
  const rows = names.map(
    (name) =>
      `<tr><th scope="row">${escaped(name)}</th><td>${shown(sum(name, 'rings'), 0)}</td><td>${shown(sum(name, 'others'), 0)}</td></tr>`,
  )
  return `<div class="scroll" tabindex="0" role="region" aria-label="Classes"><table>
<caption>What groups are called, all seeds together: those at least half of whose carriers belong to a planted ring, and the others.</caption>
<thead><tr><th scope="col">Class</th><th scope="col">Rings</th><th scope="col">Others</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody></table></div>`
}

const nothing: Bin = { count: 0, said: 0, true: 0 }

function cells(bin: Bin): string {
  if (bin.count === 0) return '<td>0</td><td class="none">–</td><td class="none">–</td>'
  const [said, real] = [bin.said / bin.count, bin.true / bin.count]
  return `<td>${shown(bin.count, 0)}</td><td>${shown(said, 2)}</td><td>${shown(real, 2)}</td>`
}

const summed = (all: readonly (readonly Bin[])[]): readonly Bin[] =>
  (all[0] ?? []).map((_, at) =>
    all.reduce((sum, bins) => {
      const bin = bins[at] ?? nothing
      return { count: sum.count + bin.count, said: sum.said + bin.said, true: sum.true + bin.true }
    }, nothing),
  )
