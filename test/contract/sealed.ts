/** Values that are kept encrypted: there for who asks for one, and no part of the state. */
import { expect, test } from '@jest/globals'
import type { StoredEvent } from '../../graph/model.ts'
import { verifyAudit } from '../../src/audit/chain.ts'
import { reveal } from '../../src/reveal.ts'
import { secretsFrom } from '../../src/secrets/secrets.ts'
import { collect } from '../support/collect.ts'
import { eventOf, noon, seen } from '../support/core/events.ts'
import { inNewStore, type OpenStore } from './open-store.ts'

const secrets = secretsFrom(new Uint8Array(32).fill(5), [])
const keyed = { kind: 'email', ref: 'e1' }
const sealed = secrets.sealValue(keyed, 'ada@example.org')
const bare = eventOf({ id: 'bare', identifiers: [seen('email', 'e1')] })
const kept = eventOf({ id: 'kept', account: 'bob', identifiers: [seen('email', 'e1', { sealed })] })
const other = eventOf({ id: 'other', account: 'cem', identifiers: [seen('email', 'e2')] })

export function sealedContract(open: OpenStore): void {
  test('what was sealed stays, whatever comes before and after, and is no part of the state', async () => {
    const orders = [
      [[bare], [kept]],
      [[kept], [bare]],
      [[kept, bare]],
      [[bare, kept]],
      [[kept], [kept, other]],
      [[bare]],
    ]

    const found = []
    for (const batches of orders) {
      found.push(
        await inNewStore(open, async (store) => {
          for (const events of batches) await store.record(events)
          const [all] = await collect(store.scanIdentifiers())
          const users = await store.users([keyed], { usesMax: 9 })
          return [await store.sealedValue(keyed), JSON.stringify([all, users]).includes('sealed')]
        }),
      )
    }

    expect(found).toEqual([...orders.slice(0, -1).map(() => [{ sealed }, false]), [{}, false]])
  })

  test('the digest is the same with it and without', async () => {
    const digestOf = (event: StoredEvent) =>
      inNewStore(open, async (store) => {
        await store.record([event])
        return await store.digest()
      })

    expect(await digestOf(kept)).toEqual(await digestOf({ ...kept, identifiers: [seen('email', 'e1')] }))
  })

  test('is opened by who says why, once it is written down; each opening is a row', async () => {
    await using store = await open()
    await store.record([kept, other])
    const openAs = (key: typeof keyed, reason: string) =>
      reveal({ store, openValue: secrets.openValue }, key, { by: 'key:eve', at: noon, reason })

    const opened = [await openAs(keyed, 'case 812'), await openAs(keyed, 'case 812')]
    const code = (expected: string) => expect.objectContaining({ code: expected })
    await expect(openAs({ kind: 'email', ref: 'e2' }, 'x')).rejects.toThrow(code('value_not_sealed'))
    await expect(openAs({ kind: 'email', ref: 'nope' }, 'x')).rejects.toThrow(code('not_found'))
    await expect(openAs(keyed, '  ')).rejects.toThrow(code('invalid_input'))

    const rows = await store.audit({ limit: 9 })
    expect(opened.map(({ value }) => value)).toEqual(['ada@example.org', 'ada@example.org'])
    expect(rows.map(({ by, action, subject, reason }) => [by, action, subject, reason])).toEqual(
      opened.map(({ opening }) => ['key:eve', 'identifier.revealed', `email:e1 ${opening}`, 'case 812']),
    )
    expect(JSON.stringify(rows)).not.toContain('ada@')
    expect(await verifyAudit(store)).toMatchObject({ isWhole: true, rows: 2 })
  })

  test('is not told where it cannot be written down', async () => {
    await using store = await open()
    await store.record([kept])
    const opened: string[] = []
    const away = { ...store, noteAct: () => Promise.reject(new Error('the store is away')) }
    const openValue = (key: typeof keyed, text: string): string => {
      opened.push(text)
      return secrets.openValue(key, text)
    }

    const asked = reveal({ store: away, openValue }, keyed, { by: 'eve', at: noon, reason: 'case 812' })

    await expect(asked).rejects.toThrow('away')
    expect(opened).toEqual([])
  })
}
