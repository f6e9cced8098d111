/** Rings as people read them on a terminal. */
import { expect, test } from '@jest/globals'
import type { Ring, RingClass } from '../../../graph/ring.ts'
import { ringTable } from '../../../src/cli/ring-table.ts'

const plain = (text: string): string => text
const styles = {
  bold: plain,
  dim: plain,
  red: (text: string) => `<${text}>`,
  green: plain,
  yellow: plain,
  cyan: plain,
}

const ringOf = (name: RingClass, more: Partial<Ring> = {}): Ring => ({
  id: 'ring_1_a',
  status: 'active',
  bornVersion: 1,
  version: 1,
  head: { class: name, risk: 0.994, firstSeen: 0, lastSeen: 0, topEvidence: [], reasons: [] },
  members: [],
  ...more,
})

test('the risk of a group that is not certain to be a ring is said to be that of its riskiest accounts', () => {
  const uncertain = ringTable([ringOf('uncertain')], { styles })
  const fraud = ringTable([ringOf('fraud_ring')], { styles })

  expect(uncertain).toContain('up to 99 %')
  expect(uncertain).toContain('of its three riskiest accounts')
  expect(uncertain).not.toContain('<')
  expect(fraud).toContain('<99 %>')
  expect(fraud).not.toContain('up to')
})

test('owners have a column where there are any', () => {
  expect(ringTable([ringOf('fraud_ring')], { styles })).not.toContain('OWNER')
  expect(ringTable([ringOf('fraud_ring', { owner: { name: 'kim', since: 1 } })], { styles })).toMatch(
    /OWNER[\s\S]*kim/,
  )
})
