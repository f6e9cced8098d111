/** A thread that holds connections open: half of them never end their headers, half never send their body. */
import { connect } from 'node:net'
import { parentPort, workerData } from 'node:worker_threads'

const { port, connections } = workerData as { readonly port: number; readonly connections: number }
const half = 'GET /v1/queue HTTP/1.1\r\nhost: x\r\n'
const noBody =
  'POST /v1/events HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n['

let [open, cut] = [0, 0]
let isOver = false

/** Who is cut comes again, as whoever means it would. */
function hold(place: number): void {
  if (isOver) return
  const socket = connect(port, '127.0.0.1')
  let drip: NodeJS.Timeout | undefined
  socket.on('connect', () => {
    open += 1
    socket.write(place % 2 === 0 ? half : noBody)
    drip = setInterval(() => socket.write(place % 2 === 0 ? 'x: y\r\n' : ' '), 2_000)
    if (open === connections) parentPort?.postMessage(open)
  })
  socket.on('data', () => {})
  socket.on('error', () => {})
  socket.on('close', () => {
    clearInterval(drip)
    cut += 1
    hold(place)
  })
}

for (let i = 0; i < connections; i++) hold(i)
parentPort?.once('message', () => {
  isOver = true
  parentPort?.postMessage(cut)
  setTimeout(() => process.exit(), 100)
})
