/**
 * `node ingest-child.ts DIR FIRST` ingests batches from number FIRST on until it is killed, and says what it does
 * before it does it; `done N` only after batch N was acknowledged.
 */
import { writeSync } from 'node:fs'
import type { EmbeddedStore } from '../../src/store/sqlite/store.ts'
import { openIn } from '../support/stores/embedded.ts'
import { batchOf, publishedUpTo } from './deeds.ts'

const [dataDir = '', first = '1'] = process.argv.slice(2)

/** Written at once: what was said before the kill reaches the parent. */
const say = (words: string): void => void writeSync(1, `${words}\n`)

async function ingest(store: EmbeddedStore, number: number): Promise<void> {
  const batch = batchOf(number)
  say(`start ${number}`)
  await store.accept(batch)
  say(`done ${number}`)
}

async function publishNext(store: EmbeddedStore): Promise<void> {
  const version = ((await store.published())?.version ?? 0) + 1
  const next = publishedUpTo(version)
  if (!next) return
  say(`publish ${version}`)
  await store.publish(next.publication)
  say(`published ${version}`)
}

async function run(): Promise<void> {
  say('open')
  const store = openIn(dataDir)
  say('ready')
  for (let number = Number(first); ; number += 2) {
    // Two at a time share a commit.
    await Promise.all([ingest(store, number), ingest(store, number + 1)])
    if (number % 8 < 2) {
      say('fold')
      await store.foldSome()
      say('folded')
    }
    await publishNext(store)
  }
}

await run()
