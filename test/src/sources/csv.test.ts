import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { csvDeliveries } from '../../../src/sources/csv.ts'
import type { Delivery } from '../../../src/sources/delivery.ts'
import { type Mapping, parseMapping } from '../../../src/sources/mapping.ts'
import { ndjsonDeliveries, ndjsonDeliveriesOf } from '../../../src/sources/ndjson.ts'

const cards = `
event:
  type: payment
  occurredAt: { column: when }
  account: { column: user }
  identifiers:
    payment: [{ prefix: 'card_', column: card }, { column: second }]
  attributes:
    amount: { column: paid, as: number }
    currency: EUR
`

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}

async function read(csv: string, mapping: Mapping) {
  const found: unknown[] = []
  let skipped = 0
  const deliveries = csvDeliveries(once(csv), { file: 'cards.csv', mapping, onSkip: () => (skipped += 1) })
  for await (const { content } of deliveries) found.push('raw' in content ? content.raw : content.refusal)
  return { found, skipped }
}

describe('a mapping', () => {
  test('turns a row into an event, leaving empty cells out', async () => {
    const { found } = await read(
      'user,card,second,when,paid\nada,7,,2018-08-06,12.5\n',
      parseMapping(cards, 'cards.yaml'),
    )

    expect(found).toEqual([
      {
        eventId: expect.stringMatching(/^csv_[0-9a-f]{32}$/),
        type: 'payment',
        occurredAt: '2018-08-06T00:00:00Z',
        account: 'ada',
        identifiers: { payment: ['card_7'] },
        attributes: { amount: 12.5, currency: 'EUR' },
      },
    ])
  })

  test('gives the same row the same id, and another row another', async () => {
    const csv = 'user,card,second,when,paid\nada,7,,2018-08-06,1\nada,7,,2018-08-06,1\nada,8,,2018-08-06,1\n'

    const ids = (await read(csv, parseMapping(cards, 'cards.yaml'))).found.map(
      (event) => (event as { eventId: string }).eventId,
    )

    expect(new Set(ids).size).toBe(2)
    expect(ids[0]).toBe(ids[1])
  })

  test('reads times by their form, and epochs', async () => {
    const mapping = parseMapping(
      cards.replace('{ column: when }', '{ column: when, as: epoch_seconds }'),
      'm',
    )
    const plain = parseMapping(cards, 'm')
    const row = (when: string) => `user,card,second,when,paid\nada,7,,${when},1\n`
    const timeOf = async (when: string, by: Mapping) =>
      ((await read(row(when), by)).found[0] as { occurredAt: string }).occurredAt

    expect(await timeOf('1533513600', mapping)).toBe('2018-08-06T00:00:00.000Z')
    expect(await timeOf('2018-08-06 10:15:00', plain)).toBe('2018-08-06T10:15:00Z')
    expect(await timeOf('2018-08-06T10:15Z', plain)).toBe('2018-08-06T10:15Z')
  })

  test('skips rows whose value it does not list', async () => {
    const labels = parseMapping(
      "label: { account: { column: id }, label: { column: bad, values: { '1': fraud } }, source: s, at: '2026-01-01T00:00:00Z' }",
      'm',
    )

    const { found, skipped } = await read('id,bad\na,0\nb,1\nc,\n', labels)

    expect(found).toEqual([{ account: 'b', label: 'fraud', source: 's', at: '2026-01-01T00:00:00Z' }])
    expect(skipped).toBe(2)
    expect(labels.stream).toBe('labels')
  })

  test('survives a byte order mark, CR LF, quotes with line ends and ragged rows', async () => {
    const csv = '\ufeffuser,card,second,when,paid\r\n"a ""x""\nb",7,,2018-08-06,1\r\nada\r\n'

    const { found } = await read(csv, parseMapping(cards, 'm'))

    expect(found[0]).toMatchObject({ account: 'a "x"\nb' })
    expect(found[1]).toEqual({
      eventId: expect.any(String),
      type: 'payment',
      account: 'ada',
      attributes: { currency: 'EUR' },
    })
  })

  test('that reads a column the file lacks is refused with the column and the file', async () => {
    const wrongDelimiter = read('user;card;second;when;paid\nada;7;;2018-08-06;1\n', parseMapping(cards, 'm'))

    await expect(wrongDelimiter).rejects.toMatchObject({
      code: 'mapping_invalid',
      message: expect.stringMatching(/cards\.csv has no column .*“when”/),
    })
    expect(
      (
        await read(
          'user;card;second;when;paid\nada;7;;2018-08-06;1\n',
          parseMapping(`delimiter: ';'\n${cards}`, 'm'),
        )
      ).found,
    ).toHaveLength(1)
  })

  test.each([
    ['not YAML', ': : :\n- ['],
    ['neither event nor label', 'delimiter: ","'],
    ['both', `${cards}\nlabel: { account: a, label: fraud, source: s, at: x }`],
    ['a misspelt field', cards.replace('account:', 'acount:')],
    ['an unknown rule', cards.replace('column: user', 'colunm: user')],
  ])('that is %s is refused with its file', (_, text) => {
    expect(() => parseMapping(text, 'wrong.yaml')).toThrow(
      expect.objectContaining({ code: 'mapping_invalid', message: expect.stringContaining('wrong.yaml') }),
    )
  })
})

describe('NDJSON', () => {
  const summary = ({ line, content }: Delivery) => ({ line, content })

  test('gives the same lines however its bytes are cut', async () => {
    const text = fc
      .array(fc.oneof(fc.json(), fc.constant(''), fc.constant('not json'), fc.constant('{"é":"😀"}')), {
        maxLength: 12,
      })
      .map((lines) => lines.join('\n'))
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.nat(200)), async (whole, cuts) => {
        const bytes = Buffer.from(whole)
        const places = [
          0,
          ...cuts.filter((cut) => cut < bytes.length).toSorted((a, b) => a - b),
          bytes.length,
        ]
        async function* chunks(): AsyncGenerator<Uint8Array> {
          for (let i = 1; i < places.length; i++) yield bytes.subarray(places[i - 1], places[i])
        }
        const found: Delivery[] = []
        for await (const delivery of ndjsonDeliveries(chunks())) found.push(delivery)

        expect(found.map(summary)).toEqual(ndjsonDeliveriesOf(bytes).map(summary))
        const filled = whole.split('\n').filter((line) => line.trim() !== '').length
        expect(found).toHaveLength(filled)
      }),
    )
  })

  test('refuses a line that is too long without holding it', () => {
    const [first, second] = ndjsonDeliveriesOf(Buffer.from(`"${'x'.repeat(2_000_000)}"\n1`))

    expect(first).toMatchObject({ line: 1, content: { refusal: { code: 'body_too_large' } } })
    expect(first?.text()).toBe('')
    expect(second).toMatchObject({ line: 2, content: { raw: 1 } })
  })
})
