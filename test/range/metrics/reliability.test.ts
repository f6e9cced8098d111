import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { reliability } from '../../../range/metrics/reliability.ts'
import type { TruthRole } from '../../../range/truth.ts'

const row = fc.record({
  risk: fc.option(
    fc.integer({ min: 0, max: 1_000 }).map((n) => n / 1_000),
    { nil: undefined },
  ),
  flagged: fc.boolean(),
  isPublished: fc.boolean(),
  role: fc.constantFrom<TruthRole[]>('member', 'mule', 'victim', 'benign', 'bystander'),
})

test('is what adding up bin by bin says', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 40 }), (rows) => {
      const published = rows.flatMap(({ risk, flagged, isPublished }, at) =>
        isPublished
          ? [{ account: `a${at}`, ring: 'r', role: 'core', flagged, ...(risk !== undefined && { risk }) }]
          : [],
      )
      const truth = rows.map(({ role }, at) => ({
        account: `a${at}`,
        ring: null,
        attack: null,
        role,
        group: null,
      }))
      const said = rows
        .filter(({ isPublished }) => isPublished)
        .map(({ risk, flagged, role }) => ({
          risk: risk ?? Number(flagged),
          isFraud: role === 'member' || role === 'mule',
          role,
        }))
      let expected = 0
      for (let bin = 0; bin < 10; bin++) {
        const own = said.filter(({ risk }) => risk >= bin / 10 && (risk < (bin + 1) / 10 || bin === 9))
        if (own.length === 0) continue
        const mean = own.reduce((sum, one) => sum + one.risk, 0) / own.length
        const share = own.filter(({ isFraud }) => isFraud).length / own.length
        expected += (own.length / said.length) * Math.abs(mean - share)
      }
      const victims = rows.filter(({ role }) => role === 'victim').length
      const suspected = said.filter(({ role, risk }) => role === 'victim' && risk >= 0.35).length

      const found = reliability(published, truth)

      expect(found.listed).toBe(said.length)
      expect(found.calibrationError).toBeCloseTo(expected, 9)
      expect(found.victimsSuspected).toBeCloseTo(victims > 0 ? suspected / victims : 0, 9)
    }),
  )
})
