/** Before all tests of a run: a directory for the servers they may ask for. Starts nothing. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export default function setup() {
  process.env.TEST_SERVERS_DIR = mkdtempSync(join(tmpdir(), 'ringleader-servers-'))
  process.env.TEST_SERVERS_OWNER = String(process.pid)
}
