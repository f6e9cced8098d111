import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Tie } from '../../../graph/evidence/account-facts.ts'
import { identifiersOf } from '../../../graph/projection/identifier-columns.ts'
import { addedUses, numbersOf } from '../../../graph/projection/link-table.ts'
import { differingUses } from '../../../graph/projection/uses/differing.ts'
import { usesOf } from '../../../graph/projection/uses/uses.ts'

const named = (name: string) => ({ kind: 'device', ref: name, mask: '' })
const before = identifiersOf(['d0', 'd1', 'd2', 'd3'].map(named))
/** One more is known now, before all others. */
const now = identifiersOf([named('a'), ...before])
const numbers = {
  identifierNow: Int32Array.from([...before].keys(), (number) => number + 1),
  identifierBefore: Int32Array.from([...now].keys(), (number) => number - 1),
}

const list = fc.uniqueArray(fc.nat(3), { maxLength: 2 }).map((all) => all.toSorted((a, b) => a - b))
const figures = fc.record({ firstAt: fc.nat(2), lastAt: fc.nat(2), days: list, times: list })
const tie = fc.record({
  name: fc.constantFrom('d0', 'd1', 'd2', 'd3'),
  figures,
  through: fc.uniqueArray(fc.constantFrom('d0', 'd1', 'd2', 'd3'), { maxLength: 2 }),
})
const ties = fc.uniqueArray(tie, { selector: ({ name }) => name }).map((own) =>
  own.map(
    ({ name, figures: { days, times, ...at }, through }): Tie => ({
      kind: 'device',
      ref: name,
      ...at,
      days,
      times,
      through: through.toSorted().map((carrier) => `device:${carrier}`),
    }),
  ),
)

function tableOf(own: readonly (readonly Tie[])[], identifiers: typeof now) {
  const added = addedUses(numbersOf(identifiers))
  for (const [account, some] of own.entries()) added.add(account, some)
  return {
    identifiers,
    uses: usesOf(added.uses(), { accounts: own.length, identifiers: identifiers.length }),
  }
}

/** What of one tie is another one now; most of the time nothing. */
const turn = fc.option(
  fc.record({ tie, of: fc.constantFrom('all', 'at', 'until', 'days', 'times', 'through') }),
)

test('uses that differ are those of which anything is other than before, that are new, and that are gone', () => {
  fc.assert(
    fc.property(ties, fc.array(turn, { maxLength: 4 }), ties, fc.boolean(), (had, turns, others, isNew) => {
      const has = had.flatMap((one, place): Tie[] => {
        const other = turns[place]
        if (!other) return [one]
        const { firstAt, lastAt, days, times } = other.tie.figures
        const through = other.tie.through.toSorted().map((carrier) => `device:${carrier}`)
        if (other.of === 'all') return []
        if (other.of === 'at') return [{ ...one, firstAt }]
        if (other.of === 'until') return [{ ...one, lastAt }]
        if (other.of === 'days') return [{ ...one, days }]
        if (other.of === 'times') return [{ ...one, times }]
        return [{ ...one, through }]
      })
      const then = tableOf([others, had], before)
      const table = tableOf([isNew ? others : has], now)
      const differing = differingUses({
        before: then,
        table,
        ...numbers,
        accountBefore: Int32Array.of(isNew ? -1 : 1),
      })

      const text = (all: readonly Tie[], name: string) => JSON.stringify(all.find(({ ref }) => ref === name))
      const [owns, owned] = isNew ? [others, []] : [has, had]
      expect(differing(0).toSorted((a, b) => a - b)).toEqual(
        [...[...now].keys()].filter((one) => text(owns, now.refAt(one)) !== text(owned, now.refAt(one))),
      )
    }),
    { numRuns: 500 },
  )
})
