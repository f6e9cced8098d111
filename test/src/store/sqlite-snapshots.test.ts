import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { snapshotReader, snapshotWriter } from '../../../src/store/sqlite/snapshot-table.ts'
import { openIn, openRows } from '../../support/stores/embedded.ts'
import { tempDir } from '../../support/temp-dir.ts'

test('a snapshot is read as it was written, in however many parts it lies, and the two newest are kept', async () => {
  using dir = tempDir()
  await using _store = openIn(dir.path)
  using rows = openRows(dir.path)
  const newest = snapshotReader(rows)
  expect(newest()).toBeUndefined()
  let version = 0
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 1, max: 50 }),
      (snapshots, partBytes) => {
        const write = snapshotWriter(rows, { partBytes })
        for (const bytes of snapshots) {
          version += 1
          write(version, bytes)
          expect(newest()).toEqual({ version, bytes })
        }
        const kept = rows.prepare('SELECT DISTINCT version FROM snapshot_part ORDER BY version').all()
        expect(kept.map((row) => row['version'])).toEqual(version === 1 ? [1] : [version - 1, version])
      },
    ),
  )
})
