/** What is sensitive is found in no log, figure, dead letter, answer or file of the embedded store. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { plant, planted, plantedAccount } from '../support/processes/markers.ts'
import { filesHolding, type Served, served, until } from '../support/processes/served.ts'

const holding = (texts: readonly string[], markers: readonly string[]): readonly string[] =>
  markers.filter((marker) => texts.some((text) => text.toLowerCase().includes(marker)))

interface Sent {
  readonly method?: string
  readonly type?: string
  readonly body?: string
  readonly key?: string
}

const askerOf =
  (url: string, token: string) =>
  async (path: string, { method = 'GET', type, body, key = token }: Sent = {}): Promise<string> => {
    const headers = { authorization: `Bearer ${key}`, ...(type !== undefined && { 'content-type': type }) }
    const reply = await fetch(url + path, { method, headers, ...(body !== undefined && { body }) })
    return `${JSON.stringify([...reply.headers])} ${await reply.text()}`
  }

describe('embedded', () => {
  let server: Served
  let answers: readonly string[]
  beforeAll(async () => {
    server = await served()
    const ask = askerOf(server.url, server.key)
    answers = await plant(ask)
    await until(
      () => server.get<{ run: number }>('/readyz'),
      ({ body }) => body.run > 0,
    )
    answers = [...answers, await ask(`/v1/accounts/${plantedAccount}`), await ask('/metrics')]
  }, 60_000)
  afterAll(() => server[Symbol.asyncDispose]())

  test('the markers are looked for where they would be found', () => {
    expect(planted.length).toBeGreaterThan(20)
    expect(holding(answers, [plantedAccount])).toEqual([plantedAccount])
    expect(filesHolding(server.config.dataDir, plantedAccount)).not.toEqual([])
    expect(answers.join()).toContain('"replayable":true')
    expect(server.logged()).toContain('/v1/events')
  })

  test('no answer repeats them', () => {
    expect(holding(answers, planted)).toEqual([])
  })

  test('no log has them, nor the account', () => {
    expect(holding([server.logged()], [...planted, plantedAccount])).toEqual([])
  })

  test('no figure has the account', () => {
    expect(holding(answers.slice(-1), [plantedAccount])).toEqual([])
  })

  test('no file of the store has them', () => {
    expect(planted.filter((marker) => filesHolding(server.config.dataDir, marker).length > 0)).toEqual([])
  })
})
