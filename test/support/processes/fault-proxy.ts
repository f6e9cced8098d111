/** A TCP proxy that does harm on request: falls silent, or loses the answer to a COMMIT. */
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

export interface FaultProxy extends AsyncDisposable {
  readonly port: number
  /** From now on nothing passes in either direction; connections stay open and new ones are accepted. */
  silence(): void
  /** Whoever connects from now on is served again; silenced connections stay silent for ever. */
  heal(): void
  /** Of every `n` COMMITs one is carried out, and its answer lost with the connection. 0 for none. */
  loseCommits(n: number): void
  readonly lost: () => number
}

/** A Bolt message of one chunk: its length, COMMIT without fields, the end of the message. */
const commit = Buffer.from([0x00, 0x02, 0xb0, 0x12, 0x00, 0x00])

export async function faultProxy(target: URL): Promise<FaultProxy> {
  const sockets = new Set<Socket>()
  let isSilent = false
  let oneIn = 0
  let commits = 0
  let lost = 0
  const muters = new Set<() => void>()

  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname)
    let isMute = isSilent
    let isDoomed = false
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => sockets.delete(socket))
    }
    muters.add(() => {
      isMute = true
    })
    client.on('data', (bytes) => {
      if (isMute) return
      if (oneIn > 0 && bytes.includes(commit) && ++commits % oneIn === 0) isDoomed = true
      upstream.write(bytes)
    })
    upstream.on('data', (bytes) => {
      if (isMute) return
      if (!isDoomed) client.write(bytes)
      // The server has answered, so it has committed.
      else {
        lost += 1
        client.destroy()
        upstream.destroy()
      }
    })
    client.on('close', () => upstream.destroy())
    upstream.on('close', () => isMute || client.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()

  return {
    port: typeof address === 'object' ? (address?.port ?? 0) : 0,
    silence() {
      isSilent = true
      for (const mute of muters) mute()
    },
    heal() {
      isSilent = false
    },
    loseCommits(n) {
      oneIn = n
    },
    lost: () => lost,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
