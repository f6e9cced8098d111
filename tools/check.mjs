/** Everything that can be said of the code without running it. A line a part; a part that fails prints all it found. */
import { execFile, execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { kernelModule, kernelModuleNow } from './build-kernel.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const bin = (path) => join(root, 'node_modules', path)
const layers = ['graph', 'jobs', 'src', 'range', 'cypher', 'test', 'examples', 'clients']

const run = (script, args) =>
  new Promise((resolve) => {
    execFile(
      process.execPath,
      [script, ...args],
      { cwd: root, maxBuffer: 1 << 27 },
      (error, stdout, stderr) => resolve({ ok: !error, output: stdout + stderr, stdout }),
    )
  })

/** Files that git knows, or would on the next add. */
const sourceFiles = () =>
  execFileSync(
    'git',
    [
      'ls-files',
      '--cached',
      '--others',
      '--exclude-standard',
      ...layers.map((layer) => `${layer}/**/*.ts`),
      ...layers.map((layer) => `${layer}/*.ts`),
    ],
    {
      cwd: root,
      encoding: 'utf8',
    },
  )
    .split('\n')
    .filter(Boolean)

async function imports() {
  const files = [...new Set(sourceFiles())]
  const { stdout, output } = await run(bin('dependency-cruiser/bin/dependency-cruiser.mjs'), [
    '--config',
    '.dependency-cruiser.cjs',
    '--output-type',
    'json',
    ...new Set(files.map((file) => file.split('/')[0])),
  ])
  let report
  try {
    report = JSON.parse(stdout)
  } catch {
    return { ok: false, output }
  }
  const cruised = new Set(report.modules.map(({ source }) => source))
  const missed = files.filter((file) => !cruised.has(file))
  const wrong = report.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`)
  // The cruiser cannot tell an import of types from another.
  const valuesOfGraph = /^import (?!type )[^;]*? from '(\.\.\/)+graph\//m
  for (const file of files.filter((name) => name.startsWith('range/'))) {
    if (valuesOfGraph.test(readFileSync(join(root, file), 'utf8')))
      wrong.push(`range-knows-only-types-of-graph: ${file}`)
  }
  // Without a parser for this TypeScript it reads nothing, and finds nothing wrong.
  if (missed.length > 0)
    wrong.push(`not read: ${missed.slice(0, 5).join(', ')} (${missed.length} of ${files.length})`)
  return { ok: wrong.length === 0, output: wrong.join('\n'), note: `${files.length} files` }
}

const filesPerFolderMax = 15

/** A folder that holds too much hides a concept. It only warns. */
function crowdedFolders() {
  const counts = Map.groupBy([...new Set(sourceFiles())], (file) => dirname(file))
  const crowded = [...counts].filter(([, files]) => files.length > filesPerFolderMax)
  return {
    ok: true,
    output: '',
    note: crowded.map(([folder, files]) => `${folder} holds ${files.length} files`).join(', '),
  }
}

/** The committed kernel is what its sources compile to, byte for byte. */
async function kernelIsBuilt() {
  const ok = (await kernelModule()) === kernelModuleNow()
  return { ok, output: 'graph/kernel/wasm.ts is not what graph/kernel/assembly compiles to: npm run kernel' }
}

/** The client's types are those of the document, byte for byte. */
async function clientTypesAreMade() {
  const { clientTypes, clientTypesNow } = await import('./client-types.mjs')
  const ok = clientTypes() === clientTypesNow()
  return { ok, output: 'clients/typescript/src/api.ts is not what the routes say: npm run client-types' }
}

const parts = {
  types: () => run(bin('typescript/bin/tsc'), ['--noEmit']),
  lint: () => run(bin('oxlint/bin/oxlint'), ['--type-aware', '--deny-warnings', '.']),
  format: () => run(bin('@biomejs/biome/bin/biome'), ['check', '.']),
  imports,
  unused: () => run(bin('knip/bin/knip.js'), []),
  folders: crowdedFolders,
  kernel: kernelIsBuilt,
  client: clientTypesAreMade,
}

const only = process.argv.slice(2)
const failed = []
for (const [name, part] of Object.entries(parts).filter(
  ([name]) => only.length === 0 || only.includes(name),
)) {
  const startedAt = Date.now()
  const { ok, output, note = '' } = await part()
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1)
  process.stdout.write(`${ok ? 'ok  ' : 'FAIL'} ${name.padEnd(8)} ${seconds} s ${note}\n`)
  if (!ok) {
    failed.push(name)
    process.stdout.write(`${output.trimEnd()}\n`)
  }
}
if (failed.length > 0) {
  process.stdout.write(`\nfailed: ${failed.join(', ')}\n`)
  process.exitCode = 1
}
