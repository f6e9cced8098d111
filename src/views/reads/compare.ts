/** Two accounts side by side, as programs read them. */
import { bornAtOf, tiesOf } from '../../../graph/evidence/account-facts.ts'
import {
  activeDays,
  daysShown,
  fittingSaying,
  type OwnIdentifiers,
  type Saying,
  sayings,
  unsharedKinds,
} from '../../../graph/explain/compare.ts'
import type { DirectLink } from '../../../graph/explain/link.ts'
import type { Weighing } from '../../../graph/explain/picture/pair-evidence.ts'
import { kindWord } from '../../../graph/explain/words.ts'
import { isDerived } from '../../../graph/identifiers/registry.ts'
import type { AccountState } from '../../../graph/model.ts'
import type { IdentifierUsers, ReadingStore } from '../../../graph/ports.ts'
import { dayMs } from '../../../graph/time.ts'
import { iso } from '../times.ts'
import { activityView, identifierFacts } from './account.ts'

type Both = readonly [a: AccountState, b: AccountState]

/** `direct`: their link. `asOf`: the end of the data. */
export async function compareView(
  store: Pick<ReadingStore, 'users'>,
  [a, b]: Both,
  { direct, asOf, ...weighing }: Weighing & { readonly direct: DirectLink; readonly asOf: number },
) {
  const unshared = unsharedKinds(a, b, { kindOf: weighing.kindOf, isDerived })
  const keys = unshared.flatMap((row) =>
    [...row.a.told, ...row.b.told].map(({ kind, ref }) => ({ kind, ref })),
  )
  const found = keys.length > 0 ? await store.users(keys, { usesMax: 1 }) : []
  const known = new Map(found.map((one) => [`${one.identifier.kind}:${one.identifier.ref}`, one]))
  const days = activeDays(a, b, { asOf, days: daysShown })
  const fits = fittingSaying(direct, weighing.kindOf)
  return {
    accounts: { a: sideView(a), b: sideView(b) },
    unshared: unshared.map(({ kind, family, ...own }) => ({
      kind,
      family,
      a: ownView(own.a, known, weighing),
      b: ownView(own.b, known, weighing),
      sentence: unsharedWords(kind, own),
    })),
    activity: {
      from: iso(asOf - daysShown * dayMs + 1).slice(0, 10),
      to: iso(asOf).slice(0, 10),
      days: days.map(({ day, ...row }) => ({ day: iso(day * dayMs).slice(0, 10), ...row })),
      daysBoth: days.filter((day) => day.a > 0 && day.b > 0).length,
      daysSameMinute: days.filter(({ isSameMinute }) => isSameMinute).length,
    },
    sayings: sayings.map((kind) => ({ kind, fits: kind === fits, sentence: sayingWords(kind, [a, b]) })),
  }
}

function sideView(state: AccountState) {
  const bornAt = bornAtOf(state)
  const seen = state.activities.map(({ firstAt }) => firstAt)
  return {
    createdAt: bornAt === undefined ? null : iso(bornAt),
    firstSeen: seen.length === 0 ? null : iso(seen.reduce((x, y) => Math.min(x, y))),
    identifiers: tiesOf(state).length,
    activities: state.activities.map(activityView),
  }
}

const ownView = (
  { told, omitted }: OwnIdentifiers,
  known: ReadonlyMap<string, IdentifierUsers>,
  weighing: Weighing,
) => ({
  told: told.map(({ kind, ref, firstAt, lastAt, days }) => ({
    ...identifierFacts(
      known.get(`${kind}:${ref}`) ?? { identifier: { kind, ref, mask: '' }, accounts: 1 },
      weighing,
    ),
    firstSeen: iso(firstAt),
    lastSeen: iso(lastAt),
    days: days.length,
  })),
  omitted,
})

function unsharedWords(kind: string, { a, b }: Record<'a' | 'b', OwnIdentifiers>): string {
  const has = ({ told }: OwnIdentifiers): boolean => told.length > 0
  if (has(a) && has(b)) return `no ${kindWord(kind)} in common`
  return `only ${has(a) ? 'the first' : 'the second'} has a ${kindWord(kind)}`.replace(/a (?=[aei])/, 'an ')
}

/** What the next run does once it is said. How the accounts are judged then, it alone finds. */
function sayingWords(saying: Saying, [a, b]: Both): string {
  const names = `${a.account} and ${b.account}`
  if (saying === 'household')
    return `A ring of which ${names} are half or more is found to be a household, and benign; elsewhere nothing changes.`
  if (saying === 'same_actor')
    return `${names} are linked as surely as anything links, and judged together by the next run.`
  return `${names} are never linked to each other again; others may still connect them.`
}
