/** The product's own border lets every line in, with all it carries. */
import { expect, test } from '@jest/globals'
import { admitEvent, admitLabel } from '../../../src/sources/admit.ts'
import { testBorder } from '../../support/admitted.ts'
import { makeWorld } from '../made-world.ts'

test.each(['bazaar', 'airwaves', 'purse'])('no line of %s is refused', async (world) => {
  const border = await testBorder()
  const { events, labels } = await makeWorld({ world, seed: 8, accounts: 2_500 })

  const admitted = events.map((event) => admitEvent(border, event, { live: false }))
  const refused = [...admitted, ...labels.map(admitLabel)].filter((admission) => 'refusal' in admission)

  expect(refused).toEqual([])
  const lost = admitted.filter(
    (admission, at) =>
      'value' in admission &&
      admission.value.identifiers.length < Object.keys(events[at]?.identifiers ?? {}).length,
  )
  expect(lost).toEqual([])
})
