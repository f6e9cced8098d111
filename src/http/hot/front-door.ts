/**
 * Answers plain requests as they come from a connection, without a parser, a request and a response for each, which cost
 * five times the answer. At the first byte it does not understand Node takes the connection over, with that byte: what
 * is not understood is slow instead of wrong.
 */
import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { type PlainHeaders, plainHeadBytesMax, readPlainHeaders, targetOf } from './plain-head.ts'

/** The whole answer to a plain GET as text in Latin-1; `undefined` where somebody else is to answer. */
export type AnswerPlain = (target: string, headers: PlainHeaders) => string | undefined

export interface FrontDoorOptions {
  readonly answer: AnswerPlain
  /** How long a new connection may say nothing, and one that was answered. */
  readonly patience: { readonly firstMs: number; readonly nextMs: number }
  /** Of one that never said anything. */
  readonly onSilence: (socket: Socket) => void
}

const headEnd = '\r\n\r\n'

export interface FrontDoor {
  /** Ends the connections it still has, once their answers are sent. */
  readonly close: () => void
  /** Ends them at once. */
  readonly closeNow: () => void
}

/** Stands before a server's own reading of connections. */
export function openFrontDoor(server: Server, { answer, patience, onSilence }: FrontDoorOptions): FrontDoor {
  const [read] = server.listeners('connection') as ((this: Server, socket: Socket) => void)[]
  server.removeAllListeners('connection')
  const open = new Set<Socket>()

  server.on('connection', (socket: Socket) => {
    const reader = plainReader(answer)
    let hasAnswered = false

    function onData(chunk: Buffer): void {
      const { answers, left } = reader(chunk)
      if (answers !== '') {
        if (!hasAnswered) socket.setTimeout(patience.nextMs)
        hasAnswered = true
        // Whoever takes no answers is asked for no more questions.
        if (!socket.write(answers, 'latin1')) socket.pause().once('drain', () => socket.resume())
      }
      if (left) handOver(left)
    }
    const onEnd = (): void => void socket.end()
    const onTimeout = (): void => {
      if (hasAnswered) socket.destroy()
      else onSilence(socket)
    }
    const onError = (): void => void socket.destroy()
    const onClose = (): void => void open.delete(socket)

    function handOver(bytes: Buffer): void {
      open.delete(socket)
      socket.off('data', onData).off('end', onEnd).off('timeout', onTimeout)
      socket.off('error', onError).off('close', onClose)
      socket.setTimeout(0)
      read?.call(server, socket)
      socket.unshift(bytes)
    }

    open.add(socket)
    socket.setTimeout(patience.firstMs)
    socket
      .on('data', onData)
      .on('end', onEnd)
      .on('timeout', onTimeout)
      .on('error', onError)
      .on('close', onClose)
  })

  return {
    close() {
      for (const socket of open) socket.destroySoon()
    },
    closeNow() {
      for (const socket of open) socket.destroy()
    },
  }
}

/** Of one connection, whose requests have the same headers most of the time. */
function plainReader(answer: AnswerPlain) {
  let block: string | undefined
  let headers: PlainHeaders | undefined

  function headersIn(text: string): PlainHeaders | undefined {
    if (text === block) return headers
    // A part of a text keeps the whole of it in memory.
    block = Buffer.from(text, 'latin1').toString('latin1')
    headers = readPlainHeaders(block)
    return headers
  }

  return (chunk: Buffer): { readonly answers: string; readonly left: Buffer | undefined } => {
    const text = chunk.toString('latin1')
    let [from, answers] = [0, '']
    while (from < text.length) {
      const end = text.indexOf(headEnd, from)
      const lineEnd = text.indexOf('\r\n', from)
      const isShort = lineEnd < end && end - from <= plainHeadBytesMax
      const target = isShort ? targetOf(text.slice(from, lineEnd)) : undefined
      const found = target === undefined ? undefined : headersIn(text.slice(lineEnd + 2, end))
      const one = target !== undefined && found ? answer(target, found) : undefined
      if (one === undefined) return { answers, left: chunk.subarray(from) }
      answers += one
      from = end + headEnd.length
    }
    return { answers, left: undefined }
  }
}
