import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { keyFingerprintOf, openEmbeddedReader, openEmbeddedStore } from '../../../src/store/sqlite/store.ts'
import { linkStoreContract } from '../../contract/link-store.ts'
import { eventOf, noon, seen } from '../../support/core/events.ts'
import { publicationOf } from '../../support/core/publications.ts'
import { runScript } from '../../support/processes/child.ts'
import { keyFingerprint, openIn, openRows, openTempStore } from '../../support/stores/embedded.ts'
import { tempDir } from '../../support/temp-dir.ts'

linkStoreContract('the embedded store', openTempStore)

const holdStore = new URL('../../support/stores/hold-store.ts', import.meta.url)

/** How opening a directory to write fails. */
function refusal(dataDir: string, fingerprint = keyFingerprint): unknown {
  try {
    openEmbeddedStore({ dataDir, keyFingerprint: fingerprint })
  } catch (error) {
    return error
  }
  return undefined
}

describe('one writer a directory', () => {
  test('a second writer is refused with the pid of the first, until the first is done', async () => {
    using dir = tempDir()
    const first = openIn(dir.path)

    const beside = refusal(dir.path)
    await first[Symbol.asyncDispose]()

    expect(beside).toMatchObject({
      code: 'store_locked',
      message: expect.stringContaining(`process ${process.pid}:`),
    })
    await using second = openIn(dir.path)
    expect(await second.digest()).toMatchObject({ accounts: 0 })
  })

  test('a refused writer is told where the first can be reached', async () => {
    using dir = tempDir()
    await using first = openIn(dir.path)

    first.announce('http://127.0.0.1:4020')

    expect(refusal(dir.path)).toMatchObject({ message: expect.stringContaining('http://127.0.0.1:4020') })
  })

  test('another process is refused with our pid, and a refused process does not break the lock', async () => {
    using dir = tempDir()
    await using ours = openIn(dir.path)

    const lines: unknown[] = []
    for (let i = 0; i < 2; i++) {
      await using other = runScript(holdStore, [dir.path])
      lines.push(JSON.parse(String((await other.lines.next()).value ?? '')))
    }

    const refused = { code: 'store_locked', message: expect.stringContaining(`process ${process.pid}:`) }
    expect(lines).toMatchObject([refused, refused])
    expect(await ours.accept([eventOf({ id: 'e1' })])).toEqual(['accepted'])
  })

  test('the lock vanishes when its holder is killed', async () => {
    using dir = tempDir()
    await using holder = runScript(holdStore, [dir.path])
    const held = await holder.lines.next()

    const beside = refusal(dir.path)
    await holder.kill()

    expect(held.value).toBe('{"held":true}')
    expect(beside).toMatchObject({
      code: 'store_locked',
      message: expect.stringContaining(`process ${holder.pid}:`),
    })
    await using heir = openIn(dir.path)
    expect(await heir.accept([eventOf({ id: 'e1' })])).toEqual(['accepted'])
  })
})

describe('opening', () => {
  test('a writer with another key is refused, and the right key still opens', async () => {
    using dir = tempDir()
    const store = openIn(dir.path)
    await store.record([eventOf({ id: 'e1' })])
    const digest = await store.digest()
    await store[Symbol.asyncDispose]()

    const refused = refusal(dir.path, 'another key')

    expect(refused).toMatchObject({ code: 'key_mismatch' })
    expect(keyFingerprintOf(dir.path)).toBe(keyFingerprint)
    await using again = openIn(dir.path)
    expect(await again.digest()).toEqual(digest)
  })

  test('data of a newer program is refused by writers and readers, and left alone', async () => {
    using dir = tempDir()
    await openIn(dir.path)[Symbol.asyncDispose]()
    const rows = openRows(dir.path)
    rows.exec('PRAGMA user_version = 99')

    const refusals = [refusal(dir.path), refusal(dir.path)]

    const tooNew = { code: 'store_too_new', message: expect.stringContaining('99') }
    expect(refusals).toMatchObject([tooNew, tooNew])
    expect(() => openEmbeddedReader(dir.path)).toThrow(expect.objectContaining({ code: 'store_too_new' }))
    expect(rows.prepare('PRAGMA user_version').get()).toMatchObject({ user_version: 99 })
    rows.close()
  })

  test('a reader does not make a directory', () => {
    using dir = tempDir()

    expect(() => openEmbeddedReader(`${dir.path}/nothing`)).toThrow(
      expect.objectContaining({ code: 'store_missing' }),
    )
    expect(readdirSync(dir.path)).toEqual([])
  })

  const folder = new URL('../../../src/store/sqlite/migrations/', import.meta.url)
  const steps = readdirSync(folder).toSorted()

  test.each(steps.map((_, version) => version))(
    'data of schema %i is migrated, and nothing is lost',
    async (version) => {
      using dir = tempDir()
      using fresh = tempDir()
      await openIn(fresh.path)[Symbol.asyncDispose]()
      const old = openRows(dir.path)
      for (const step of steps.slice(0, version)) old.exec(readFileSync(new URL(step, folder), 'utf8'))
      old.exec(`PRAGMA user_version = ${version}`)
      if (version > 0) old.exec("INSERT INTO meta VALUES ('a fact', 'kept')")
      old.close()

      const reading = () => openEmbeddedReader(dir.path)
      expect(reading).toThrow(expect.objectContaining({ code: 'store_missing' }))
      await openIn(dir.path)[Symbol.asyncDispose]()

      using migrated = openRows(dir.path)
      const kept = migrated.prepare("SELECT value FROM meta WHERE name = 'a fact'").all()
      expect(kept.map(({ value }) => value)).toEqual(version > 0 ? ['kept'] : [])
      expect(schemaOf(dir.path)).toEqual(schemaOf(fresh.path))
    },
  )
})

function schemaOf(dataDir: string) {
  using rows = openRows(dataDir)
  return {
    version: rows.prepare('PRAGMA user_version').get(),
    schema: rows.prepare('SELECT type, name, sql FROM sqlite_master ORDER BY type, name').all(),
  }
}

describe('durability', () => {
  test('what was accepted but not folded, and what was folded, is there after opening again', async () => {
    using dir = tempDir()
    const store = openIn(dir.path)
    await store.record([eventOf({ id: 'e1', account: 'ada' })])
    await store.accept([eventOf({ id: 'e2', account: 'bob' })])
    await store[Symbol.asyncDispose]()

    await using again = openIn(dir.path)

    expect(await again.progress()).toMatchObject({ changes: 1 })
    expect(await again.waiting()).toBe(1)
    expect(await again.foldSome()).toBe(1)
    expect(await again.accounts(['ada', 'bob'])).toHaveLength(2)
  })

  test('a reader beside the writer sees what is committed, at once', async () => {
    using dir = tempDir()
    await using writer = openIn(dir.path)
    await using reader = openEmbeddedReader(dir.path)
    const { publication } = publicationOf(new Map(), new Map(), 1)

    await writer.record([eventOf({ id: 'e1' })])
    await writer.publish(publication)

    expect(await reader.digest()).toEqual(await writer.digest())
    expect(await reader.accounts(['ada'])).toHaveLength(1)
    expect(await reader.published()).toEqual(publication.run)
    expect('publish' in reader).toBe(false)
  })

  test('a publication that cannot be stored leaves nothing of it', async () => {
    await using store = await openTempStore()
    const { publication } = publicationOf(new Map(), new Map([['ring_a', aRing]]), 1)
    const twice = { ...publication, changes: [...publication.changes, ...publication.changes] }

    await expect(store.publish(twice)).rejects.toThrow()

    expect(await store.published()).toBeUndefined()
    expect([await store.ring('ring_a'), await store.snapshot()]).toEqual([undefined, undefined])
    expect(await store.changes({ limit: 9 })).toEqual([])
    await store.publish(publication)
    expect(await store.ring('ring_a')).toMatchObject({ version: 1 })
  })

  test('rebuilding from the log gives the same state, labels and sealed values included', async () => {
    await using store = await openTempStore()
    const events = Array.from({ length: 1_200 }, (_, i) =>
      eventOf({ id: `e${i}`, account: `a${i % 7}`, createdAt: i }),
    )
    await store.record(events)
    await store.label([{ account: 'only labelled', label: 'fraud', source: 'review', at: 1 }])
    await store.record([eventOf({ id: 'kept', identifiers: [seen('email', 'e1', { sealed: 'c2VhbGVk' })] })])
    const before = { digest: await store.digest(), newestAt: (await store.progress()).newestAt }
    const progress: number[][] = []

    await store.rebuild((done, of) => progress.push([done, of]))

    expect({ digest: await store.digest(), newestAt: (await store.progress()).newestAt }).toEqual(before)
    expect(progress.at(-1)).toEqual([1_201, 1_201])
    expect(await store.sealedValue({ kind: 'email', ref: 'e1' })).toEqual({ sealed: 'c2VhbGVk' })
  })
})

test('of changes that were counted before news was noted all identifiers are told', async () => {
  using dir = tempDir()
  await using store = openIn(dir.path)
  const identifiers = [seen('device', 'd1')]
  await store.record([eventOf({ id: 'e1', identifiers })])
  const { changes } = await store.progress()
  await store.record([eventOf({ id: 'e2', identifiers })])
  using rows = openRows(dir.path)
  rows.exec('UPDATE state_change SET news = NULL')

  expect((await store.changedSince(changes, 'news'))?.identifiers).toMatchObject([{ ref: 'd1' }])
})

test('an identifier whose value is kept from now on is news, once, and what was kept first stays', async () => {
  await using store = await openTempStore()
  const newsOf = async (id: string, sealed?: string) => {
    const { changes } = await store.progress()
    await store.record([eventOf({ id, identifiers: [seen('email', 'e1', { ...(sealed && { sealed }) })] })])
    return (await store.changedSince(changes, 'news'))?.identifiers.length
  }
  await newsOf('bare')

  expect([await newsOf('kept', 'Zmlyc3Q'), await newsOf('kept again', 'c2Vjb25k')]).toEqual([1, 0])
  expect(await store.sealedValue({ kind: 'email', ref: 'e1' })).toEqual({ sealed: 'Zmlyc3Q' })
})

const aRing = {
  head: { class: 'uncertain' as const, risk: 0.5, firstSeen: 1, lastSeen: 2, topEvidence: [], reasons: [] },
  members: [],
}

test('a whole scan shows one moment, whatever is recorded meanwhile', async () => {
  await using store = await openTempStore()
  const batch = (day: number) =>
    Array.from({ length: 2_600 }, (_, i) => eventOf({ id: `${day}.${i}`, at: noon + day, account: `a${i}` }))
  await store.record(batch(0))
  const lasts: (number | undefined)[] = []

  for await (const accounts of store.scanAccounts()) {
    if (lasts.length === 0) await store.record([...batch(1), eventOf({ id: 'new', account: 'zoe' })])
    lasts.push(...accounts.map(({ activities }) => activities[0]?.lastAt))
  }

  expect(lasts).toEqual(Array.from({ length: 2_600 }, () => noon))
})
