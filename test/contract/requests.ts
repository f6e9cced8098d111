/** Requests that clients name: whoever begins one first does it, in whatever process. */
import { expect, test } from '@jest/globals'
import type { OpenStore } from './open-store.ts'

const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text))
const textOf = (answer: Uint8Array | undefined): string => Buffer.from(answer ?? []).toString()
const request = (claim: string, more: { id?: string; content?: string; until?: number } = {}) => ({
  id: 'r1',
  content: 'c1',
  until: 100,
  ...more,
  claim,
})

export function requestContract(open: OpenStore): void {
  test('is claimed by one of those who begin it at once, and known to the others', async () => {
    await using store = await open()

    const all = await Promise.all(
      Array.from({ length: 12 }, (_, i) => store.beginRequest(request(`claim ${i}`), 10)),
    )

    expect(all.filter((known) => known === undefined)).toHaveLength(1)
    expect(all.filter((known) => known !== undefined)).toEqual(
      Array.from({ length: 11 }, () => ({ content: 'c1' })),
    )
  })

  test('once answered is answered alike until it is over, and then begun anew', async () => {
    await using store = await open()
    await store.beginRequest(request('first'), 10)
    await store.endRequest({ id: 'r1', claim: 'first', answer: bytes('done'), until: 200 })

    const known = await store.beginRequest(request('second', { content: 'c2', until: 300 }), 199)
    const over = await store.beginRequest(request('third', { content: 'c3', until: 300 }), 200)
    const anew = await store.beginRequest(request('fourth'), 201)

    expect([known?.content, textOf(known?.answer)]).toEqual(['c1', 'done'])
    expect([over, anew]).toEqual([undefined, { content: 'c3' }])
  })

  test('that failed may be begun again; only who claimed it can end or drop it', async () => {
    await using store = await open()
    await store.beginRequest(request('first', { until: 20 }), 10)
    await store.beginRequest(request('second'), 30)

    await store.endRequest({ id: 'r1', claim: 'first', answer: bytes('late'), until: 200 })
    await store.dropRequest({ id: 'r1', claim: 'first' })
    const running = await store.beginRequest(request('third'), 40)
    await store.dropRequest({ id: 'r1', claim: 'second' })

    expect(running).toEqual({ content: 'c1' })
    expect(await store.beginRequest(request('fourth'), 40)).toBeUndefined()
  })

  test('what is over is forgotten, and of too many what would be over first', async () => {
    await using store = await open()
    for (let i = 1; i <= 6; i++) await store.beginRequest(request('x', { id: `r${i}`, until: i * 10 }), 0)

    const over = await store.expireRequests({ now: 20, most: 9 })
    const more = await store.expireRequests({ now: 20, most: 3 })

    const isKnown = async (id: string) => (await store.beginRequest(request('y', { id }), 21)) !== undefined
    expect([over, more]).toEqual([2, 1])
    expect(await Promise.all(['r3', 'r4', 'r6'].map(isKnown))).toEqual([false, true, true])
  })
}
