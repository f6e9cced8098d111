/** What the kernel cannot count is left to the reference, and what is no input is refused. */
import { expect, test } from '@jest/globals'
import { kindRegistry } from '../../../graph/identifiers/registry.ts'
import { KernelFull, newKernel } from '../../../graph/kernel/instance.ts'
import { kernelKeeper } from '../../../graph/kernel/kept.ts'
import { projectionIn, projector, referenceProjection } from '../../../graph/kernel/projection.ts'
import type { LinkTable } from '../../../graph/projection/link-table.ts'
import { type UsesByIdentifier, usesInOrder } from '../../../graph/projection/uses/uses.ts'
import { endOfDay } from '../../../graph/time.ts'
import { day, seen, start } from '../../support/core/states.ts'
import { kindOf, names, tableOf } from '../../support/core/tables.ts'

const asOf = endOfDay(start)
const options = { kindOf, asOf }
const projection = projector(kernelKeeper())

const people = names(60, 'a')
const table = await tableOf(
  people.map((account, i) =>
    seen(account, [`device:d${i >> 2}`, `ip:i${i >> 3}`], { at: start + (i % 9) * day, session: `s${i}` }),
  ),
)
const inOrder = usesInOrder(table.uses)
const withUses = (uses: Partial<UsesByIdentifier>): LinkTable => ({
  ...table,
  uses: { ...table.uses, inOrder: { ...inOrder, ...uses } },
})

const expectLeft = (to: LinkTable, more: object = {}): void => {
  const asked = { ...options, ...more }
  expect(() => projectionIn(newKernel(), to, asked)).toThrow(KernelFull)
  expect(projection(to, asked)).toEqual(referenceProjection(to, asked))
}

test('memory that cannot grow any more is refused, up to the size from which on links are right', async () => {
  const many = await tableOf(
    names(900, 'a').map((account, i) => seen(account, [`device:d${i >> 3}`, `ip:i${i >> 2}`])),
  )
  const right = referenceProjection(many, options)
  const found = Array.from({ length: 40 }, (_, pages) => {
    try {
      return projectionIn(newKernel(pages + 1), many, options)
    } catch (error) {
      expect(error).toBeInstanceOf(KernelFull)
      return undefined
    }
  })
  const refused = found.findIndex((one) => one !== undefined)
  expect(refused).toBeGreaterThan(3)
  for (const one of found.slice(refused)) expect(one).toEqual(right)
  expect(projector(kernelKeeper(2))(many, options)).toEqual(right)
})

test.each([
  ['a cap of more than 32 bits hold', { name: 'device', capNats: 1_100 }],
  ['caps of more together', { name: 'device', capNats: 1_072 }],
  ['a cap of a weak kind', { name: 'ip', capNats: 1_063 }],
  ['a cap of no micro-nat', { name: 'device', capNats: 1e-7 }],
])('%s is left to the reference', (_, policy) => {
  const kinds = kindRegistry([policy])
  expectLeft(table, { kindOf: (name: string) => kinds.get(name) })
})

test('days too far apart for a place each are left to the reference', () => {
  const { days, dayStarts, starts } = inOrder
  const last = (dayStarts[starts.at(-1) ?? 0] ?? 1) - 1
  expectLeft(withUses({ days: days.map((one, i) => (i === last ? one + 2 ** 20 : one)) }))
})

test('times that are no whole milliseconds are left to the reference', () => {
  expectLeft(withUses({ firstAt: inOrder.firstAt.map((at) => at - 0.5) }))
  expectLeft(withUses({ lastAt: inOrder.lastAt.map((at) => at + 2 ** 53) }))
})

test.each([
  ['of an account that is not there', { accounts: inOrder.accounts.map((one, i) => (i === 3 ? 60 : one)) }],
  ['of an account below the first', { accounts: inOrder.accounts.map((one, i) => (i === 3 ? -1 : one)) }],
  ['that begin before they should', { starts: inOrder.starts.map((one, i) => (i === 3 ? one - 9 : one)) }],
  [
    'fewer than said',
    { starts: inOrder.starts.map((one, i, all) => (i === all.length - 1 ? one - 1 : one)) },
  ],
  [
    'whose days begin before they should',
    { dayStarts: inOrder.dayStarts.map((one, i) => (i === 70 ? -5 : one)) },
  ],
])('uses %s are refused', (_, uses) => {
  expect(() => projection(withUses(uses), options)).toThrow(/^Uses are of accounts that are known/)
  expect(projection(table, options)).toEqual(referenceProjection(table, options))
})
