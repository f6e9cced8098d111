/**
 * Passes connections on: `node forward.mjs HOST PORT...` listens on each port and connects to the same one of HOST;
 * NEAR:FAR listens on one and connects to the other. For a server that stands in a network without a way out, which is why its own ports cannot be published.
 */
import { connect, createServer } from 'node:net'

const [host, ...ports] = process.argv.slice(2)
if (!host || ports.length === 0) {
  process.stderr.write('usage: node forward.mjs HOST PORT...\n')
  process.exit(2)
}

const servers = ports.map((pair) => {
  const [nearPort, farPort = nearPort] = pair.split(':')
  const server = createServer((near) => {
    const far = connect(Number(farPort), host)
    near.pipe(far).pipe(near)
    // One end's failure ends the other.
    near.on('error', () => far.destroy()).on('close', () => far.destroy())
    far.on('error', () => near.destroy()).on('close', () => near.destroy())
  })
  return server.listen(Number(nearPort))
})

process.on('SIGTERM', () => {
  for (const server of servers) server.close()
  process.exit(0)
})
