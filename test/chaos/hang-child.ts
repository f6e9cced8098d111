/** A worker that takes a batch and never ends it. Says `taken` once it has one. */
import { openQueues } from '../../src/queue/bullmq/open.ts'

const [url = '', prefix = ''] = process.argv.slice(2)
const queues = await openQueues(
  { url, prefix, accepts: 'always', waitingEventsMax: 1_000_000 },
  { clock: Date.now, complain: () => {} },
)
await queues.join({
  record() {
    console.log('taken')
    return new Promise(() => {})
  },
  joined: () => {},
})
