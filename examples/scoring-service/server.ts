/**
 * A service that decides on sign-ups and log-ins: node examples/scoring-service/server.ts --url URL --key-file FILE
 * It asks Ringleader and answers allow, review or deny within its own deadline, whatever becomes of Ringleader.
 */
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parseArgs } from 'node:util'
import {
  createClient,
  type Input,
  RingleaderError,
  type RiskAnswer,
} from '../../clients/typescript/src/index.ts'

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:7373' },
    'key-file': { type: 'string', default: 'ringleader.key' },
    port: { type: 'string', default: '0' },
  },
})

const ringleader = createClient({
  url: values.url,
  key: readFileSync(values['key-file'], 'utf8').trim(),
  // A log-in must work while we are down; those let in are told apart by `because`.
  fallback: 'allow',
  timeoutMs: 250,
  maxStalenessMs: 3_600_000,
})

type Decision = { readonly decision: 'allow' | 'review' | 'deny'; readonly because: string }

const denyMin = 0.9
const reviewMin = 0.35

/** Whoever is in other hands is helped, not denied. */
function decide(answer: RiskAnswer): Decision {
  if (answer.source === 'fallback') return { decision: 'allow', because: `no answer: ${answer.error.code}` }
  const { risk, compromise, flagged, ring } = answer.risk
  const because = answer.risk.reasons[0]?.text ?? 'nothing speaks against it'
  if (compromise >= reviewMin) return { decision: 'review', because: 'somebody else may control it' }
  if (flagged || risk >= denyMin) return { decision: 'deny', because }
  return risk >= reviewMin
    ? { decision: 'review', because: ring ? `${ring.role} of a ring` : because }
    : { decision: 'allow', because }
}

/** An account that does not exist yet is judged by the riskiest ring it would join. */
async function decideSignup(identifiers: Input<'POST /v1/match'>['body']['identifiers']): Promise<Decision> {
  try {
    const { rings } = await ringleader.call('POST /v1/match', { body: { identifiers } })
    const [worst] = rings.toSorted((a, b) => b.risk * b.probability - a.risk * a.probability)
    if (!worst) return { decision: 'allow', because: 'linked to nobody' }
    const isRisky = worst.risk * worst.probability >= reviewMin
    return { decision: isRisky ? 'review' : 'allow', because: `would join a group of ${worst.size}` }
  } catch (error) {
    if (!(error instanceof RingleaderError) || error.status === 400) throw error
    return { decision: 'review', because: `no answer: ${error.code}` }
  }
}

async function answer(request: IncomingMessage): Promise<Decision> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const body = JSON.parse(Buffer.concat(chunks).toString()) as {
    account: string
    identifiers: Record<string, string>
  }
  return request.url === '/signup'
    ? await decideSignup(body.identifiers)
    : decide(await ringleader.risk(body.account))
}

function reply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}

const server = createServer((request, response) => {
  answer(request).then(
    (decision) => reply(response, 200, decision),
    () => reply(response, 400, { error: 'send {"account": ...} to /login, {"identifiers": ...} to /signup' }),
  )
})
server.listen(Number(values.port), '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`)
})
process.once('SIGTERM', () => server.close())
