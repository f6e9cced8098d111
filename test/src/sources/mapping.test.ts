import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { csvDeliveries } from '../../../src/sources/csv.ts'
import type { Delivery } from '../../../src/sources/delivery.ts'
import { parseMapping } from '../../../src/sources/mapping.ts'

const mappingOf = (event: string) => parseMapping(`event: ${event}`, 'map.yaml')
const base = "type: payment, occurredAt: '2026-05-02', account: { column: user }"
const map = (fields: string, row: Readonly<Record<string, string>>) =>
  mappingOf(`{ ${base}, ${fields} }`).map({ user: 'ada', ...row })

describe('a mapping', () => {
  test('names every column it reads, each once, however deep', () => {
    const { columns } = mappingOf(
      `{ ${base}, identifiers: { payment: [{ column: card }, { column: card2 }], device: { column: user } }, counterparties: [{ account: { column: to }, relation: paid }] }`,
    )

    expect(columns).toEqual(['user', 'card', 'card2', 'to'])
  })

  test.each([
    ['as: number', '12.5', 12.5],
    ['as: epoch_seconds', '0', '1970-01-01T00:00:00.000Z'],
    ['as: epoch_seconds', '-1.5', '1969-12-31T23:59:58.500Z'],
    ['as: epoch_ms', '1533513600000', '2018-08-06T00:00:00.000Z'],
    ['as: epoch_ms', '9e99', 'not a time'],
    ['as: epoch_ms', 'soon', 'not a time'],
    ["prefix: 'p_'", '7', 'p_7'],
    ["values: { 'Y': yes, '': none }", 'Y', 'yes'],
    ["values: { 'Y': yes, '': none }", '', 'none'],
  ])('reads a column %s', (how, cell, value) => {
    expect(map(`attributes: { x: { column: c, ${how} } }`, { c: cell })).toMatchObject({
      attributes: { x: value },
    })
  })

  test('reads what was changed from one cell or several, however they are told apart', () => {
    const changed = (how: string, row: Readonly<Record<string, string>>) =>
      (map(`changed: ${how}`, row) as { changed?: readonly string[] }).changed

    for (const cell of ['email,password', 'email; password', 'email|password', ' email / password '])
      expect(changed('{ column: c }', { c: cell })).toEqual(['email', 'password'])
    expect(changed('[{ column: c }, { column: d }]', { c: 'email', d: '' })).toEqual(['email'])
    expect(changed("{ column: c, values: { A: 'email phone' } }", { c: 'A' })).toEqual(['email', 'phone'])
    expect(changed('password', {})).toEqual(['password'])
    expect(changed('{ column: c }', { c: '' })).toBeUndefined()
  })

  test.each(['N', 'toString', '__proto__'])('skips a row whose value %s it does not list', (cell) => {
    expect(map("outcome: { column: c, values: { 'Y': success } }", { c: cell })).toBeUndefined()
    expect(
      map("counterparties: [{ account: b, relation: { column: c, values: { 'Y': paid } } }]", { c: cell }),
    ).toBeUndefined()
  })

  test('leaves out empty cells and what holds nothing else, prefixes too', () => {
    const mapped = map(
      "sessionId: { column: c, prefix: 's_' }, identifiers: { device: [{ column: c }], ip: { column: c } }",
      { c: '' },
    )

    expect(Object.keys(mapped as object).toSorted()).toEqual(['account', 'eventId', 'occurredAt', 'type'])
  })

  test('gives a row an id by what it says, unless a column holds one', () => {
    const idOf = (row: Record<string, string>, fields = 'action: pay') =>
      (map(fields, row) as { eventId: string }).eventId

    expect(idOf({ user: 'ada' })).toBe(idOf({ user: 'ada', unread: 'column' }))
    expect(idOf({ user: 'ada' })).not.toBe(idOf({ user: 'bob' }))
    expect(idOf({ n: '7' }, 'eventId: { column: n }')).toBe('7')
    expect(idOf({ n: '' }, 'eventId: { column: n }')).toMatch(/^csv_/)
  })

  test('is refused with the place of its mistake', () => {
    const wrong = (text: string) => () => parseMapping(text, 'map.yaml')

    expect(wrong(`event: { ${base}, identifiers: { device: { colum: c } } }`)).toThrow(
      /map\.yaml: event\.identifiers\.device/,
    )
    expect(wrong(`event: { ${base} }\nlabel: {}`)).toThrow(/label\.account/)
    expect(wrong(`delimiter: '::'\nevent: { ${base} }`)).toThrow(/delimiter/)
    expect(wrong('- a list')).toThrow(/map\.yaml/)
  })
})

const users = parseMapping(
  "label: { account: { column: user }, label: fraud, source: s, at: '2026-05-02' }",
  'map.yaml',
)

async function read(chunks: Iterable<Uint8Array>): Promise<readonly Delivery[]> {
  async function* stream(): AsyncGenerator<Uint8Array> {
    yield* chunks
  }
  const found: Delivery[] = []
  for await (const one of csvDeliveries(stream(), { file: 'u.csv', mapping: users, onSkip: () => {} }))
    found.push(one)
  return found
}

const accountsIn = (found: readonly Delivery[]) =>
  found.map(({ content }) => ('raw' in content ? (content.raw as { account: string }).account : ''))

describe('CSV', () => {
  test('is the same however its bytes are cut', async () => {
    const name = fc.string({
      unit: fc.constantFrom('a', 'é', '\u{1F98A}', '"', '\n', ',', ';'),
      minLength: 1,
    })

    await fc.assert(
      fc.asyncProperty(
        fc.array(name, { maxLength: 6 }),
        fc.infiniteStream(fc.integer({ min: 1, max: 9 })),
        async (names, sizes) => {
          const quoted = names.map((one) => `"${one.replaceAll('"', '""')}",x`)
          const bytes = Buffer.from(['user,more', ...quoted].join('\n'))
          const chunks: Uint8Array[] = []
          for (let at = 0; at < bytes.length; ) {
            const size = sizes.next().value as number
            chunks.push(bytes.subarray(at, at + size))
            at += size
          }

          expect(accountsIn(await read(chunks))).toEqual(names)
        },
      ),
      { numRuns: 60 },
    )
  })

  test('numbers its rows by the lines of the file', async () => {
    const found = await read([Buffer.from('user\na\n\n"b\nb"\nc\n')])

    expect(accountsIn(found)).toEqual(['a', 'b\nb', 'c'])
    expect(found.map(({ line }) => line)).toEqual([2, 5, 6])
  })

  test.each([
    ['a quote that is not closed', Buffer.from('user\na\n"b\nc\n'), 'invalid_input'],
    ['half a character at its end', Buffer.from([...Buffer.from('user\na\n'), 0xc3]), 'invalid_input'],
    ['a row without end', Buffer.from(`user\na\n${'b'.repeat(2_000_000)}`), 'invalid_input'],
    ['nothing', Buffer.from(''), undefined],
  ])('with %s ends in a problem of the file, never in a crash', async (_, bytes, code) => {
    const failure = await read([bytes]).then(
      () => undefined,
      (error: unknown) => error,
    )

    if (code === undefined) expect(failure).toBeUndefined()
    else expect(failure).toMatchObject({ code, message: expect.stringContaining('u.csv') })
  })

  test('whose source fails ends in that failure', async () => {
    // oxlint-disable-next-line require-yield -- it fails before it yields
    async function* failing(): AsyncGenerator<Uint8Array> {
      throw new Error('the disk is gone')
    }
    const rows = csvDeliveries(failing(), { file: 'u.csv', mapping: users, onSkip: () => {} })

    await expect(rows.next()).rejects.toThrow('the disk is gone')
  })
})
