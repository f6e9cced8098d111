/** Rings published before a store knew of parents and ends. */
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from '@jest/globals'
import { databaseFile } from '../../../src/store/sqlite/database.ts'
import { openIn } from '../../support/stores/embedded.ts'
import { tempDir } from '../../support/temp-dir.ts'

const folder = new URL('../../../src/store/sqlite/migrations/', import.meta.url)
const schemaBefore = 5

const head = { class: 'uncertain', risk: 0.5, firstSeen: 1, lastSeen: 2, topEvidence: [], reasons: [] }
const row = (ring: string, more: object) =>
  JSON.stringify({
    ring,
    version: 1,
    kind: 'born',
    cause: '',
    status: 'active',
    head,
    joined: [],
    left: [],
    changed: [],
    ...more,
  })

test('keep their kin when the store is migrated, and do not come back', async () => {
  using dir = tempDir()
  mkdirSync(dir.path, { recursive: true })
  const old = new DatabaseSync(databaseFile(dir.path))
  for (const file of readdirSync(folder).toSorted().slice(0, schemaBefore))
    old.exec(readFileSync(new URL(file, folder), 'utf8'))
  const putRing = old.prepare('INSERT INTO ring VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const putRow = old.prepare('INSERT INTO ring_change VALUES (?, ?, ?)')
  putRing.run('ring_a', 'active', 'uncertain', 0.5, 0, 1, 1, null, JSON.stringify(head))
  putRing.run('ring_b', 'merged', 'uncertain', 0.5, 0, 1, 2, 'ring_a', JSON.stringify(head))
  putRing.run('ring_c', 'dissolved', 'uncertain', 0.5, 0, 2, 3, null, JSON.stringify(head))
  putRow.run(1, 'ring_a', row('ring_a', {}))
  putRow.run(1, 'ring_b', row('ring_b', {}))
  putRow.run(2, 'ring_c', row('ring_c', { version: 2, kind: 'split', parent: 'ring_a' }))
  putRow.run(3, 'ring_c', row('ring_c', { version: 3, kind: 'dissolved', status: 'dissolved' }))
  old.exec(`PRAGMA user_version = ${schemaBefore}`)
  old.close()

  await using store = openIn(dir.path)

  expect(await store.kin('ring_a')).toEqual(['ring_b', 'ring_c'])
  expect(await store.ring('ring_c')).toMatchObject({ status: 'dissolved', parent: 'ring_a' })
  expect(await store.ring('ring_b')).toMatchObject({ status: 'merged', movedTo: 'ring_a' })
  expect(await store.rings({ status: 'dissolved', endedSince: 0 })).toEqual([])
})
