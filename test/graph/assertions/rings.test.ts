import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { asHousehold, inRoles } from '../../../graph/assertions/rings.ts'
import { assertedBy, nothingAsserted, standingAssertions } from '../../../graph/assertions/standing.ts'
import type { Assertion } from '../../../graph/model.ts'
import { type Decision, type FoundRing, type Role, roles } from '../../../graph/ring.ts'
import { updateRings } from '../../../graph/rings/lineage/publish.ts'
import { found } from '../rings/lineage/lives.ts'

const home = ['ann', 'bob', 'cat']
const reviewMin = 0.35

const holds = (more: Partial<Assertion>): Assertion => ({
  id: 'as_1',
  kind: 'household',
  subjects: home,
  author: 'eve',
  reason: 'they live together',
  at: 1,
  ...more,
})
const asserted = (...all: readonly Assertion[]) => assertedBy(standingAssertions(all, 0))

/** Suspicious in every way. */
const gang = (accounts: readonly string[]): FoundRing => {
  const { head, members, usersOf } = found(accounts, { risk: 0.95 })
  return {
    head: { ...head, class: 'fraud_ring' },
    members: members.map((member) => ({ ...member, compromise: 0.4, flagged: true })),
    ...(usersOf && { usersOf }),
  }
}
const role = (name: Role, ...subjects: readonly string[]): Assertion =>
  holds({ id: `as_${name}`, kind: 'role', role: name, subjects })

describe('a group of which half and more is one household', () => {
  test.each([
    ['all of it', home, true],
    ['half of it', [...home, 'x', 'y', 'z'], true],
    ['less than half', [...home, 'w', 'x', 'y', 'z'], false],
    ['one of them alone', ['ann', 'y'], false],
  ])('%s', (_name, accounts, isHome) => {
    const ring = asHousehold(gang(accounts), asserted(holds({})))

    expect(ring.head).toMatchObject(
      isHome ? { class: 'benign_shared', subtype: 'household' } : { class: 'fraud_ring', risk: 0.95 },
    )
    for (const { risk, compromise, flagged } of ring.members) {
      expect(Math.max(risk, compromise) < reviewMin).toBe(isHome)
      expect(flagged).toBe(!isHome)
    }
  })

  test('two households do not add up', () => {
    const two = asserted(holds({}), holds({ id: 'as_2', subjects: ['x', 'y'] }))

    expect(asHousehold(gang([...home, 'w', 'x', 'y', 'z']), two).head.class).toBe('fraud_ring')
  })
})

describe('a role that is asserted', () => {
  test.each(roles)('is that of the account, %s, and it carries what is due to it', (name) => {
    const { head, members } = inRoles(gang(home), asserted(role(name, 'bob')))
    const [ann, bob] = members

    const isActor = ['receiver', 'core', 'bridge'].includes(name)
    expect(bob).toMatchObject({ role: name, flagged: isActor })
    expect((bob?.risk ?? 1) < reviewMin).toBe(!isActor)
    expect((bob?.compromise ?? 1) < reviewMin).toBe(name === 'associate' || name === 'bystander')
    expect(ann).toEqual(gang(home).members[0])
    expect(head.risk < 0.95).toBe(!isActor)
  })

  test('of two the later one counts', () => {
    const all = asserted({ ...role('victim', 'bob'), at: 2 }, { ...role('core', 'bob'), at: 1 })

    expect(inRoles(gang(home), all).members[1]?.role).toBe('victim')
  })

  test('that nobody knows is none', () => {
    expect(inRoles(gang(home), asserted({ ...role('core', 'bob'), role: 'toString' })).members[1]?.role).toBe(
      'core',
    )
  })
})

describe('what is published', () => {
  const publish = (more: readonly Assertion[], decisions: readonly Decision[] = []) =>
    updateRings(
      [gang(home)],
      { active: [], ended: [] },
      { version: 1, asOf: 0, decisions, asserted: asserted(...more) },
    )

  test('is as ever where nothing is asserted of its accounts', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom('u', 'v', 'w'), { minLength: 2 }), (subjects) => {
        const elsewhere = [holds({ subjects }), role('victim', ...subjects)]
        expect(publish(elsewhere)).toEqual(
          updateRings(
            [gang(home)],
            { active: [], ended: [] },
            { version: 1, asOf: 0, asserted: nothingAsserted },
          ),
        )
      }),
    )
  })

  test('is the household with its roles', () => {
    const [ring] = publish([holds({}), role('victim', 'cat')]).rings

    expect(ring?.head).toMatchObject({ class: 'benign_shared', subtype: 'household' })
    expect(ring?.members.map((one) => one.role)).toEqual(['associate', 'associate', 'victim'])
  })

  test('is what it was once all is taken back, under the same id', () => {
    const first = publish([]).rings
    const point = { asOf: 0, asserted: asserted(holds({}), role('victim', 'cat')) }
    const held = updateRings([gang(home)], { active: first, ended: [] }, { version: 2, ...point })
    const back = updateRings([gang(home)], { active: held.rings, ended: [] }, { version: 3, asOf: 0 })

    expect(held.changes.map(({ kind }) => kind)).toEqual(['reclassified'])
    expect(back.rings).toEqual(first.map((ring) => ({ ...ring, version: 3 })))
  })

  test('is a fraud ring where that was confirmed, whoever lives together', () => {
    const [first] = publish([]).rings
    const decision: Decision = {
      id: 'dec_1',
      ring: first?.id ?? '',
      ringVersion: 1,
      class: 'fraud_ring',
      core: home,
      verdict: 'confirm',
      author: 'eve',
      reason: '',
      at: 0,
    }
    const known = { active: first ? [first] : [], ended: [] }
    const point = { version: 2, asOf: 0, decisions: [decision], asserted: asserted(holds({})) }

    expect(updateRings([gang(home)], known, point).rings[0]?.head).toMatchObject({
      class: 'fraud_ring',
      risk: 0.95,
    })
  })
})
