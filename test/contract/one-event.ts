import { beforeAll, expect, test } from '@jest/globals'
import { gammaMicro } from '../../graph/communities/gamma.ts'
import type { Detection } from '../../graph/detect.ts'
import { usedBy, usersOf } from '../../graph/projection/uses/of.ts'
import { weekOf } from '../../graph/rings/stitch.ts'
import type { DetectionWork } from '../../graph/run-work.ts'
import {
  type Happening,
  happeningsIn,
  linksEver,
  namedIn,
  reachOf,
  relinked,
  suspectedOtherwise,
  type TownOrder,
} from '../support/core/one-event.ts'

/** What one event makes detection look at, in a town of any size. */
export function oneEventLaws(order: TownOrder): void {
  let happenings: readonly Happening[] = []

  beforeAll(async () => {
    happenings = await happeningsIn(order)
  })

  test('links are found again of those alone who use what somebody who acted uses', () => {
    for (const { before, now, work, touched } of happenings) {
      const onTheSame = new Set(
        [...touched].flatMap((account) =>
          [...usedBy(now.table, account).identifiers].flatMap((one) => [...usersOf(now.table, one)]),
        ),
      )
      expect(work.accountsProjected).toBeLessThanOrEqual(onTheSame.union(new Set(touched)).size)
      expect(work.accountsProjected).toBeLessThan(before.table.facts.length / 8)
    }
  })

  test('one event makes linking solve the component it touches alone', () => {
    for (const happening of happenings) {
      const { now, work } = happening
      const component = reachOf(
        now.pairs,
        relinked(happening, ({ pairs }) => pairs),
        gammaMicro,
      )

      expect(work.accountsSolved).toBeLessThanOrEqual(component.size)
    }
  })

  test('no more than the component of whoever acted is solved, where nobody else is linked otherwise', () => {
    const all = ({ pairs }: Detection) => pairs
    for (const happening of happenings) {
      const component = reachOf(linksEver(happening, all), happening.touched, gammaMicro)
      const elsewhere = relinked(happening, all).filter((account) => !component.has(account))
      const others = reachOf(linksEver(happening, all), elsewhere, gammaMicro)

      expect(happening.work.accountsSolved).toBeLessThanOrEqual(component.size + others.size)
    }
  })

  test('of suspects no more than the components of those who acted or are suspected otherwise', () => {
    const rounds = [
      {
        pairsOf: ({ judged }: Detection) => judged.judgement.first.groups.pairs,
        said: ({ judged }: Detection) => judged.judgement.first,
      },
      {
        pairsOf: ({ judged }: Detection) => judged.judgement.groups.pairs,
        said: ({ judged }: Detection) => judged.judgement,
      },
    ]
    for (const happening of happenings) {
      const most = rounds.map(({ pairsOf, said }) => {
        const from = [...happening.touched, ...suspectedOtherwise(happening, said)]
        return reachOf(linksEver(happening, pairsOf), from, 45_000).size
      })

      expect(happening.work.suspectsSolved).toBeLessThanOrEqual(most.reduce((sum, size) => sum + size, 0))
    }
  })

  test('stitching looks at weeks on addresses of who changed or is in another community', () => {
    for (const { before, now, work, touched } of happenings) {
      const nameBefore = new Map(
        before.table.facts.ids.map((account, at) => [
          account,
          before.table.facts.idAt(before.communities[at] ?? -1),
        ]),
      )
      const regrouped = now.table.facts.ids.flatMap((account, at) =>
        nameBefore.get(account) === now.table.facts.idAt(now.communities[at] ?? -1) ? [] : [at],
      )
      const weeks = new Set(
        [...touched, ...regrouped].flatMap((account) =>
          usedBy(now.table, account).ties.flatMap((tie) =>
            tie.kind === 'ip' ? tie.days.map((day) => `${tie.ref} ${weekOf(day)}`) : [],
          ),
        ),
      )

      expect(work.weeksCounted).toBeLessThanOrEqual(weeks.size)
    }
  })

  test('suspects are clustered again in components with a link that is another', () => {
    for (const happening of happenings) {
      const rounds = [
        ({ judged }: Detection) => judged.judgement.first.groups.pairs,
        ({ judged }: Detection) => judged.judgement.groups.pairs,
      ]
      const most = rounds.map(
        (pairsOf) => reachOf(pairsOf(happening.now), relinked(happening, pairsOf), 45_000).size,
      )

      expect(happening.work.suspectsSolved).toBeLessThanOrEqual(most.reduce((sum, size) => sum + size, 0))
    }
  })

  test('of accounts those are judged that share something with who changed or is suspected otherwise, and their company', () => {
    for (const happening of happenings)
      expect(happening.work.accountsJudged).toBeLessThanOrEqual(namedIn(happening).size)
  })

  test('rings are made again of those accounts alone', () => {
    for (const happening of happenings) {
      const { now, work } = happening
      const named = new Set([...namedIn(happening)].map((account) => now.table.facts.ids[account]))
      const rings = now.rings.filter(({ members }) => members.some(({ account }) => named.has(account)))

      expect(work.ringsMade).toBeLessThanOrEqual(rings.length)
    }
  })

  test('an event looks at few of all', () => {
    const middle = (count: (work: DetectionWork) => number): number | undefined =>
      happenings.map(({ work }) => count(work)).toSorted((a, b) => a - b)[happenings.length >> 1]

    expect(middle(({ accountsProjected }) => accountsProjected)).toBeLessThan(10)
    expect(middle(({ accountsSolved }) => accountsSolved)).toBeLessThan(10)
    expect(middle(({ suspectsSolved }) => suspectsSolved)).toBeLessThan(10)
    expect(middle(({ accountsJudged }) => accountsJudged)).toBeLessThan(100)
  })
}
