import { setTimeout } from 'node:timers/promises'
import { describe, expect, test } from '@jest/globals'
import type { FoundRing } from '../../../graph/ring.ts'
import { openThreadedStore } from '../../../src/store/sqlite/threaded.ts'
import { eventOf, noon, seen } from '../../support/core/events.ts'
import { publicationsOf } from '../../support/core/publications.ts'
import { runScript } from '../../support/processes/child.ts'
import { keyFingerprint, openIn } from '../../support/stores/embedded.ts'
import { tempDir } from '../../support/temp-dir.ts'

/** Every figure of it tells the version it belongs to. */
const ringOf = (version: number): FoundRing => ({
  head: {
    class: 'uncertain',
    risk: version / 1_000,
    firstSeen: 1,
    lastSeen: 2,
    topEvidence: [],
    reasons: [],
  },
  members: Array.from({ length: 40 }, (_, i) => ({
    account: `a${version % 2}.${i}`,
    role: 'core',
    membership: 1,
    risk: version / 1_000,
    compromise: 0,
    flagged: true,
    reasons: [],
  })),
})

describe('a reading thread beside a writing one', () => {
  test('sees rings with the members they were published with', async () => {
    using dir = tempDir()
    await using store = await openThreadedStore({ dataDir: dir.path, keyFingerprint })
    const ids = Array.from({ length: 20 }, (_, i) => `ring_${i}`)
    const sets = Array.from({ length: 40 }, (_, i) => new Map(ids.map((id) => [id, ringOf(i + 1)])))
    let publishing = true
    const mixed: unknown[] = []
    let reads = 0

    async function watch(): Promise<void> {
      while (publishing) {
        reads += 1
        const listed = await store.rings({})
        const one = await store.ring('ring_3')
        if (new Set(listed.flatMap(riskOf)).size > 1) mixed.push('rings of two versions')
        if (one && new Set(riskOf(one)).size > 1) mixed.push('members of another version')
      }
    }
    const watching = watch()
    for (const { publication } of publicationsOf(sets)) await store.publish(publication)
    publishing = false
    await watching

    expect(mixed).toEqual([])
    expect(reads).toBeGreaterThan(10)
  })

  test('sees accounts as they were at one moment', async () => {
    using dir = tempDir()
    await using store = await openThreadedStore({ dataDir: dir.path, keyFingerprint })
    let recording = true
    const torn: unknown[] = []

    async function watch(): Promise<void> {
      while (recording) {
        const [ada] = await store.accounts(['ada'])
        const lasts = [...(ada?.activities ?? []), ...(ada?.uses ?? [])].map(({ lastAt }) => lastAt)
        const waiting = await store.waiting()
        if (new Set(lasts).size > 1 || waiting < 0) torn.push([...lasts, waiting])
      }
    }
    const watching = watch()
    for (let i = 0; i < 150; i++) {
      await store.record([
        eventOf({ id: `e${i}`, at: noon + i, identifiers: [seen('device', 'd1'), seen('ip', 'i1')] }),
      ])
    }
    recording = false
    await watching

    expect(torn).toEqual([])
  })

  test('is refused beside another writer, and lets its process end', async () => {
    using dir = tempDir()
    await using _writer = openIn(dir.path)
    await using other = runScript(new URL('../../support/stores/hold-store.ts', import.meta.url), [
      dir.path,
      'threaded',
    ])

    const said = await other.lines.next()

    expect(JSON.parse(String(said.value ?? ''))).toMatchObject({ code: 'store_locked' })
    expect(await Promise.race([other.ended, setTimeout(4_000, 'still running', { ref: false })])).toBe(0)
  })
})

const riskOf = ({ head, members }: FoundRing): readonly number[] => [
  head.risk,
  ...members.map(({ risk }) => risk),
]
