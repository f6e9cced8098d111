import { expect, test } from '@jest/globals'
import type { Member, RingChange } from '../../../../graph/ring.ts'
import { heirsOf } from '../../../../graph/rings/lineage/heirs.ts'

const head = {
  class: 'uncertain',
  risk: 0.5,
  firstSeen: 1,
  lastSeen: 2,
  topEvidence: [],
  reasons: [],
} as const

const change = (ring: string, more: Partial<RingChange> = {}): RingChange => ({
  ring,
  version: 2,
  kind: 'continued',
  cause: '',
  status: 'active',
  head,
  joined: [] as readonly Member[],
  left: [],
  changed: [],
  ...more,
})

test('a part takes over from what it split off, a whole from what it absorbed, the largest first', () => {
  const absorbed = (ring: string, left: readonly string[]) =>
    change(ring, { status: 'merged', movedTo: 'ring_all', left })

  const heirs = heirsOf([
    absorbed('ring_c', ['c']),
    absorbed('ring_a', ['a']),
    change('ring_all', { parent: 'ring_old' }),
    absorbed('ring_b', ['b1', 'b2']),
    change('ring_other'),
  ])

  expect(heirs).toEqual([
    { ring: 'ring_all', from: 'ring_old' },
    { ring: 'ring_all', from: 'ring_b' },
    { ring: 'ring_all', from: 'ring_a' },
    { ring: 'ring_all', from: 'ring_c' },
  ])
})
