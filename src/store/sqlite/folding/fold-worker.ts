/** A thread that reads a part of the log beside the writer and answers with what the next accounts add (fold-thread.ts). */
import { parentPort, workerData } from 'node:worker_threads'
import { answerCalls, type Call } from '../../../threads/calls.ts'
import { openReader } from '../database.ts'
import { eventLog, type LogPart } from '../event-log.ts'
import { foldedParts } from './fold.ts'
import type { FoldedPart } from './part.ts'

const log = eventLog(openReader(workerData as string))
let parts: Iterator<FoldedPart> | undefined

async function answer({ method, args }: Call): Promise<FoldedPart | undefined> {
  if (method === 'begin') {
    const [part] = args as [LogPart]
    parts = foldedParts(log, part)
    return undefined
  }
  const next = parts?.next()
  return next?.done ? undefined : next?.value
}

answerCalls(parentPort, answer)
