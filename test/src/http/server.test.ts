/** What happens to connections that are slow, greedy or speak no HTTP. */
import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { problemSchema } from '../../../src/http/schemas.ts'
import { type Listening, listen } from '../../../src/http/server.ts'
import { exchange } from '../../support/processes/two-doors.ts'

let server: Listening
let url: URL
beforeAll(async () => {
  server = await listen(
    { listener: (request, response) => void request.resume().on('end', () => response.end('well')) },
    {
      host: '127.0.0.1',
      port: 0,
      patience: { headersMs: 300, requestMs: 600, checkEveryMs: 50 },
    },
  )
  url = new URL(server.url)
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

const begun = 'GET / HTTP/1.1\r\nhost: x\r\n'
const whole = `${begun}connection: close\r\n\r\n`

function problemIn(answer: string) {
  const [head = '', body = ''] = answer.split('\r\n\r\n')
  expect(head).toContain('content-type: application/problem+json')
  expect(head).toContain('connection: close')
  const problem = problemSchema.parse(JSON.parse(body))
  expect(head).toContain(`x-request-id: ${problem.instance}`)
  expect(head).toMatch(new RegExp(`^HTTP/1.1 ${problem.status} \\w`))
  return problem.code
}

test.each([
  ['headers over 16 KB', `${begun}x: ${'y'.repeat(20_000)}\r\n\r\n`, 'headers_too_large'],
  ['a path over 16 KB', `GET /${'y'.repeat(20_000)} HTTP/1.1\r\nhost: x\r\n\r\n`, 'headers_too_large'],
  ['headers that never end', begun, 'request_timeout'],
  ['a body that never comes', `POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\n\r\n12`, 'request_timeout'],
  ['no HTTP', 'mArKeR\r\n\r\n', 'invalid_input'],
  ['two lengths', `${begun}content-length: 1\r\ncontent-length: 2\r\n\r\n`, 'invalid_input'],
  [
    'a length and chunks',
    `${begun}content-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`,
    'invalid_input',
  ],
  ['a header with a line break in it', `${begun}a\u0000b: c\r\n\r\n`, 'invalid_input'],
])(
  '%s are answered with a problem, and cut',
  async (_, bytes, code) => {
    const answer = await exchange(url, bytes)

    expect(problemIn(answer)).toBe(code)
    expect(answer).not.toContain('mArKeR')
  },
  10_000,
)

test('hundreds of slow connections are cut, and keep nobody waiting', async () => {
  const slow = Array.from({ length: 400 }, () => {
    const socket = connect(Number(url.port), url.hostname)
    socket.on('error', () => {}).on('data', () => {})
    socket.write(begun)
    return once(socket, 'close')
  })

  const answers = await Promise.all(Array.from({ length: 20 }, () => exchange(url, whole)))

  expect(answers.every((answer) => answer.endsWith('well'))).toBe(true)
  await Promise.all(slow)
})
