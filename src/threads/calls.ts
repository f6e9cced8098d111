/** Calls from one thread to another that answers them by name; values travel by structured clone. */
import type { MessagePort, Transferable, Worker } from 'node:worker_threads'
import { AppError, type ErrorCode } from '../../graph/errors.ts'

export interface Call {
  readonly id: number
  readonly method: string
  readonly args: readonly unknown[]
}
export type Answer =
  | { readonly id: number; readonly value: unknown }
  | {
      readonly id: number
      readonly error: { readonly code: ErrorCode | undefined; readonly message: string }
    }

export interface Calls {
  readonly ask: (
    method: string,
    args: readonly unknown[],
    transfer?: readonly Transferable[],
  ) => Promise<unknown>
  readonly waiting: () => number
}

/** `gone`: what whoever waits is told when the thread ends. */
export function callsTo(worker: Worker, gone: () => Error): Calls {
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()
  let lastId = 0

  worker.on('message', (answer: Answer) => {
    const caller = waiting.get(answer.id)
    waiting.delete(answer.id)
    if ('error' in answer) caller?.reject(failure(answer.error))
    else caller?.resolve(answer.value)
  })
  const fail = (error: Error): void => {
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }
  worker.on('error', fail)
  worker.on('exit', () => fail(gone()))

  return {
    waiting: () => waiting.size,
    ask: (method, args, transfer = []) =>
      new Promise((resolve, reject) => {
        lastId += 1
        waiting.set(lastId, { resolve, reject })
        worker.postMessage({ id: lastId, method, args } satisfies Call, transfer)
      }),
  }
}

const failure = ({ code, message }: { code: ErrorCode | undefined; message: string }): Error =>
  code === undefined ? new Error(message) : new AppError(code, message)

/** In the thread: answers what comes on its port. */
export function answerCalls(port: MessagePort | null, answer: (call: Call) => Promise<unknown>): void {
  port?.on('message', (call: Call) => {
    void outcome(call, answer).then((answered) => port.postMessage(answered))
  })
}

async function outcome(call: Call, answer: (call: Call) => Promise<unknown>): Promise<Answer> {
  try {
    return { id: call.id, value: await answer(call) }
  } catch (error) {
    const code = error instanceof AppError ? error.code : undefined
    return { id: call.id, error: { code, message: error instanceof Error ? error.message : 'unknown' } }
  }
}
