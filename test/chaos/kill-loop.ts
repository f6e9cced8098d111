/** Kills an ingesting process again and again, and keeps account of what it said. */
import { runScript } from '../support/processes/child.ts'
import { randomOf } from '../support/random.ts'

const script = new URL('./ingest-child.ts', import.meta.url)

export interface KillLoopOptions {
  readonly dataDir: string
  readonly seed: number
  readonly kills: number
}

export interface KillLoopOutcome {
  readonly started: ReadonlySet<number>
  readonly acknowledged: ReadonlySet<number>
  /** Batches that were in flight at a kill and never sent again. */
  readonly abandoned: ReadonlySet<number>
  /** The greatest versions said to be being published, and to be published. */
  readonly publishingVersion: number
  readonly publishedVersion: number
  /** How many kills met the process at what. */
  readonly met: Readonly<Record<Work, number>>
}

type Work = 'opening' | 'a batch in flight' | 'a fold' | 'a publish' | 'something else'

export async function killLoop({ dataDir, seed, kills }: KillLoopOptions): Promise<KillLoopOutcome> {
  const random = randomOf(seed)
  const [started, acknowledged, abandoned] = [new Set<number>(), new Set<number>(), new Set<number>()]
  const met: Record<Work, number> = {
    opening: 0,
    'a batch in flight': 0,
    'a fold': 0,
    'a publish': 0,
    'something else': 0,
  }
  let [next, publishingVersion, publishedVersion] = [1, 0, 0]

  for (let kill = 0; kill < kills; kill++) {
    const words = await lifeOf(dataDir, { first: next, random })
    for (const number of numbersAfter(words, 'start')) started.add(number)
    for (const number of numbersAfter(words, 'done')) acknowledged.add(number)
    publishingVersion = Math.max(publishingVersion, ...numbersAfter(words, 'publish'))
    publishedVersion = Math.max(publishedVersion, ...numbersAfter(words, 'published'))
    const inFlight = numbersAfter(words, 'start').filter((number) => !acknowledged.has(number))
    met[workOf(words, inFlight)] += 1
    // Half of the senders send again what was not acknowledged; half died with it.
    const sendAgain = random() < 0.5
    if (!sendAgain) for (const number of inFlight) abandoned.add(number)
    next = Math.max(next - 1, ...(sendAgain ? acknowledged : started)) + 1
  }
  return { started, acknowledged, abandoned, publishingVersion, publishedVersion, met }
}

/** All that one process said between its start and its kill. */
async function lifeOf(
  dataDir: string,
  life: { first: number; random: () => number },
): Promise<readonly string[]> {
  await using child = runScript(script, [dataDir, String(life.first)])
  const words: string[] = []
  // A few die while they open, which includes recovering from the kill before.
  const deadline = life.random() < 0.15 ? 'open' : 'ready'
  const delayMs = life.random() * (deadline === 'open' ? 5 : 60)
  for (let line = await child.lines.next(); !line.done; line = await child.lines.next()) {
    words.push(line.value)
    if (line.value === deadline) setTimeout(() => void child.kill(), delayMs)
  }
  return words
}

const numbersAfter = (words: readonly string[], word: string): readonly number[] =>
  words.flatMap((said) => (said.startsWith(`${word} `) ? [Number(said.slice(word.length + 1))] : []))

function workOf(words: readonly string[], inFlight: readonly number[]): Work {
  const last = words.at(-1) ?? ''
  if (last === 'open') return 'opening'
  if (inFlight.length > 0) return 'a batch in flight'
  if (last === 'fold') return 'a fold'
  return last.startsWith('publish ') ? 'a publish' : 'something else'
}
