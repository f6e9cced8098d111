/** TCP ports on the loopback address, and who answers on them. */
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { AppError } from '../../graph/errors.ts'

/** The port asked for, or a free one. Throws `config_invalid` when somebody listens there. */
export async function claimPort(asked?: number): Promise<number> {
  const server = createServer().listen(asked ?? 0, '127.0.0.1')
  try {
    await once(server, 'listening')
  } catch (cause) {
    throw new AppError(
      'config_invalid',
      `Port ${asked} of 127.0.0.1 is taken: stop who listens there, or name another.`,
      { cause },
    )
  }
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}

/** Offers Bolt 5.8 to 5.0 and 4.4 to 4.2. */
const boltHandshake = Buffer.from('6060b0170008080500020404' + '00000000'.repeat(2), 'hex')

/** Whether a Bolt server agrees on a version there. */
export async function answersBolt(port: number): Promise<boolean> {
  const reply = await exchange(port, { send: boltHandshake, until: (bytes) => bytes.length >= 4 })
  return reply.length >= 4 && reply.readUInt32BE(0) !== 0
}

/** Whether a Redis server is ready there: the one of this pid, where one is given. */
export async function answersRedis(port: number, pid?: number): Promise<boolean> {
  const send = Buffer.from('INFO server\r\nPING\r\n')
  // While it loads its file it answers PING with an error.
  const reply = await exchange(port, { send, until: (bytes) => /(\+PONG|-\w.*)\r\n$/.test(String(bytes)) })
  const text = String(reply)
  return text.endsWith('+PONG\r\n') && (pid === undefined || text.includes(`process_id:${pid}\r\n`))
}

const answerTimeoutMs = 2_000

/** What came back; empty when nobody is there or the answer did not come in time. */
function exchange(
  port: number,
  { send, until }: { send: Buffer; until: (bytes: Buffer) => boolean },
): Promise<Buffer> {
  return new Promise((resolve) => {
    let bytes = Buffer.alloc(0)
    const socket = connect({ port, host: '127.0.0.1', timeout: answerTimeoutMs })
    const done = () => {
      socket.destroy()
      resolve(bytes)
    }
    socket.on('connect', () => socket.write(send))
    socket.on('data', (chunk) => {
      bytes = Buffer.concat([bytes, chunk])
      if (until(bytes)) done()
    })
    for (const end of ['error', 'timeout', 'close']) socket.on(end, done)
  })
}
