import { expect, test } from '@jest/globals'
import { linkAccounts } from '../../../../graph/detect.ts'
import { shippedKinds } from '../../../../graph/identifiers/registry.ts'
import { publicnessOf } from '../../../../graph/projection/publicness.ts'
import { benignSigns } from '../../../../graph/rings/benign/signs.ts'
import { benignFinding } from '../../../../graph/rings/benign/subtype.ts'
import { day, seen, start, stateOf } from '../../../support/core/states.ts'

const kindOf = (kind: string) => shippedKinds.get(kind)

/** People with phones of their own, who once sat at one of two computers of a library, on its line. */
const readers = Array.from({ length: 24 }, (_, i) => i).flatMap((i) => [
  seen(`reader${i}`, [`device:phone${i}`, `ip:home${i}`], { type: 'signup', at: start - (300 + i) * day }),
  seen(`reader${i}`, [`device:pc${i % 2}`, 'ip:library', 'fingerprint:school'], { at: start - i * day }),
  seen(`reader${i}`, [`device:phone${i}`, `ip:home${i}`], { at: start }),
])
/** Couples, who share a card as well as a device: what is usual of devices. */
const couples = Array.from({ length: 20 }, (_, i) => i).flatMap((i) =>
  ['a', 'b', 'c'].map((who) =>
    seen(`couple${i}${who}`, [`device:tv${i}`, `payment:card${i}`, `ip:flat${i}`], { at: start }),
  ),
)

async function signsOf(prefix: string) {
  const options = { kindOf, method: 'cpm-leiden' as const, onProgress: () => {} }
  const { table, publicness } = await linkAccounts(stateOf([...readers, ...couples]), options)
  const members = [...table.facts.ids.keys()].filter((at) => table.facts.idAt(at).startsWith(prefix))
  return benignSigns(table, { members }, { kindOf, publicness: publicnessOf(publicness) })
}

test('of a library: a crowded line, and a device for all that everybody soon left', async () => {
  const signs = await signsOf('reader')

  expect(signs.line).toEqual({ kind: 'ip', share: 1, accounts: 24 })
  expect(signs.device).toMatchObject({ kind: 'device', share: 0.5, accounts: 12, daysUsed: 1 })
  expect(signs.device?.publicness).toBeLessThan(0.5)
  expect(signs.daysThere).toBeCloseTo(1 / 3)
  expect(signs.ownDevice).toBe(1)
  expect(signs.held).toEqual([])
  expect(benignFinding(signs)?.subtype).toBe('kiosk')
})

test('of three at home: their line, their card', async () => {
  const signs = await signsOf('couple7')

  expect(signs.line).toEqual({ kind: 'ip', share: 1, accounts: 3 })
  expect(signs.daysThere).toBe(1)
  expect(signs.held).toEqual([{ kind: 'payment', share: 1, accounts: 3 }])
  expect(benignFinding(signs)?.subtype).toBe('household')
})
