import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { linksOf } from '../../../../graph/explain/path.ts'
import { pairEvidence } from '../../../../graph/explain/picture/pair-evidence.ts'
import { indexedState } from '../../../support/core/indexed-state.ts'
import { publishedWorld } from '../../../support/core/published-world.ts'
import { seen, stateOf } from '../../../support/core/states.ts'

test('is what an explained link says of the same identifier, used at one time', async () => {
  const kinds = fc.constantFrom(
    'device',
    'payment',
    'email',
    'phone',
    'payout',
    'cookie',
    'fingerprint',
    'ip',
  )
  await fc.assert(
    fc.asyncProperty(kinds, fc.integer({ min: 2, max: 260 }), async (kind, accounts) => {
      const events = Array.from({ length: accounts }, (_, i) => seen(`a${i}`, [`${kind}:x`]))
      const { options } = await publishedWorld([seen('other', ['device:y'])])
      const { links } = await linksOf(await indexedState(stateOf(events)), 'a0', options)

      const told = links[0]?.shared.find((row) => row.kind === kind)?.evidence ?? 0

      const said = pairEvidence({ kind, ref: 'x', accounts }, options)
      // Below the least probability a share makes no link by itself.
      if (links.length > 0) expect(said).toBeCloseTo(told, 5)
      else expect(said).toBeLessThanOrEqual(0.0203)
    }),
    { numRuns: 60 },
  )
})
