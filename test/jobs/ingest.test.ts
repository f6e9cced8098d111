import { describe, expect, test } from '@jest/globals'
import { kindRegistry } from '../../graph/identifiers/registry.ts'
import { ingestEvents, ingestLabels } from '../../jobs/ingest.ts'
import { replayDeadLetters } from '../../jobs/replay.ts'
import { secretsFrom } from '../../src/secrets/secrets.ts'
import { type BorderOptions, borderDomains } from '../../src/sources/admit.ts'
import { valueDelivery } from '../../src/sources/delivery.ts'
import { eventLine, labelLine, replayLines } from '../../src/sources/lines.ts'
import { ndjsonDeliveriesOf } from '../../src/sources/ndjson.ts'
import { noon } from '../support/core/events.ts'
import { ndjson, sentEvent } from '../support/processes/deliveries.ts'
import { openTempStore } from '../support/stores/embedded.ts'

const shipped = kindRegistry()
const grown = kindRegistry([{ name: 'shoe', like: 'device' }])
const secrets = secretsFrom(new Uint8Array(32).fill(1), [...borderDomains, ...grown.keys()])
const clock = () => noon
const tables = { version: 0, ip: () => ({}), emailDomain: () => ({}) }

const borderOf = (registry: BorderOptions['registry']): BorderOptions => ({
  secrets,
  registry,
  tables,
  masks: true,
  clock,
})

type Store = Awaited<ReturnType<typeof openTempStore>>
const servicesOver = (store: Store) => ({ store, intake: store, secrets, clock })

const linesOf = (rows: readonly unknown[], registry = shipped) =>
  rows.map((row, i) => eventLine(borderOf(registry), valueDelivery(i + 1, row), { live: false }))

const textLines = (text: string) =>
  ndjsonDeliveriesOf(Buffer.from(text)).map((one) => eventLine(borderOf(shipped), one, { live: false }))

const bad = () => ({ ...sentEvent('ada'), identifiers: { shoe: '44' } })

const linesIn = (letters: readonly { readonly line: number }[]) =>
  letters.map(({ line }) => line).toSorted((a, b) => a - b)

/** What a dead letter keeps, opened again. */
async function keptTexts(store: Store): Promise<readonly (string | undefined)[]> {
  const letters = await store.deadLetters({ limit: 100, sealed: true })
  return letters.map(({ sealed }) => sealed && Buffer.from(secrets.open(sealed)).toString())
}

describe('a refused line', () => {
  test('becomes a dead letter: where and why in clear, what it held encrypted', async () => {
    await using store = await openTempStore()
    const row = bad()

    await ingestEvents(servicesOver(store), 'shop.ndjson', linesOf([sentEvent('bob'), row]))

    const [letter, ...others] = await store.deadLetters({ limit: 10, sealed: true })
    expect(others).toEqual([])
    expect(letter).toMatchObject({
      stream: 'events',
      source: 'shop.ndjson',
      line: 2,
      pointer: '/identifiers',
      code: 'invalid_input',
      at: noon,
    })
    expect(Buffer.from(letter?.sealed ?? []).includes('shoe')).toBe(false)
    expect(await keptTexts(store)).toEqual([JSON.stringify(row)])
  })

  test('is the same letter however often the same file is read', async () => {
    await using store = await openTempStore()
    const rows = [bad(), bad()]

    for (let i = 0; i < 3; i++) await ingestEvents(servicesOver(store), 'shop.ndjson', linesOf(rows))

    expect(await store.countDeadLetters()).toBe(2)
  })

  test('over 64 KiB leaves its place but not its content', async () => {
    await using store = await openTempStore()
    const rows = [65_536, 65_537].map((bytes) => {
      const row = { ...bad(), more: 'é' }
      return { ...row, more: row.more + 'x'.repeat(bytes - Buffer.byteLength(JSON.stringify(row))) }
    })

    await ingestEvents(servicesOver(store), 'shop.ndjson', linesOf(rows))

    const letters = await store.deadLetters({ limit: 10, sealed: true })
    expect(linesIn(letters.filter(({ sealed }) => sealed !== undefined))).toEqual([1])
    expect(linesIn(letters)).toEqual([1, 2])
  })

  test.each([
    ['in a value', '{"account":"ada","note":"4111 1111 1111 1111"}'],
    ['in a line that is no JSON', '{"account":"4111111111111111"'],
    ['behind a second field of the same name', '{"note":"4111111111111111","note":"harmless"}'],
    ['of 19 digits, which JSON rounds', '{"account":4000000000000000006}'],
  ])('with a card number %s is not kept, not even encrypted', async (_, text) => {
    await using store = await openTempStore()

    const results = await ingestEvents(servicesOver(store), 'shop.ndjson', textLines(text))

    expect(results).toMatchObject([{ line: 1, status: 'rejected' }])
    expect(await keptTexts(store)).toEqual([undefined])
  })
})

test('good lines are answered by line, among the refused', async () => {
  await using store = await openTempStore()
  const known = sentEvent('ada')

  const results = await ingestEvents(
    servicesOver(store),
    'shop.ndjson',
    linesOf([bad(), known, bad(), known, { ...known, type: 'payment' }]),
  )

  expect(results.map(({ line, status }) => [line, status])).toEqual([
    [1, 'rejected'],
    [2, 'accepted'],
    [3, 'rejected'],
    [4, 'duplicate'],
    [5, 'conflict'],
  ])
})

test('nothing is buried when the good lines could not be kept', async () => {
  await using store = await openTempStore()
  const failing = {
    ...servicesOver(store),
    intake: { accept: () => Promise.reject(new Error('disk full')) },
  }

  await expect(ingestEvents(failing, 'shop.ndjson', linesOf([sentEvent('bob'), bad()]))).rejects.toThrow(
    'disk full',
  )

  expect(await store.countDeadLetters()).toBe(0)
})

describe('a replay', () => {
  const options = (registry: BorderOptions['registry']) => replayLines(borderOf(registry))
  const replayServices = (store: Store) => ({
    ...servicesOver(store),
    letters: store,
    unseal: secrets.open,
    opening: async () => {},
  })

  test('takes what is right now, keeps what is not, and tells what was never kept', async () => {
    await using store = await openTempStore()
    const rows = [bad(), { ...bad(), type: 'odd' }, { ...bad(), account: '4111111111111111' }, bad()]
    await ingestEvents(servicesOver(store), 'shop.ndjson', linesOf(rows))

    const counts = await replayDeadLetters(replayServices(store), options(grown))

    expect(counts).toEqual({ replayed: 2, stillRejected: 1, notReplayable: 1 })
    expect(linesIn(await store.deadLetters({ limit: 10 }))).toEqual([2, 3])
    expect(await store.waiting()).toBe(2)
  })

  test('that is refused again makes no second letter', async () => {
    await using store = await openTempStore()
    await ingestEvents(servicesOver(store), 'shop.ndjson', linesOf([bad()]))
    const before = await store.deadLetters({ limit: 10 })

    const counts = await replayDeadLetters(replayServices(store), options(shipped))

    expect(counts).toEqual({ replayed: 0, stillRejected: 1, notReplayable: 0 })
    expect(await store.deadLetters({ limit: 10 })).toEqual(before)
  })

  test('of chosen ones leaves the others', async () => {
    await using store = await openTempStore()
    await ingestEvents(servicesOver(store), 'shop.ndjson', linesOf([bad(), bad()]))
    const [first, second] = await store.deadLetters({ limit: 2 })

    const ids = [first?.id ?? '', 'dl_unknown']
    const counts = await replayDeadLetters(replayServices(store), { ids, ...options(grown) })

    expect(counts).toEqual({ replayed: 1, stillRejected: 0, notReplayable: 0 })
    expect(await store.deadLetters({ limit: 10 })).toEqual([second])
  })

  test('goes through more letters than one page holds', async () => {
    await using store = await openTempStore()
    const rows = Array.from({ length: 1_203 }, (_, i) => (i % 3 === 0 ? { ...bad(), type: 'odd' } : bad()))
    await ingestEvents(servicesOver(store), 'shop.ndjson', linesOf(rows))

    const counts = await replayDeadLetters(replayServices(store), options(grown))

    expect(counts).toEqual({ replayed: 802, stillRejected: 401, notReplayable: 0 })
    expect(await store.countDeadLetters()).toBe(401)
  })

  test('of a label goes to the labels', async () => {
    await using store = await openTempStore()
    const label = { account: 'ada', label: 'fraud', source: 'x'.repeat(65), at: '2026-05-02T10:15:00Z' }
    await ingestLabels(servicesOver(store), 'labels.ndjson', [labelLine(valueDelivery(1, label))])
    const mended = () => labelLine(valueDelivery(1, { ...label, source: 'review' }))

    const counts = await replayDeadLetters(replayServices(store), { ...options(shipped), label: mended })

    expect(counts.replayed).toBe(1)
    expect((await store.accounts(['ada']))[0]?.labels).toMatchObject([{ label: 'fraud', source: 'review' }])
  })
})

test('NDJSON of events is read as it was written', async () => {
  await using store = await openTempStore()

  const results = await ingestEvents(servicesOver(store), 'a', textLines(ndjson([sentEvent('a'), bad()])))

  expect(results.map(({ status }) => status)).toEqual(['accepted', 'rejected'])
})
