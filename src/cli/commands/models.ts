/** `ringleader retrain` and `ringleader models`: models of judging from the deployment's own labels. */
import { randomUUID } from 'node:crypto'
import { userInfo } from 'node:os'
import type { Command } from 'commander'
import { AppError } from '../../../graph/errors.ts'
import { openReadingStore, openWriting, retrainOnce } from '../../compose.ts'
import { choiceView, localModelsView, reportOf, shippedName } from '../../views/models.ts'
import { reportText } from '../model-report.ts'
import {
  type CommonOptions,
  configFrom,
  examples,
  type WritingOptions,
  withCommon,
  withWriting,
} from '../options.ts'
import { progressLine } from '../progress.ts'
import { remoteFrom } from '../remote.ts'
import { table } from '../table.ts'
import { terminal } from '../terminal.ts'

export function retrainCommand(program: Command): void {
  withWriting(program.command('retrain'))
    .description(
      'Make models of judging from your labels, and say what would change. They judge nothing until chosen.',
    )
    .addHelpText(
      'after',
      examples([
        ['retrain', 'what your labels say of the models, and what would change'],
        ['models use models_0123456789ab', 'have them judge from the next run on'],
        ['models use shipped', 'go back'],
      ]),
    )
    .action(retrainNow)
}

async function retrainNow(options: WritingOptions): Promise<void> {
  const remote = remoteFrom(options)
  if (remote) {
    const asked = await remote.post<{ requested: true }>('/v1/models', {})
    if (options.json) terminal.json(asked)
    else terminal.print('Asked for. GET /v1/models lists them when they are made.')
    return
  }
  const config = configFrom(options)
  await using writing = await openWriting(config)
  await writing.settle()
  using progress = progressLine(terminal, 'retrain')
  const made = await retrainOnce(config, writing.store, {
    by: userInfo().username,
    onProgress: ({ step, done, of }) => progress.update(done, of, step),
  })
  if (options.json) terminal.json(localModelsView(made))
  else terminal.print(reportText(made.id, reportOf(made), terminal.styles))
}

export function modelsCommand(program: Command): void {
  const models = program.command('models').description('List and choose models of judging.')
  withCommon(models.command('list'))
    .description('Models made from labels, and which of them judge.')
    .addHelpText('after', examples([['models list', 'oldest first']]))
    .action(listModels)
  withCommon(models.command('show'))
    .description('What would have changed by models when they were made.')
    .argument('<id>', 'as models list shows it')
    .addHelpText('after', examples([['models show models_0123456789ab', 'the report of retrain']]))
    .action(showModels)
  withWriting(models.command('use'))
    .description('Have models judge from the next run on.')
    .argument('<id>', 'as models list shows it, or shipped')
    .addHelpText('after', examples([['models use shipped', 'go back to those of this version']]))
    .action(useModels)
}

async function listModels(options: CommonOptions): Promise<void> {
  await using store = await openReadingStore(configFrom(options))
  const [made, choices] = [await store.localModels(), await store.modelChoices()]
  const inForce = choices.at(-1)?.models ?? shippedName
  if (options.json) {
    for (const one of made) terminal.json({ ...localModelsView(one), inForce: one.id === inForce })
    return
  }
  const rows = [
    { id: shippedName, madeAt: '', labels: '', flags: '' },
    ...made.map((one) => {
      const { id, madeAt, report } = localModelsView(one)
      return {
        id,
        madeAt: madeAt.slice(0, 10),
        labels: String(report.labels.fraud + report.labels.victim + report.labels.legit),
        flags: `${report.flags.before} -> ${report.flags.after}`,
      }
    }),
  ]
  terminal.print(
    table(
      rows,
      [
        { title: 'MODELS', text: ({ id }) => id },
        { title: 'MADE', text: ({ madeAt }) => madeAt },
        { title: 'LABELS', text: ({ labels }) => labels, align: 'right' },
        { title: 'FLAGS', text: ({ flags }) => flags, align: 'right' },
        { title: '', text: ({ id }) => (id === inForce ? 'in force' : '') },
      ],
      terminal.styles.dim,
    ),
  )
}

async function showModels(id: string, options: CommonOptions): Promise<void> {
  await using store = await openReadingStore(configFrom(options))
  const made = (await store.localModels()).find((one) => one.id === id)
  if (!made) throw noModels(id)
  if (options.json) terminal.json(localModelsView(made))
  else terminal.print(reportText(made.id, reportOf(made), terminal.styles))
}

const noModels = (id: string): AppError =>
  new AppError('not_found', `There are no models ${id}: see ringleader models list`)

async function useModels(id: string, options: WritingOptions): Promise<void> {
  const remote = remoteFrom(options)
  const chosen = remote
    ? await remote.post<ReturnType<typeof choiceView>>('/v1/models:choose', { models: id })
    : await useHere(id, options)
  if (options.json) terminal.json(chosen)
  else terminal.print(`From the next run on, ${chosen.models} judges. To see it now: ringleader detect`)
}

async function useHere(id: string, options: WritingOptions) {
  await using writing = await openWriting(configFrom(options))
  if (id !== shippedName && !(await writing.store.localModels()).some((one) => one.id === id))
    throw noModels(id)
  const choice = {
    id: randomUUID(),
    author: userInfo().username,
    at: Date.now(),
    ...(id !== shippedName && { models: id }),
  }
  await writing.store.chooseModels(choice)
  return choiceView(choice)
}
