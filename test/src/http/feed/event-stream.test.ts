/** How events are sent: at the reader's pace, and with a sign of life. */
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterEach, expect, test } from '@jest/globals'
import { type Pace, type StreamedEvent, sendEvents } from '../../../../src/http/edge/event-stream.ts'
import { readEvents } from '../../../support/processes/event-stream.ts'

let server: Server
afterEach(() => {
  server.closeAllConnections()
  server.close()
})

type Events = Parameters<typeof sendEvents>[1]

/** Its port; `over` resolves when the first stream is. */
async function serving(events: Events, pace: Pace): Promise<{ port: number; over: Promise<void> }> {
  const { promise, resolve } = Promise.withResolvers<void>()
  server = createServer((_, response) => {
    void sendEvents(response, events, { mayGoOn: async () => true, pace }).then(resolve)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return { port: (server.address() as AddressInfo).port, over: promise }
}

test('a reader that takes nothing has little made for it, and is cut off', async () => {
  const data = 'x'.repeat(100_000)
  let made = 0
  async function* endless(): AsyncGenerator<StreamedEvent> {
    for (;;) yield { id: String((made += 1)), type: 'much', data }
  }
  const { port, over } = await serving(endless, { beatMs: 60_000, stallMs: 300 })
  const reader = connect(port, '127.0.0.1')
  reader.on('error', () => {})
  reader.pause()
  reader.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n')

  await over

  // What the two kernels hold between them, and one event more.
  expect(made * data.length).toBeLessThan(32_000_000)
  reader.destroy()
})

test('a reader hears that it is still connected while nothing happens', async () => {
  async function* quiet(signal: AbortSignal): AsyncGenerator<undefined> {
    while (!signal.aborted) {
      yield undefined
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }
  const { port } = await serving(quiet, { beatMs: 10, stallMs: 60_000 })
  await using events = await readEvents(`http://127.0.0.1:${port}/`, {})
  void events.next()

  while (events.comments() < 3) await new Promise((resolve) => setTimeout(resolve, 5))
})

test('what was asked for is let go when the reader leaves', async () => {
  let isOpen = true
  async function* watched(signal: AbortSignal): AsyncGenerator<undefined> {
    try {
      while (!signal.aborted) {
        yield undefined
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
    } finally {
      isOpen = false
    }
  }
  const { port, over } = await serving(watched, { beatMs: 10, stallMs: 60_000 })
  const events = await readEvents(`http://127.0.0.1:${port}/`, {})

  await events[Symbol.asyncDispose]()
  await over

  expect(isOpen).toBe(false)
})
