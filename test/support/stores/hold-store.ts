/**
 * Another process that writes to a data directory: `node hold-store.ts DIR [threaded]` says how that went. With the
 * directory its own it waits to be killed; refused, it ends by itself.
 */
import { AppError } from '../../../graph/errors.ts'
import { openThreadedStore } from '../../../src/store/sqlite/threaded.ts'
import { keyFingerprint, openIn } from './embedded.ts'

const [dataDir = '', threaded] = process.argv.slice(2)

try {
  if (threaded) await openThreadedStore({ dataDir, keyFingerprint })
  else openIn(dataDir)
  console.log(JSON.stringify({ held: true }))
  setInterval(() => {}, 60_000)
} catch (error) {
  if (!(error instanceof AppError)) throw error
  console.log(JSON.stringify({ code: error.code, message: error.message }))
}
