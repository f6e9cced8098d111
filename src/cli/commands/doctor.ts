/** `ringleader doctor` and `ringleader config`: is everything as it should be? */
import type { Command } from 'commander'
import { AppError } from '../../../graph/errors.ts'
import { openReadingStore, profileFindings } from '../../compose.ts'
import { type Config, describeConfig } from '../../config.ts'
import { readFacetTables } from '../../facet-files.ts'
import type { Finding } from '../../finding.ts'
import { readPolicy } from '../../policy.ts'
import { modelsFinding } from '../../views/models-finding.ts'
import { iso } from '../../views/times.ts'
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
    const [progress, waiting, run, letters, keys] = await Promise.all([
      store.progress(),
      store.waiting(),
      store.published(),
      store.countDeadLetters(),
      store.keys(),
    ])
    const live = keys.filter(({ revokedAt }) => revokedAt === undefined).length
    return [
      newestEvent(progress.newestAt, waiting),
      run
        ? {
            check: 'detection',
            state: 'ok',
            detail: `run ${run.version}, ${run.rings} rings, published ${iso(run.publishedAt)}`,
          }
        : { check: 'detection', state: 'warning', detail: 'has not run yet: ringleader detect, or serve' },
      ...(run ? [modelsFinding(run)] : []),
      letters === 0
        ? { check: 'dead letters', state: 'ok', detail: 'none' }
        : { check: 'dead letters', state: 'warning', detail: `${letters}: see ringleader dead-letters list` },
      live > 0
        ? { check: 'API keys', state: 'ok', detail: `${live} live` }
        : {
            check: 'API keys',
            state: 'warning',
            detail: 'none, so nobody may call the API: ringleader keys create',
          },
    ]
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const state = error.code === 'store_missing' ? 'warning' : 'wrong'
    return [{ check: 'store', state, detail: error.message }]
  }
}

function newestEvent(newestAt: number | undefined, waiting: number): Finding {
  if (newestAt === undefined && waiting === 0)
    return { check: 'events', state: 'warning', detail: 'none yet: ringleader ingest FILE' }
  const newest = newestAt === undefined ? 'none joined yet' : `newest happened ${iso(newestAt)}`
  return { check: 'events', state: 'ok', detail: `${newest}, ${waiting} waiting` }
}

async function checkFiles({ policyFile, facetsDir }: Config): Promise<readonly Finding[]> {
  const check = async (name: string, read: () => Promise<string>): Promise<Finding> => {
    try {
      return { check: name, state: 'ok', detail: await read() }
    } catch (error) {
      return { check: name, state: 'wrong', detail: error instanceof Error ? error.message : 'unreadable' }
    }
  }
  return Promise.all([
    check('evidence policy', async () => readPolicy(policyFile).name),
    check('facet tables', async () => {
      const { version } = await readFacetTables(facetsDir)
      return version === 0 ? 'none: classes of addresses are unknown (docs/facets.md)' : `version ${version}`
    }),
  ])
}

export function configCommand(program: Command): void {
  const config = program.command('config').description('Check or print the settings.')
  withCommon(config.command('check'))
    .description('Check every setting and the files they name.')
    .addHelpText('after', examples([['config check', 'all mistakes at once']]))
    .action(async (options: CommonOptions) => {
      const settings = configFrom(options)
      readPolicy(settings.policyFile)
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
