/**
 * Scores a list of accounts, one an input line, as CSV:
 *   node examples/batch-job/score.ts --url URL --key-file FILE < accounts.txt > scores.csv
 * Ends with 1 when any of them got no answer, so that a scheduler runs it again.
 */
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { createClient, type RiskAnswer } from '../../clients/typescript/src/index.ts'

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:7373' },
    'key-file': { type: 'string', default: 'ringleader.key' },
  },
})

const ringleader = createClient({
  url: values.url,
  key: readFileSync(values['key-file'], 'utf8').trim(),
  fallback: 'unknown',
  // Nobody waits for a job.
  timeoutMs: 20_000,
  retries: 5,
})

const columns = ['account', 'answered', 'known', 'risk', 'compromise', 'band', 'ring', 'role']

function row(answer: RiskAnswer): string {
  const { account, source } = answer
  if (source === 'fallback') return [cell(account), answer.fallback, '', '', '', '', '', ''].join(',')
  const { known, risk, compromise, band, ring } = answer.risk
  return [cell(account), source, known, risk, compromise, band, ring?.id ?? '', ring?.role ?? ''].join(',')
}

/** Quoted where CSV needs it, and never a formula to a sheet. */
function cell(text: string): string {
  const inert = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert
}

let unanswered = 0
async function score(accounts: readonly string[]): Promise<void> {
  const answers = await ringleader.risks(accounts)
  unanswered += answers.filter(({ source }) => source === 'fallback').length
  process.stdout.write(answers.map((answer) => `${row(answer)}\n`).join(''))
}

const atOnce = 1_000
process.stdout.write(`${columns.join(',')}\n`)
let part: string[] = []
for await (const line of createInterface({ input: process.stdin })) {
  if (line === '') continue
  part.push(line)
  if (part.length < atOnce) continue
  await score(part)
  part = []
}
await score(part)
if (unanswered > 0) {
  process.stderr.write(`${unanswered} accounts got no answer: run it again\n`)
  process.exitCode = 1
}
