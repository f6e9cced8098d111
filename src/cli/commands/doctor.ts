/** `ringleader doctor` and `ringleader config`: is everything as it should be? */
import type { Command } from 'commander'
import { AppError } from '../../../graph/errors.ts'
import { openReadingStore, profileFindings } from '../../compose.ts'
import { type Config, describeConfig } from '../../config.ts'
import { readFacetTables } from '../../facet-files.ts'
import type { Finding } from '../../finding.ts'
import { issuerKeys } from '../../oidc/issuer.ts'
import { readPolicy } from '../../policy.ts'
import { sealedKinds } from '../../secrets/sealed-kinds.ts'
import { storeFindings } from '../../views/store-findings.ts'
import { type CommonOptions, configFrom, examples, withCommon } from '../options.ts'
import { table } from '../table.ts'
import { terminal } from '../terminal.ts'

const nodeLeast = 24

export function doctorCommand(program: Command): void {
  withCommon(program.command('doctor'))
    .description('Check this installation and its data, and say how to mend what is wrong.')
    .addHelpText(
      'after',
      examples([
        ['doctor', 'all checks'],
        ['doctor --json', 'one check a line'],
      ]),
    )
    .action(async (options: CommonOptions) => {
      const config = configFrom(options)
      const findings = [
        checkNode(),
        ...(await checkProfile(config)),
        ...(await checkStore(config)),
        ...(await checkFiles(config)),
        await checkIssuer(config),
      ]
      if (options.json) for (const finding of findings) terminal.json(finding)
      else terminal.print(describe(findings))
      if (findings.some(({ state }) => state === 'wrong')) process.exitCode = 1
    })
}

function describe(findings: readonly Finding[]): string {
  const { green, yellow, red, dim } = terminal.styles
  const mark = { ok: green('ok'), warning: yellow('look'), wrong: red('wrong') }
  return table(
    findings,
    [
      { title: '', text: ({ state }) => mark[state] },
      { title: 'CHECK', text: ({ check }) => check },
      { title: 'FOUND', text: ({ detail }) => detail },
    ],
    dim,
  )
}

function checkNode(): Finding {
  const major = Number(process.versions.node.split('.')[0])
  const state = major >= nodeLeast ? 'ok' : 'wrong'
  return {
    check: 'Node',
    state,
    detail: `${process.versions.node}${state === 'ok' ? '' : `: use Node ${nodeLeast} or later`}`,
  }
}

async function checkProfile(config: Config): Promise<readonly Finding[]> {
  try {
    return await profileFindings(config)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return [{ check: config.neo4j ? 'servers' : 'data directory', state: 'wrong', detail: error.message }]
  }
}

async function checkStore(config: Config): Promise<readonly Finding[]> {
  try {
    await using store = await openReadingStore(config)
    return await storeFindings(store, { waiting: await store.waiting(), now: Date.now() })
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const state = error.code === 'store_missing' ? 'warning' : 'wrong'
    return [{ check: 'store', state, detail: error.message }]
  }
}

async function checkFiles({ policyFile, facetsDir, seal }: Config): Promise<readonly Finding[]> {
  const check = async (name: string, read: () => Promise<string>): Promise<Finding> => {
    try {
      return { check: name, state: 'ok', detail: await read() }
    } catch (error) {
      return { check: name, state: 'wrong', detail: error instanceof Error ? error.message : 'unreadable' }
    }
  }
  return Promise.all([
    check('evidence policy', async () => readPolicy(policyFile).name),
    check('sealed values', async () => sealedText(sealedKinds(seal, readPolicy(policyFile).registry))),
    check('facet tables', async () => {
      const { version } = await readFacetTables(facetsDir)
      return version === 0 ? 'none: classes of addresses are unknown (docs/facets.md)' : `version ${version}`
    }),
  ])
}

async function checkIssuer({ oidc }: Config): Promise<Finding> {
  const check = 'OpenID Connect'
  if (!oidc) return { check, state: 'ok', detail: 'not set up: everybody comes with an API key' }
  const { issuer, scopesOf } = oidc
  try {
    const keys = await issuerKeys(oidc, Date.now).refresh()
    const detail = `${issuer} tells ${keys} keys; groups that may do something: ${[...scopesOf.keys()].join(', ')}`
    if (keys > 0) return { check, state: 'ok', detail }
    return {
      check,
      state: 'wrong',
      detail: `${issuer} tells no public key: correct RINGLEADER_OIDC_JWKS_URL`,
    }
  } catch (error) {
    const [what, why] = error instanceof Error ? [error.message, error.cause] : [String(error), undefined]
    return {
      check,
      state: 'wrong',
      detail: `${what} (${why instanceof Error ? why.message : 'no reason known'})`,
    }
  }
}

const sealedText = (kinds: ReadonlySet<string>): string =>
  kinds.size === 0
    ? 'none are kept (RINGLEADER_SEAL): POST .../reveal has nothing to open'
    : `of ${[...kinds].join(', ')} (RINGLEADER_SEAL): whoever has the store and the key file can read them`

export function configCommand(program: Command): void {
  const config = program.command('config').description('Check or print the settings.')
  withCommon(config.command('check'))
    .description('Check every setting and the files they name.')
    .addHelpText('after', examples([['config check', 'all mistakes at once']]))
    .action(async (options: CommonOptions) => {
      const settings = configFrom(options)
      sealedKinds(settings.seal, readPolicy(settings.policyFile).registry)
      await readFacetTables(settings.facetsDir)
      if (options.json) terminal.json({ ok: true })
      else terminal.print('Every setting is as it should be.')
    })
  withCommon(config.command('print'))
    .description('Print every setting, what it is and where it comes from.')
    .addHelpText('after', examples([['config print', 'each by its environment variable']]))
    .action((options: CommonOptions) => {
      const lines = describeConfig()
      if (options.json) for (const line of lines) terminal.json(line)
      else {
        const columns = [
          { title: 'SETTING', text: ({ name }: (typeof lines)[number]) => name },
          { title: 'IS', text: ({ value }: (typeof lines)[number]) => value || '-' },
          { title: 'FROM', text: ({ from }: (typeof lines)[number]) => from },
          { title: 'MEANS', text: ({ meaning }: (typeof lines)[number]) => meaning },
        ]
        terminal.print(table(lines, columns, terminal.styles.dim))
      }
    })
}
