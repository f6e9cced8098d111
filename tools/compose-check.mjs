/**
 * What can be said of the compose file without an engine: `node tools/compose-check.mjs [FILE]`. A client must take
 * it with each profile, and it must hold what no client asks for. Runs on any Node from 20.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const file = resolve(process.argv[2] ?? join(root, 'docker-compose.yml'))
const compose = parse(readFileSync(file, 'utf8'), { merge: true })
const services = Object.entries(compose.services ?? {})
const profiles = [...new Set(services.flatMap(([, { profiles = [] }]) => profiles))]

const run = (command, args, env = process.env) =>
  spawnSync(command, args, { cwd: dirname(file), env, encoding: 'utf8' })

/** By no profile, each alone, and all at once. */
function takenByClient() {
  const client = [['docker-compose'], ['docker', 'compose']].find(
    ([command, ...args]) => run(command, [...args, 'version']).status === 0,
  )
  if (!client) {
    return [
      'there is no docker-compose on this machine, so nobody read the file: apt-get install docker-compose',
    ]
  }
  const [command, ...first] = client
  const choices = ['', ...profiles, ...(profiles.length > 1 ? [profiles.join(',')] : [])]
  return choices.flatMap((choice) => {
    const { status, stderr } = run(command, [...first, '--file', file, 'config', '--quiet'], {
      ...process.env,
      // Every client that knows profiles reads this; not every one has the option.
      COMPOSE_PROFILES: choice,
    })
    if (status === 0 && !/is not set/.test(stderr)) return []
    return [`${client.join(' ')} refuses it with ${choice ? `profile ${choice}` : 'no profile'}:\n${stderr}`]
  })
}

const list = (value) => (Array.isArray(value) ? value : [])
const has = (value, wanted) => list(value).includes(wanted)
const published = ({ ports }) => list(ports).map(String)

/** What a service may not be, by what is said when it is. */
const faults = {
  'has no health check': ({ healthcheck }) => !healthcheck?.test || healthcheck.disable === true,
  'has no memory limit: mem_limit': ({ mem_limit: limit }) => !limit,
  'has no processor limit: cpus': ({ cpus }) => !cpus,
  'has no limit of processes: pids_limit': ({ pids_limit: limit }) => !limit,
  'may write to its root: read_only, or a reason in x-writable-root': (service) =>
    service.read_only !== true && !service['x-writable-root'],
  'keeps capabilities: cap_drop [ALL]': ({ cap_drop: dropped }) => !has(dropped, 'ALL'),
  'may gain privileges: security_opt no-new-privileges:true': ({ security_opt: options }) =>
    !has(options, 'no-new-privileges:true'),
  'is privileged': ({ privileged }) => privileged === true,
  'does not say as which user it runs, or as root: user': ({ user }) => !/^[1-9]\d*(:|$)/.test(user ?? ''),
  'has an image of no fixed version': ({ image = '' }) => !/:[^:/]*\d[^:/]*$/.test(image),
  'can run only once: container_name': ({ container_name: name }) => name !== undefined,
  'is open to other machines: ports': (service) =>
    published(service).some((port) => !port.startsWith('127.0.0.1:')),
  'publishes a port from a network without a way out': ({ networks, ...service }) =>
    published(service).length > 0 && list(networks).every((name) => compose.networks?.[name]?.internal),
  'does not wait until what it needs is healthy: depends_on': ({ depends_on: needs = {} }) =>
    Array.isArray(needs) || Object.values(needs).some(({ condition }) => condition !== 'service_healthy'),
  'needs a service that its profiles do not start': ({ depends_on: needs = {}, profiles: own = [] }) =>
    Object.keys(needs).some((name) => {
      const theirs = compose.services[name]?.profiles ?? []
      return (
        !compose.services[name] ||
        (theirs.length > 0 && !(own.length > 0 && own.every((one) => has(theirs, one))))
      )
    }),
  'mounts a file that is not there, or may change it: volumes': ({ volumes }) =>
    list(volumes)
      .filter((mount) => mount.startsWith('.'))
      .some((mount) => !mount.endsWith(':ro') || !existsSync(resolve(dirname(file), mount.split(':')[0]))),
  'has an environment that is no map': ({ environment = {} }) => Array.isArray(environment),
}

const hardened = () =>
  services.flatMap(([name, service]) =>
    Object.entries(faults).flatMap(([fault, isSo]) => (isSo(service) ? [`${name} ${fault}`] : [])),
  )

const nameOfSecret = /PASS|SECRET|TOKEN|KEY|AUTH|CREDENTIAL/i
const aSwitch = /^(true|false|on|off)$/
/** A password in an address, a value given to one, or a long string of chance. */
const looksSecret =
  /:\/\/[^/\s:@]*:[^/\s@]+@|pass(word|wd)?["']?\s*[=:]\s*["']?[\w-]{6,}|[0-9a-f]{32,}|[A-Za-z0-9+]{40,}/i

/** Every secret comes from a file, and every file is one that deploy/make-secrets.sh makes. */
function secretsByFile() {
  const declared = Object.entries(compose.secrets ?? {})
  const makes = readFileSync(join(root, 'deploy/make-secrets.sh'), 'utf8')
  const used = services.flatMap(([, service]) => list(service.secrets))
  return [
    ...services.flatMap(inlineSecrets),
    ...declared
      .filter(([name, { file: path }]) => path !== `./deploy/secrets/${name}`)
      .map(([name]) => `the secret ${name} is not in ./deploy/secrets/${name}`),
    ...declared
      .filter(([name]) => !makes.includes(`keep ${name}`))
      .map(([name]) => `the secret ${name} is not made by deploy/make-secrets.sh`),
    ...declared
      .filter(([name]) => !used.includes(name))
      .map(([name]) => `the secret ${name} is used by nobody`),
  ]
}

function inlineSecrets([name, service]) {
  const environment = Object.entries(service.environment ?? {}).flatMap(([variable, value]) => {
    if (!nameOfSecret.test(variable) || aSwitch.test(value)) return []
    const [, secret] = /^\/run\/secrets\/(\w+)$/.exec(value) ?? []
    if (!variable.endsWith('_FILE') || !secret)
      return [`${name} has a secret in ${variable}: name a file of /run/secrets`]
    return has(service.secrets, secret) ? [] : [`${name} reads the secret ${secret}, which it is not given`]
  })
  const inline = looksSecret.test(JSON.stringify(service)) ? [`${name} holds what looks like a secret`] : []
  return [...environment, ...inline]
}

/** The program itself is asked what settings there are and whether it takes their values. */
function settingsKnown() {
  return services.flatMap(([name, { environment = {} }]) => {
    const given = Object.entries(environment).filter(([variable]) => variable.startsWith('RINGLEADER_'))
    if (given.length === 0) return []
    const values = given
      .filter(([variable]) => !variable.endsWith('_FILE'))
      .map(([variable, value]) => [variable, withDefaults(value)])
    const own = Object.entries(process.env).filter(([variable]) => !variable.startsWith('RINGLEADER_'))
    const program = join(root, 'bin/ringleader.mjs')
    const { status, stdout, stderr } = run(process.execPath, [program, 'config', 'print', '--json'], {
      ...Object.fromEntries([...own, ...values]),
      // npm's idea of where the user stands is not the checked file's.
      INIT_CWD: root,
    })
    if (status !== 0) return [`ringleader config print failed:\n${stderr}`]
    const lines = new Map(
      stdout
        .trim()
        .split('\n')
        .map((line) => [JSON.parse(line).name, JSON.parse(line)]),
    )
    return given.flatMap(([variable]) => {
      if (!lines.has(variable)) return [`${name} sets ${variable}, which is no setting`]
      return lines.get(variable).value.endsWith('(wrong)')
        ? [`${name} sets ${variable} to what it does not take`]
        : []
    })
  })
}

/** `${NAME:-value}` as it is when nobody sets NAME. */
const withDefaults = (value) => String(value).replaceAll(/\$\{\w+:-([^}]*)\}/g, '$1')

/** Prometheus' own tool, where there is one. */
function alertsTaken() {
  if (run('promtool', ['--version']).status !== 0) return undefined
  const folder = join(root, 'deploy/prometheus')
  return [
    ['check', 'config', join(folder, 'prometheus.yml')],
    ['test', 'rules', join(folder, 'alerts.test.yml')],
  ].flatMap((args) => {
    const { status, stdout, stderr } = run('promtool', args)
    return status === 0 ? [] : [`promtool ${args.join(' ')}:\n${stdout}${stderr}`]
  })
}

const parts = {
  [`a client takes it (profiles: ${profiles.join(', ')})`]: takenByClient,
  'every service is hardened': hardened,
  'secrets come by file': secretsByFile,
  'settings are known': settingsKnown,
  'alerts do as their tests say': alertsTaken,
}

for (const [part, check] of Object.entries(parts)) {
  const found = check()
  if (found === undefined) {
    process.stdout.write(`--   ${part}: not looked at, there is no promtool here (Debian: prometheus)\n`)
    continue
  }
  process.stdout.write(`${found.length === 0 ? 'ok  ' : 'FAIL'} ${part}\n`)
  for (const fault of found) process.stdout.write(`     ${fault.trimEnd().replaceAll('\n', '\n     ')}\n`)
  if (found.length > 0) process.exitCode = 1
}
