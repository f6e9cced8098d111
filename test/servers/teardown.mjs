/** After all tests of a run, however they ended: stops what they started, and says what could not be run. */
import { spawnSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

export default function teardown() {
  const dir = process.env.TEST_SERVERS_DIR
  const notRun = globSync(join(dir, 'not-run-*.json')).map((file) => JSON.parse(readFileSync(file, 'utf8')))
  spawnSync('sh', [join(import.meta.dirname, 'stop.sh'), dir], { stdio: 'inherit' })
  // Here and not in a reporter, because those come before jest's summary: a skip that nobody sees proves nothing.
  if (notRun.length > 0) process.stderr.write(report(notRun))
}

/** @param {{ file: string, suite: string, missing: string[] }[]} suites */
function report(suites) {
  const missing = [...new Set(suites.flatMap((one) => one.missing))].toSorted()
  const names = suites.map(({ file, suite }) => `  ${relative(process.cwd(), file)} > ${suite}`).toSorted()
  return [
    '',
    `########## NOT RUN: ${suites.length} of the suites, for want of a server ##########`,
    ...names,
    'Why:',
    ...missing.map((why) => `  ${why}`),
    'To run them, do what is said there, or start Docker, or name servers that may be emptied:',
    '  TEST_NEO4J_URL=bolt://127.0.0.1:7687 TEST_NEO4J_PASSWORD=... TEST_REDIS_URL=redis://127.0.0.1:6379 npm test',
    'With CI=true these suites fail.',
    '##########',
    '',
  ].join('\n')
}
