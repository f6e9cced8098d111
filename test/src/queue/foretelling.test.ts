/** What would be, asked of other processes through Redis. */
import { expect, test } from '@jest/globals'
import type { ForetellOrder, Foretold } from '../../../graph/foretold.ts'
import { openTestQueues, queuesOptions } from '../../support/stores/queues.ts'
import { describeOn } from '../../support/stores/servers.ts'

const order: ForetellOrder = { about: ['ada'], ifs: [[{ kind: 'same_actor', subjects: ['ada', 'bob'] }]] }
const told: Foretold = { run: 7, before: [], after: [{ rings: [], others: 3 }] }

describeOn(['redis'], 'what would be', () => {
  test('is answered by the process that knows, however often one that does not is asked first', async () => {
    const options = await queuesOptions()
    await using asking = await openTestQueues(options)
    await using ignorant = await openTestQueues(options)
    await using knowing = await openTestQueues(options)
    const asked: ForetellOrder[] = []
    ignorant.answer(async (question) => {
      asked.push(question)
      return undefined
    })
    const answer = asking.foretell(order)
    while (asked.length < 2) await new Promise((resolve) => setTimeout(resolve, 20))
    knowing.answer(async () => told)

    const [first, others] = [
      await answer,
      await Promise.all([asking.foretell(order), knowing.foretell(order)]),
    ]

    expect(first).toEqual(told)
    expect(others).toEqual([told, told])
    expect(asked.slice(0, 2)).toEqual([order, order])
    expect([...asking.complaints, ...ignorant.complaints, ...knowing.complaints]).toEqual([])
  })

  test('is not known where nobody answers in time, and nobody works on it later', async () => {
    const options = await queuesOptions()
    await using asking = await openTestQueues(options)
    const startedAt = performance.now()

    expect(await asking.foretell(order)).toBeUndefined()
    expect(performance.now() - startedAt).toBeLessThan(3_000)

    await using late = await openTestQueues(options)
    let asked = 0
    late.answer(async () => {
      asked += 1
      return told
    })
    expect(await asking.foretell(order)).toEqual(told)
    expect(asked).toBe(1)
  })
})
