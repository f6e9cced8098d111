/** The self-check: detection after changes against all of the state read anew. */
import { expect, test } from '@jest/globals'
import { makePublication } from '../../src/engine/make-publication.ts'
import { residentDetection, type StateReads } from '../../src/engine/resident.ts'
import { seen } from '../support/core/states.ts'
import { kindOf, names } from '../support/core/tables.ts'
import type { OpenStore } from './open-store.ts'

const joining = (accounts: readonly string[]) =>
  accounts.map((account) => seen(account, ['device:farm', 'payment:card'], { type: 'signup' }))

export function checkContract(open: OpenStore): void {
  test('a check finds detection after changes to be detection in full, and a change that was missed', async () => {
    await using store = await open()
    const resident = residentDetection()
    const publish = async () => {
      const publication = await makePublication(store, { kindOf, policy: 'test', clock: () => 1, resident })
      await store.publish(publication)
      return publication.run
    }
    const check = (reads: StateReads) => resident.check(reads, { clock: () => 7, onProgress: () => {} })
    await store.record(joining(names(4, 'gang')))
    await publish()
    await store.record(joining(['newcomer']))

    expect(await publish()).toMatchObject({ work: { accountsChanged: 1 } })
    expect(await check(store)).toEqual({ at: 7, mismatches: 0 })

    // While all is read somebody else joins, after accounts were read and before, and somebody turns away.
    let reads = 0
    async function* scanAccounts() {
      for await (const batch of store.scanAccounts()) {
        if (reads++ === 0) await store.record([...joining(['zoe']), seen('gang000', ['device:other'])])
        yield batch
      }
    }
    expect(await check({ ...store, scanAccounts })).toEqual({ at: 7, mismatches: 0 })
    expect(reads).toBeGreaterThan(0)

    await store.record(joining(['another']))
    const changedSince: StateReads['changedSince'] = async (...since) => {
      const changed = await store.changedSince(...since)
      return changed && { ...changed, accounts: [] }
    }
    expect((await check({ ...store, changedSince }))?.mismatches).toBeGreaterThan(0)
    expect((await publish()).work).toBeUndefined()
  })
}
