/**
 * A process that asks over a fixed number of connections, and times each answer. It speaks HTTP over plain
 * sockets, because Node's client costs more than the answers it would measure.
 */
import { connect, type Socket } from 'node:net'
import { argv } from 'node:process'
import { accountOf, mateOf, newcomer, shownBy, type WorldQuestion } from './world-questions.ts'

export interface LoadOrder {
  readonly port: number
  readonly token: string
  readonly accounts: number
  readonly connections: number
  readonly seconds: number
  /** An empty query leaves the same request to Express. */
  readonly through?: 'express'
  /** Ids a request of risk: 1 asks `/v1/accounts/{id}/risk`, more ask `/v1/risk:batch`. */
  readonly ids: number
  /** What is asked of a world (world.ts); risk without it. */
  readonly ask?: WorldQuestion
  /** Requests a second over all connections; as many as are answered without it. */
  readonly perSecond?: number
}

export interface LoadResult {
  readonly answers: number
  readonly perSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
}

const order = JSON.parse(argv[2] ?? '') as LoadOrder
const { port, token, accounts, connections, seconds, ids } = order
const query = order.through === 'express' ? '?' : ''
const headers = `host: bench\r\nauthorization: Bearer ${token}\r\n`
const times: number[] = []
let asked = 0

/** Uniform over all accounts, by a multiplier that visits each once. */
const nextAccount = (): string => accountOf((++asked * 7_919) % accounts)

function post(path: string, sent: object): string {
  const body = JSON.stringify(sent)
  return `POST ${path} HTTP/1.1\r\n${headers}content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`
}

function nextRequest(): string {
  const n = (++asked * 7_919) % accounts
  if (order.ask === 'explain')
    return `GET /v1/links/explain?a=${accountOf(n)}&b=${accountOf(mateOf(n))} HTTP/1.1\r\n${headers}\r\n`
  if (order.ask === 'match')
    return post('/v1/match', { identifiers: shownBy(n), occurredAt: new Date().toISOString() })
  if (order.ask === 'links') return post('/v1/events?wait=links', [newcomer(n, asked)])
  return nextRisk()
}

function nextRisk(): string {
  if (ids === 1) return `GET /v1/accounts/${nextAccount()}/risk${query} HTTP/1.1\r\n${headers}\r\n`
  return post(`/v1/risk:batch${query}`, { accounts: Array.from({ length: ids }, nextAccount) })
}

/** The next answer on a connection, whole. */
function answerOn(socket: Socket): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  let [missing, head] = [0, '']
  const take = (bytes: Buffer): void => {
    if (missing === 0) {
      head += bytes.toString('latin1')
      const headEnd = head.indexOf('\r\n\r\n')
      if (headEnd < 0) return
      if (!/^HTTP\/1.1 20[02] /.test(head)) return reject(new Error(head.slice(0, 400)))
      missing = headEnd + 4 + Number(/content-length: (\d+)/i.exec(head)?.[1]) - head.length
    } else missing -= bytes.length
    if (missing > 0) return
    socket.off('data', take)
    resolve()
  }
  socket.on('data', take)
  return promise
}

const until = performance.now() + seconds * 1_000
const pauseMs = order.perSecond === undefined ? 0 : (connections / order.perSecond) * 1_000

/** With a pace, a request that had to wait for the answer before it counts from when it was due. */
async function connection(place: number): Promise<void> {
  const socket = connect(port, '127.0.0.1')
  socket.setNoDelay(true)
  for (
    let due = performance.now() + (place / connections) * pauseMs;
    performance.now() < until;
    due += pauseMs
  ) {
    const waitMs = pauseMs === 0 ? 0 : due - performance.now()
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs))
    const startedAt = pauseMs === 0 || waitMs > 0 ? performance.now() : due
    const answered = answerOn(socket)
    socket.write(nextRequest())
    await answered
    times.push(performance.now() - startedAt)
  }
  socket.destroy()
}

await Promise.all(Array.from({ length: connections }, (_, place) => connection(place)))
const sorted = times.toSorted((a, b) => a - b)
const at = (share: number): number => Math.round((sorted[Math.floor(sorted.length * share)] ?? 0) * 100) / 100
const result: LoadResult = {
  answers: times.length,
  perSecond: Math.round(times.length / seconds),
  p50Ms: at(0.5),
  p99Ms: at(0.99),
}
process.send?.(result, () => process.disconnect())
