/** `npm run bench`: what it costs, beside a peer where there is one, in one run on this machine. */
import { execFileSync } from 'node:child_process'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { benchIngest } from './ingest.ts'
import { benchHttp, benchLookups } from './risk.ts'

interface EngineResult {
  readonly edges: number
  readonly communities: number
  readonly cpuMs: number
  readonly memory: number
}

const rounds = 3
const groups = 50_000

const engine = (name: string): EngineResult =>
  JSON.parse(
    execFileSync(
      process.execPath,
      [
        '--disable-warning=ExperimentalWarning',
        join(import.meta.dirname, 'partition.ts'),
        name,
        String(groups),
      ],
      {
        encoding: 'utf8',
      },
    ),
  ) as EngineResult

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
const thousands = (value: number): string => Math.round(value).toLocaleString('en')
const mebibytes = (bytes: number): string => `${Math.round(bytes / 1_048_576)} MiB`

console.log(
  `Node ${process.versions.node}, ${cpus().length} x ${cpus()[0]?.model.trim() ?? 'cpu'}, ${Math.round(totalmem() / 2 ** 30)} GiB\n`,
)

const ingest = await benchIngest(60_000)
console.log('Ingest, one process, 500 events a batch, an fsync each')
console.log(`  durable            ${thousands(ingest.durablePerSecond)} events/s`)
console.log(`  durable and joined ${thousands(ingest.joinedPerSecond)} events/s\n`)

const ours: EngineResult[] = []
const peer: EngineResult[] = []
for (let round = 0; round < rounds; round++) {
  ours.push(engine('ringleader'))
  peer.push(engine('graphology'))
}
const [oursMs, peerMs] = [median(ours.map(({ cpuMs }) => cpuMs)), median(peer.map(({ cpuMs }) => cpuMs))]
const edges = ours[0]?.edges ?? 0
console.log(
  `Partition of ${thousands(edges)} links, CPU time from columns to communities, median of ${rounds}, each in its own process`,
)
console.log(
  `  ringleader (CPM-Leiden, up to 3 starts) ${thousands(oursMs)} ms, ${thousands((edges / oursMs) * 1_000)} links/s, ${mebibytes(median(ours.map(({ memory }) => memory)))}, ${thousands(ours[0]?.communities ?? 0)} communities`,
)
console.log(
  `  graphology (build + Louvain)            ${thousands(peerMs)} ms, ${thousands((edges / peerMs) * 1_000)} links/s, ${mebibytes(median(peer.map(({ memory }) => memory)))}, ${thousands(peer[0]?.communities ?? 0)} communities`,
)
console.log(`  ratio                                   ${(peerMs / oursMs).toFixed(1)} x\n`)

const lookups = benchLookups(1_000_000)
console.log('Risk, uniform over 1,000,000 accounts')
console.log(
  `  snapshot, in process         ${thousands(lookups.perSecond)} look-ups/s, ${lookups.bytesPerAccount} bytes an account`,
)
const http = await benchHttp(1_000_000)
console.log(
  `  HTTP through Express, 16 connections, with a key  ${thousands(http.perSecond)} requests/s, p50 ${http.p50Ms} ms, p99 ${http.p99Ms} ms`,
)
