/**
 * Another process that writes to a data directory: `node hold-store.ts DIR [threaded]` says how that went. With the
 * directory its own it waits to be killed; refused, it ends by itself.
 */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { AppError } from '../../../graph/errors.ts'
import { openThreadedStore } from '../../../src/store/sqlite/threaded.ts'
import { keyFingerprint, openIn } from './embedded.ts'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void
const nextTurn = () => new Promise((resolve) => setImmediate(resolve))

const [dataDir = '', threaded] = process.argv.slice(2)

try {
  if (threaded) await openThreadedStore({ dataDir, keyFingerprint })
  else openIn(dataDir)
  // Nobody refers to the store: the directory is held all the same.
  await nextTurn()
  collectGarbage()
  await nextTurn()
  console.log(JSON.stringify({ held: true }))
  setInterval(() => {}, 60_000)
} catch (error) {
  if (!(error instanceof AppError)) throw error
  console.log(JSON.stringify({ code: error.code, message: error.message }))
}
