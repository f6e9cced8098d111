/** The thread that makes pages: reads the store by itself, beside the API. */
import { parentPort, workerData } from 'node:worker_threads'
import type { ReadingStore } from '../../graph/ports.ts'
import { assertedIn } from '../assertions.ts'
import { openReadingStore } from '../compose.ts'
import type { Config } from '../config.ts'
import { readPolicy } from '../policy.ts'
import { type PublicColumns, publicnessIn } from '../snapshot/publicness.ts'
import { answerCalls, type Call } from '../threads/calls.ts'
import { ringBoard } from '../views/board.ts'
import { surenessOnce } from '../views/reads/sureness.ts'
import type { Desk } from './desk.ts'
import { pages } from './pages.ts'

const config = workerData as Config
const { registry } = readPolicy(config.policyFile)
const boardIn = ringBoard()
const sureIn = surenessOnce()
let store: Promise<ReadingStore> | undefined
let publicness = publicnessIn({ publicNames: new BigUint64Array(), publicness: new Uint16Array() })

/** Whoever calls is typed (page-thread.ts). */
const made = pages as Readonly<Record<string, (desk: Desk, input: never) => Promise<unknown>>>

async function answer({ method, args: [input] }: Call): Promise<unknown> {
  if (method === 'publicness') {
    publicness = publicnessIn(input as PublicColumns)
    return undefined
  }
  const open = (store ??= openReadingStore(config))
  // What is not there yet, or away, may be there the next time.
  const reading = await open.catch((error: unknown) => {
    store = undefined
    throw error
  })
  const run = await reading.published()
  const desk = {
    store: reading,
    kindOf: (kind: string) => registry.get(kind),
    publicness,
    run,
    asserted: await assertedIn(reading, run),
    boardIn,
    sureIn,
  }
  return await made[method]?.(desk, input as never)
}

answerCalls(parentPort, answer)
