/** `npm run bench [PART ...]`, `npm run bench servers write`: what it costs, beside a peer where there is one, in one run on this machine. */
import { cpus, totalmem } from 'node:os'
import { benchBoard } from './boards.ts'
import { attackEvents, busyEvents } from './busy-events.ts'
import { benchEdges } from './edges/part.ts'
import { benchExplain } from './explain.ts'
import { benchFreshness, freshnessWays } from './freshness/part.ts'
import { benchGrowth } from './growth/part.ts'
import { benchScale } from './growth/scale.ts'
import { benchIngest } from './ingest.ts'
import { benchLift } from './lift.ts'
import { benchLinking, benchLinkingAgain } from './linking/part.ts'
import { benchRead, emptyAll } from './neo4j.ts'
import { benchWrite, type WriteResult } from './neo4j-write.ts'
import { benchPartition } from './partition/part.ts'
import { benchBatches, benchEndToEnd, benchSingles, plainSingles, tunedSingles } from './queue.ts'
import { benchHttp, benchLookups, type HttpResult, idsPerBatch, pacePerSecond } from './risk.ts'
import { type BenchServers, benchServers } from './servers.ts'
import { benchSlow } from './slow.ts'
import { benchWide } from './wide.ts'
import { benchWorld, pacesPerSecond } from './world.ts'

const rounds = 3
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
const thousands = (value: number): string => Math.round(value).toLocaleString('en')

console.log(
  `Node ${process.versions.node}, ${cpus().length} x ${cpus()[0]?.model.trim() ?? 'cpu'}, ${Math.round(totalmem() / 2 ** 30)} GiB\n`,
)

async function ingestPart(): Promise<void> {
  const ingest = await benchIngest(60_000)
  console.log('Ingest, one process, 500 events a batch, an fsync each')
  console.log(`  durable            ${thousands(ingest.durablePerSecond)} events/s`)
  console.log(`  durable and joined ${thousands(ingest.joinedPerSecond)} events/s\n`)
}

async function riskPart(): Promise<void> {
  const lookups = benchLookups(1_000_000)
  console.log('Risk, uniform over 1,000,000 accounts')
  console.log(
    `  snapshot, in process         ${thousands(lookups.perSecond)} look-ups/s, ${lookups.bytesPerAccount} bytes an account`,
  )
  const http = await benchHttp(1_000_000)
  const line = ({ perSecond, perCoreSecond, p50Ms, p99Ms }: HttpResult['hot'], times = 1): string =>
    `${thousands(perCoreSecond * times)} a second of one core, ${thousands(perSecond * times)} a second here, p50 ${p50Ms} ms, p99 ${p99Ms} ms`
  console.log('  over HTTP with a key, in turns, one at a time on 16 connections')
  console.log(`    ahead of Express           ${line(http.hot)}`)
  console.log(`    through Express            ${line(http.express)}`)
  console.log(
    `    ratio by core time         ${(http.hot.perCoreSecond / http.express.perCoreSecond).toFixed(1)} x`,
  )
  console.log(`  ids in batches of ${thousands(idsPerBatch)} on 4 connections`)
  console.log(`    ahead of Express           ${line(http.batch, idsPerBatch)}`)
  console.log(`    through Express            ${line(http.batchExpress, idsPerBatch)}`)
  const batchRatio = http.batch.perCoreSecond / http.batchExpress.perCoreSecond
  console.log(`    ratio by core time         ${batchRatio.toFixed(1)} x`)
  const { paced, pacedWhileDetecting } = http
  console.log(
    `  at ${thousands(pacePerSecond)} requests/s: p99 ${paced.p99Ms} ms alone, ${pacedWhileDetecting.p99Ms} ms while a thread detects, ${(pacedWhileDetecting.p99Ms / paced.p99Ms).toFixed(1)} x`,
  )
}

async function serversPart(asked: readonly string[]): Promise<void> {
  await using servers = await benchServers()
  for (const [name, part] of Object.entries(serverParts))
    if (asked.length === 0 || asked.includes(name)) await part(servers)
}

async function writePart(servers: BenchServers): Promise<void> {
  for (const [name, events] of [
    ['busy', busyEvents(100_000)],
    ['under attack', attackEvents(60_000)],
  ] as const) {
    const { ours, exact, short } = await benchWrite(servers, events)
    const speed = ({ eventsPerSecond, retries }: WriteResult): string =>
      `${thousands(eventsPerSecond)} events/s, ${retries} transactions begun again`
    const ratio = (other: WriteResult): string => (ours.eventsPerSecond / other.eventsPerSecond).toFixed(2)
    console.log(
      `Neo4j write, ${thousands(events.length)} events of a service that is ${name}, warm, in turns, best of 2`,
    )
    console.log(`  ringleader (4 lanes, joins of 50,000)              ${speed(ours)}`)
    console.log(`  UNWIND with MERGE, 4 at a time, keeps what we keep ${speed(exact)}`)
    console.log(`  the same, keeps less (see bench/naive-write.ts)    ${speed(short)}`)
    console.log(`  ratios                                             ${ratio(exact)} x, ${ratio(short)} x\n`)
  }
}

async function readPart(servers: BenchServers): Promise<void> {
  const read = await benchRead(servers, 100_000)
  console.log('Neo4j read, every use of every account, best of 3')
  console.log(
    `  ringleader (list rows, pages ahead, callbacks) ${thousands(read.ours.usesPerSecond)} uses/s, ${thousands(read.ours.cpuMs)} ms CPU here`,
  )
  console.log(
    `  a row a use, for await                         ${thousands(read.naive.usesPerSecond)} uses/s, ${thousands(read.naive.cpuMs)} ms CPU here`,
  )
  console.log(
    `  ratio                                          ${(read.ours.usesPerSecond / read.naive.usesPerSecond).toFixed(1)} x\n`,
  )
}

async function queuePart(servers: BenchServers): Promise<void> {
  const measures = [
    () => benchBatches(servers, 200_000),
    () => benchSingles(servers, 3_000, plainSingles),
    () => benchSingles(servers, 10_000, tunedSingles),
  ]
  for (const measure of measures) await measure()
  const speeds: number[][] = measures.map(() => [])
  for (let round = 0; round < rounds; round++)
    for (const [i, measure] of measures.entries()) speeds[i]?.push(await measure())
  const [batches = 0, plain = 0, tuned = 0] = speeds.map(median)
  console.log(
    `Redis queue, appendfsync always, taken and handed to a worker that does nothing, warm, in turns, median of ${rounds}`,
  )
  console.log(`  batches of 500, 4 senders that wait for their answers        ${thousands(batches)} events/s`)
  console.log(`  a job an event, 4 senders that wait, a worker as it comes    ${thousands(plain)} events/s`)
  console.log(`  a job an event, 200 unanswered at a time, 50 worked at once  ${thousands(tuned)} events/s`)
  console.log(`  ratio  ${(batches / plain).toFixed(0)} x, ${(batches / tuned).toFixed(0)} x\n`)
}

async function endToEndPart(servers: BenchServers): Promise<void> {
  await emptyAll(servers)
  const end = await benchEndToEnd(servers, 100_000)
  console.log('End to end, Redis to Neo4j, a worker process, everything on this machine')
  console.log(`  durable in Redis  ${thousands(end.acceptedPerSecond)} events/s`)
  console.log(`  joined into Neo4j ${thousands(end.joinedPerSecond)} events/s\n`)
}

async function liftPart(): Promise<void> {
  const lifts = await benchLift()
  if (!lifts) {
    console.log('Lift on p2p: not run, ../shared/data/p2p is not there\n')
    return
  }
  console.log('Lift of flagged users on real payments (p2p), rings from structure alone')
  console.log(
    '                                                  rings  members  members flagged  with a flagged mate',
  )
  for (const { method, rings, members, ofMembers, ofRingMates } of lifts)
    console.log(
      `  ${method.padEnd(46)} ${thousands(rings).padStart(6)} ${thousands(members).padStart(8)} ${ofMembers.toFixed(1).padStart(14)} x ${ofRingMates.toFixed(1).padStart(18)} x`,
    )
  console.log()
}

async function slowPart(): Promise<void> {
  const { alone, beside, open, cut } = await benchSlow(4_000)
  console.log(
    `Slow connections, ${thousands(open)} that never end a request, 500 healthy requests a second beside them`,
  )
  console.log(`  alone              p50 ${alone.p50Ms} ms, p99 ${alone.p99Ms} ms`)
  console.log(
    `  beside them        p50 ${beside.p50Ms} ms, p99 ${beside.p99Ms} ms; ${thousands(cut)} cut meanwhile\n`,
  )
}

async function explainPart(): Promise<void> {
  console.log('Explanations at their limits, embedded store')
  for (const { what, ms, cpuMs, bytes, truncated } of await benchExplain())
    console.log(
      `  ${what.padEnd(36)} ${thousands(ms)} ms, ${thousands(cpuMs)} ms CPU, ${thousands(bytes)} bytes${truncated ? ', truncated' : ''}`,
    )
  console.log('')
}

async function worldPart(): Promise<void> {
  const accounts = Number(process.env['RINGLEADER_BENCH_ACCOUNTS'] ?? 1_000_000)
  const found = await benchWorld(accounts)
  console.log(
    `A world of ${thousands(found.accounts)} accounts and ${thousands(found.rings)} rings, embedded, over HTTP on 16 connections`,
  )
  const names = {
    match: 'POST /v1/match',
    links: 'POST /v1/events?wait=links',
    explain: 'GET /v1/links/explain',
  }
  for (const ask of Object.keys(names) as (keyof typeof names)[]) {
    const { p50Ms, p99Ms, answers } = found.asked[ask]
    console.log(
      `  ${names[ask].padEnd(28)} ${pacesPerSecond[ask]} a second: p50 ${p50Ms} ms, p99 ${p99Ms} ms, ${thousands(answers)} answers`,
    )
  }
  console.log('')
}

/** `npm run bench -- wide 50000`: of how many members. */
async function widePart(): Promise<void> {
  const members = asked.map(Number).find((word) => word > 0) ?? 50_000
  const times = 5
  console.log(
    `Pages of a ring of ${thousands(members)} members, embedded, over HTTP, one after the other, ${times} times`,
  )
  for await (const { page, cpuMs, p50Ms, p99Ms, bytes } of benchWide(members, times))
    console.log(
      `  ${page.padEnd(64)} p50 ${thousands(p50Ms)} ms, p99 ${thousands(p99Ms)} ms, ${thousands(cpuMs)} ms CPU, ${thousands(bytes)} bytes`,
    )
  console.log('')
}

async function boardPart(servers: BenchServers): Promise<void> {
  const of = { rings: 10_000, changed: 20 }
  const { firstMs, changedMs, unchangedMs } = await benchBoard(servers, of)
  console.log(`Board of ${thousands(of.rings)} rings, Neo4j`)
  console.log(`  read first                        ${thousands(firstMs)} ms`)
  console.log(`  after a publish of ${of.changed} changes     ${thousands(changedMs)} ms`)
  console.log(`  after nothing                     ${thousands(unchangedMs)} ms\n`)
}

async function growthPart(): Promise<void> {
  const asked = process.env['RINGLEADER_BENCH_ACCOUNTS'] ?? '10000,30000,100000,200000'
  benchGrowth({ sizes: asked.split(',').map(Number), out: process.env['RINGLEADER_BENCH_OUT'] })
}

/** `npm run bench -- scale 2000000`; `RINGLEADER_BENCH_EVENTS`: a file to keep the town in. */
async function scalePart(): Promise<void> {
  const accounts = asked.map(Number).find((word) => word > 0) ?? 100_000
  const file = process.env['RINGLEADER_BENCH_EVENTS']
  const { events, ingest, detect } = await benchScale(accounts, { file })
  console.log(
    `From ${thousands(events)} events of ${thousands(accounts)} accounts in a file to published rings, embedded`,
  )
  for (const [name, { tookMs, cpuMs, peakBytes }] of Object.entries({ ingest, detect }))
    console.log(
      `  ${name.padEnd(8)} ${thousands(tookMs / 1_000)} s, ${thousands(cpuMs / 1_000)} s CPU, ${thousands(peakBytes / 2 ** 20)} MiB`,
    )
  console.log(`  together ${((ingest.tookMs + detect.tookMs) / 60_000).toFixed(1)} minutes\n`)
}

async function edgesPart(): Promise<void> {
  benchEdges(Number(process.env['RINGLEADER_BENCH_EDGES'] ?? 20_000_000))
}

/** `npm run bench -- freshness embedded 30000`: one way alone, and another size. */
const freshnessPart = (): Promise<void> => {
  const ways = freshnessWays.filter((name) => asked.includes(name))
  return benchFreshness(ways.length > 0 ? ways : freshnessWays, sizesOf(asked))
}

/** `npm run bench -- relinking 1000000`: another size. */
function relinkingPart(): void {
  benchLinkingAgain(asked.find((word) => Number(word) > 0) ?? '250000')
}

const sizesOf = (words: readonly string[]): readonly number[] => {
  const sizes = words.map(Number).filter((size) => size > 0)
  return sizes.length > 0 ? sizes : [10_000]
}

const parts = {
  freshness: freshnessPart,
  ingest: ingestPart,
  partition: benchPartition,
  linking: benchLinking,
  relinking: relinkingPart,
  growth: growthPart,
  scale: scalePart,
  edges: edgesPart,
  risk: riskPart,
  slow: slowPart,
  explain: explainPart,
  world: worldPart,
  wide: widePart,
  servers: serversPart,
  lift: liftPart,
}
/** Of `servers`: `npm run bench -- servers write` runs one alone. */
const serverParts = {
  write: writePart,
  read: readPart,
  queue: queuePart,
  'end-to-end': endToEndPart,
  board: boardPart,
}

const asked = process.argv.slice(2)
const known = [...Object.keys(parts), ...Object.keys(serverParts), ...freshnessWays]
for (const name of asked) {
  if (!known.includes(name) && !(Number(name) > 0)) {
    console.error(`There is no part ${name}: ${known.join(', ')}`)
    process.exit(2)
  }
}
const askedOfServers = asked.filter((name) => Object.hasOwn(serverParts, name))
for (const [name, part] of Object.entries(parts)) {
  const isAsked = asked.includes(name) || (name === 'servers' && askedOfServers.length > 0)
  if (asked.length === 0 || isAsked) await part(askedOfServers)
}
