import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { IdentifierKind } from '../../graph/identifiers/kind.ts'
import { type Links, link, linkAgain } from '../../graph/link.ts'
import { changeTable } from '../../graph/projection/change-table.ts'
import { inOrder } from '../../graph/projection/in-order.ts'
import { movedLinks } from '../../graph/projection/moved-links.ts'
import { endOfDay } from '../../graph/time.ts'
import { history, type Step, type Told, told } from '../support/core/histories.ts'
import { day, seen, start } from '../support/core/states.ts'
import { names, onClass, kindOf as shippedKind } from '../support/core/tables.ts'
import { bandsOf } from '../support/core/weak-events.ts'

/** Cards are forgotten after a while here. */
const kindOf = (name: string): IdentifierKind | undefined => {
  const kind = shippedKind(name)
  return kind && name === 'payment' ? { ...kind, keepDays: 30 } : kind
}
const asOf = endOfDay(start + 40 * day)
/** However many changed, only their links are found again. */
const partMax = 1

/** Links after the second step, found again and found anew. */
async function linkedTwice(steps: readonly Pick<Step, 'events'>[]) {
  const states: Told[] = []
  for await (const state of told(steps.map((step) => ({ labels: [], erased: [], ...step }))))
    states.push(state)
  const [first, second] = states
  if (!first || !second) throw new Error('There are two steps')
  const known = link(first.table, { kindOf, asOf })
  const { dataHasSignups } = first.table
  return {
    known,
    again: inPlain(linkAgain(known, second.change, { kindOf, partMax }).links),
    anew: inPlain(link({ ...second.table, dataHasSignups }, { kindOf, asOf, publicness: known.publicness })),
  }
}

/** All but what only a later change goes on from. */
const inPlain = ({ components: _components, table, ...links }: Links) => ({ ...links, table: inOrder(table) })

test('what is known of an address anew counts for those who were born there together', async () => {
  const born = names(2, 'born').map((account) => seen(account, ['ip:home'], { type: 'signup' }))
  const later = onClass('vpn', seen('other', ['ip:home'], { at: start + 5 * day }))

  const { known, again, anew } = await linkedTwice([{ events: born }, { events: [later] }])

  expect(again).toEqual(anew)
  expect(again.pairs.evidence[0]).toBeLessThan(known.pairs.evidence[0] ?? 0)
})

test('what one account more makes a hub links nobody any more', async () => {
  const on = (account: string) => seen(account, ['fingerprint:common'])

  const { known, again, anew } = await linkedTwice([
    { events: names(10, 'user').map(on) },
    { events: [on('one more')] },
  ])

  expect(again).toEqual(anew)
  expect([known.pairs.a.length, again.pairs.a.length]).toEqual([45, 0])
})

test('one more who shows a picture makes it say less of those who are linked', async () => {
  const picture = bandsOf('0123456789abcdef')
  const shows = (account: string, ...more: string[]) => seen(account, [...picture, ...more])

  const { known, again, anew } = await linkedTwice([
    { events: names(2, 'user').map((account) => shows(account, 'device:theirs')) },
    { events: [shows('another')] },
  ])

  expect(again).toEqual(anew)
  expect(again.pairs.evidence[0]).toBeLessThan(known.pairs.evidence[0] ?? 0)
})

test('whether births are known is as it was when that was measured', async () => {
  const { again } = await linkedTwice([
    { events: [seen('old', ['device:d'])] },
    { events: [seen('new', ['device:d'], { type: 'signup' })] },
  ])

  expect(again.table.dataHasSignups).toBe(false)
})

describe('after any history', () => {
  test('a changed table is the table read anew', async () => {
    await fc.assert(
      fc.asyncProperty(history, async (steps) => {
        let known: Links['table'] | undefined
        for await (const { table, change } of told(steps)) {
          if (known) expect(inOrder(changeTable(known, change).table)).toEqual(inOrder(table))
          known = table
        }
      }),
      { numRuns: 15 },
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
          const { links, changed, moved } = linkAgain(known, change, { kindOf, partMax })
          const { accountNow } = changed
          const accounts = table.facts.length
          expect(moved).toEqual(movedLinks(known.pairs, links.pairs, { accountNow, accounts }))
          known = links
          expect(inPlain(known)).toEqual(inPlain(anew))
        }
      }),
      { numRuns: 60 },
    )
  })
})
