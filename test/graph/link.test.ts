import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { IdentifierKind } from '../../graph/identifiers/kind.ts'
import { type Links, link, linkAgain } from '../../graph/link.ts'
import { changeTable } from '../../graph/projection/change-table.ts'
import { endOfDay } from '../../graph/time.ts'
import { history, told } from '../support/core/histories.ts'
import { day, start } from '../support/core/states.ts'
import { kindOf as shippedKind } from '../support/core/tables.ts'

/** Cards are forgotten after a while here. */
const kindOf = (name: string): IdentifierKind | undefined => {
  const kind = shippedKind(name)
  return kind && name === 'payment' ? { ...kind, keepDays: 30 } : kind
}
const asOf = endOfDay(start + 40 * day)

describe('after any history', () => {
  test('a changed table is the table read anew', async () => {
    await fc.assert(
      fc.asyncProperty(history, async (steps) => {
        let known: Links['table'] | undefined
        for await (const { table, change } of told(steps)) {
          if (known) expect(changeTable(known, change).table).toEqual(table)
          known = table
        }
      }),
      { numRuns: 30 },
    )
  })

  test('linking again after each change is linking anew', async () => {
    await fc.assert(
      fc.asyncProperty(history, async (steps) => {
        let known: Links | undefined
        for await (const { table, change } of told(steps)) {
          if (!known) {
            known = link(table, { kindOf, asOf })
            continue
          }
          const { publicness, table: before } = known
          const anew = link({ ...table, dataHasSignups: before.dataHasSignups }, { kindOf, asOf, publicness })
          known = linkAgain(known, change, kindOf).links
          expect(known).toEqual(anew)
        }
      }),
      { numRuns: 60 },
    )
  })
})
