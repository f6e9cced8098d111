import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { AccountState } from '../../graph/model.ts'
import { ingestFile } from '../../src/cli/commands/ingest.ts'
import { localTarget } from '../../src/cli/ingesting/targets.ts'
import { detectOnce, openReadingStore, openWriting } from '../../src/compose.ts'
import { readConfig } from '../../src/config.ts'
import { parseMapping } from '../../src/sources/mapping.ts'
import { describeWithData } from '../support/shared-data.ts'

const files = [
  ['HAS_CC', 'cards'],
  ['USED', 'devices'],
  ['P2P', 'transfers'],
  ['REFERRED', 'referrals'],
  ['User', 'users'],
] as const

describeWithData('p2p', (data) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'ringleader-p2p-'))
  const config = readConfig({ dataDir }, {})
  const accounts: AccountState[] = []
  const counts = { read: 0, accepted: 0, duplicate: 0, conflict: 0, rejected: 0 }

  async function ingest(file: string, map: string): Promise<void> {
    const mapping = parseMapping(
      readFileSync(join(import.meta.dirname, `../../examples/p2p/${map}.yaml`), 'utf8'),
      map,
    )
    await using target = localTarget(mapping.stream, await openWriting(config))
    await ingestFile(join(data, `${file}.csv.gz`), { mapping, target, counts })
    await target.settle()
  }

  beforeAll(async () => {
    for (const [file, map] of files) await ingest(file, map)
    await using store = await openReadingStore(config)
    for await (const batch of store.scanAccounts()) accounts.push(...batch)
  }, 180_000)

  afterAll(() => rmSync(dataDir, { recursive: true }))

  const isFraud = ({ labels }: AccountState): boolean => labels.some(({ label }) => label === 'fraud')

  /** Identifiers of more than one user by the share of flagged users among them. */
  function sharedBy(kind: string): { none: number; mixed: number; all: number } {
    const users = new Map<string, AccountState[]>()
    for (const account of accounts) {
      const refs = new Set(account.uses.filter((use) => use.kind === kind).map(({ ref }) => ref))
      for (const ref of refs) users.set(ref, [...(users.get(ref) ?? []), account])
    }
    const shared = { none: 0, mixed: 0, all: 0 }
    for (const found of [...users.values()].filter(({ length }) => length > 1)) {
      const flagged = found.filter(isFraud).length
      if (flagged === 0) shared.none += 1
      else shared[flagged === found.length ? 'all' : 'mixed'] += 1
    }
    return shared
  }

  test('every row is taken, and only users known as fraud become labels', () => {
    expect(counts).toEqual({ read: 288_035, accepted: 288_035, duplicate: 0, conflict: 0, rejected: 0 })
    expect(accounts.filter(isFraud)).toHaveLength(241)
  })

  test('cards of more than one user: 8,185 without a flagged one, 274 mixed, 31 all flagged', () => {
    expect(sharedBy('payment')).toEqual({ none: 8_185, mixed: 274, all: 31 })
  })

  test('devices of more than one user: 2,655 without a flagged one, 88 mixed, 2 all flagged', () => {
    expect(sharedBy('device')).toEqual({ none: 2_655, mixed: 88, all: 2 })
  })

  test('6,240 directed pairs paid each other and share a card', () => {
    const cards = new Map(
      accounts.map(({ account, uses }) => [
        account,
        new Set(uses.filter(({ kind }) => kind === 'payment').map(({ ref }) => ref)),
      ]),
    )
    const pairs = accounts.flatMap(({ account, relations }) =>
      relations
        .filter(
          ({ relation, to }) =>
            relation === 'paid' && !cards.get(account)?.isDisjointFrom(cards.get(to) ?? new Set()),
        )
        .map(({ to }) => `${account} ${to}`),
    )

    expect(new Set(pairs).size).toBe(6_240)
  })

  test('a second ingest of a file finds only duplicates and changes nothing', async () => {
    await using before = await openReadingStore(config)
    const digest = await before.digest()
    const again = { ...counts }

    await ingest('REFERRED', 'referrals')

    expect(counts.duplicate - again.duplicate).toBe(1_870)
    await using after = await openReadingStore(config)
    expect(await after.digest()).toEqual(digest)
  })

  test('rings are found, and flagged users are more frequent in them than outside', async () => {
    await using writing = await openWriting(config)

    await detectOnce(config, writing.store, {})

    const rings = await writing.store.rings({ status: 'active' })
    const members = new Set(rings.flatMap((ring) => ring.members.map(({ account }) => account)))
    const flagged = accounts.filter((account) => isFraud(account) && members.has(account.account)).length
    expect(rings.length).toBeGreaterThan(500)
    expect(flagged / members.size).toBeGreaterThan(2 * (241 / 33_732))
  }, 60_000)
})
