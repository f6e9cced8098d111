/** A thread that asks for risk over a fixed number of connections, and times each answer. */
import { Agent, get } from 'node:http'
import { parentPort, workerData } from 'node:worker_threads'

interface LoadOrder {
  readonly url: string
  readonly token: string
  readonly accounts: number
  readonly connections: number
  readonly seconds: number
}

export interface LoadResult {
  readonly perSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
}

const { url, token, accounts, connections, seconds } = workerData as LoadOrder
const agent = new Agent({ keepAlive: true, maxSockets: connections })
const headers = { authorization: `Bearer ${token}` }
const times: number[] = []
const until = performance.now() + seconds * 1_000
let asked = 0

const ask = (): Promise<void> =>
  new Promise((resolve, reject) => {
    asked += 1
    const startedAt = performance.now()
    get(`${url}/v1/accounts/account-${(asked * 7_919) % accounts}/risk`, { agent, headers }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`status ${response.statusCode}`))
      response.resume()
      response.on('end', () => {
        times.push(performance.now() - startedAt)
        resolve()
      })
    }).on('error', reject)
  })

async function connection(): Promise<void> {
  while (performance.now() < until) await ask()
}

await Promise.all(Array.from({ length: connections }, connection))
const sorted = times.toSorted((a, b) => a - b)
const at = (share: number): number => Math.round((sorted[Math.floor(sorted.length * share)] ?? 0) * 100) / 100
parentPort?.postMessage({
  perSecond: Math.round(times.length / seconds),
  p50Ms: at(0.5),
  p99Ms: at(0.99),
} satisfies LoadResult)
agent.destroy()
