/** Answers to batches: who came since the run is told of, however many did not. */
import { expect, test } from '@jest/globals'
import { riskTexts } from '../../../../src/http/hot/risk-texts.ts'
import { scanBatch } from '../../../../src/http/hot/scan-batch.ts'
import type { Provisional } from '../../../../src/live/live-links.ts'

const joined: Provisional = {
  ring: {
    id: 'ring_1',
    class: 'fraud_ring',
    size: 3,
    role: 'associate',
    membership: 0.9,
  } as unknown as Provisional['ring'],
  risk: 0.5,
  compromise: 0,
  membership: 0.9,
  links: [],
} as unknown as Provisional

test('who came after others were answered alike is answered for itself', () => {
  const came = new Map<string, Provisional>()
  const texts = riskTexts(undefined, { of: (account) => came.get(account), isEmpty: () => came.size === 0 })
  const ask = (): readonly { account: string; provisional: boolean }[] => {
    const ids = scanBatch(Buffer.from('{"accounts":["ada","ben","cho"]}'))
    if (!ids) throw new Error('It is as plain as can be')
    const answer = Buffer.from(texts.batchOf(ids, '{}')).toString()
    return (JSON.parse(answer) as { items: { account: string; provisional: boolean }[] }).items
  }

  const before = ask()
  came.set('ben', joined)
  const after = ask()

  expect(before.map(({ account }) => account)).toEqual(['ada', 'ben', 'cho'])
  expect([before, after].map((items) => items.map(({ provisional }) => provisional))).toEqual([
    [false, false, false],
    [false, true, false],
  ])
})
