/** Runs a board, writes it and prints its medians. */
import { mkdir, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Board, BoardMethod, BoardWorld, WorldRun } from '../../../range/board/board.ts'
import { figures } from '../../../range/board/figures.ts'
import { shown } from '../../../range/board/page/markup.ts'
import { boardPage, tempoMax } from '../../../range/board/page/page.ts'
import { summarise } from '../../../range/board/summarise.ts'
import { median } from '../../../range/metrics/intervals.ts'
import { configFrom } from '../options.ts'
import { type Column, table } from '../table.ts'
import { terminal } from '../terminal.ts'
import { methodsNamed } from './methods.ts'
import { checkWorlds } from './orders.ts'
import { runInThreads } from './threads.ts'

export interface BoardOptions {
  readonly world: readonly string[]
  readonly seeds: readonly number[]
  readonly accounts: number
  readonly out: string
  readonly methods?: readonly string[]
  readonly models?: string
  readonly threads: number
  readonly json?: boolean
}

export async function runBoard({
  world: worlds,
  seeds,
  accounts,
  out,
  json,
  threads,
  methods: names,
  models,
}: BoardOptions) {
  checkWorlds(worlds)
  const methods = methodsNamed(names)
  const { policyFile } = configFrom({})
  const order = { accounts, methods: methods.map(({ name }) => name), policyFile, modelsFile: models }
  const orders = worlds.flatMap((world) => seeds.map((seed) => ({ ...order, world, seed })))
  const startedAt = performance.now()
  let done = 0
  const runs = await runInThreads(orders, {
    threads: Math.max(1, threads),
    onRun: (run) => terminal.note(progress(run, { done: ++done, of: orders.length, startedAt })),
  })
  const board = summarise(runs, {
    methods,
    worlds,
    seeds,
    accounts,
    ...(models !== undefined && { models: basename(models) }),
  })
  await mkdir(out, { recursive: true })
  await writeFile(join(out, 'board.json'), `${JSON.stringify(board, undefined, 1)}\n`)
  await writeFile(join(out, 'board.html'), boardPage(board))
  if (json) terminal.json(board)
  else printBoard(board, out)
}

function progress(
  { world, seed, methods }: WorldRun,
  { done, of, startedAt }: { done: number; of: number; startedAt: number },
): string {
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(0)
  const recall = methods[0]?.measure.score.rings.recall50 ?? 0
  return `  ${done} of ${of}  ${world}, seed ${seed}: ring recall ${shown(recall, 2)}  ${seconds} s`
}

const printed = [
  ['recall50', 'RINGS .5'],
  ['recall80', 'RINGS .8'],
  ['pairPrecision', 'PAIR P'],
  ['pairRecall', 'PAIR R'],
  ['ringPrecision', 'RING P'],
  ['ami', 'AMI'],
  ['accountPrecision', 'ACCT P'],
  ['accountRecall', 'ACCT R'],
  ['accountF1', 'ACCT F1'],
  ['harmedPer10k', 'HARM/10K'],
  ['victimsSuspected', 'VICTIMS'],
  ['calibrationError', 'ECE'],
] as const

function printBoard({ worlds }: Board, out: string): void {
  for (const world of worlds) {
    terminal.print(`\n${terminal.styles.bold(world.world)}  ${terminal.styles.dim(factsOf(world))}`)
    terminal.print(table(world.methods, columns, terminal.styles.dim))
  }
  terminal.print(
    terminal.styles.dim(`\nMedians over seeds. Intervals and all else: ${join(out, 'board.html')}`),
  )
}

function factsOf({ ceiling, tempo, links, verdicts }: BoardWorld): string {
  const alone = median(tempo.boosted)
  const verdict = alone < tempoMax ? '' : ', which gives its fraud away'
  const linked = shown(median(links.map(({ averagePrecision }) => averagePrecision)), 2)
  const queue = shown(median(verdicts.map(({ queuePrecision }) => queuePrecision)), 2)
  return `ceiling ${shown(ceiling.median, 2)}, links' precision ${linked}, queue right ${queue}, tempo alone ${shown(alone, 2)}${verdict}`
}

const columns: readonly Column<BoardMethod>[] = [
  { title: 'METHOD', text: ({ title, isOurs }) => (isOurs ? terminal.styles.bold(title) : title) },
  ...printed.map(([name, title]) => ({
    title,
    align: 'right' as const,
    text: (method: BoardMethod) =>
      shown(method.figures[name]?.median ?? 0, figures.find((figure) => figure.name === name)?.digits ?? 2),
  })),
]
