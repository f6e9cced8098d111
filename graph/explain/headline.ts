/** What a ring is, in one line: the same wherever it is named. From what is published of it alone. */
import type { BenignSubtype, Ring } from '../ring.ts'
import { accountsWord, kindsWord } from './words.ts'

type Named = Pick<Ring, 'head' | 'members'>

/** Kinds of identifier named of one ring. */
const kindsMax = 2

/** `25 accounts around 4 devices and 2 payout accounts`. */
export function headlineWords({ head, members }: Named): string {
  const victims = members.filter(({ role }) => role === 'victim').length
  const who =
    head.class === 'takeover_cluster' && victims > 0
      ? `${accountsWord(victims)} in other hands`
      : `${accountsWord(members.length)}${subtypeWords[head.subtype ?? 'none']}`
  const kinds = [...Map.groupBy(head.topEvidence, ({ kind }) => kind)]
    .map(([kind, own]) => ({
      kind,
      count: own.length,
      share: own.reduce((sum, { share }) => sum + share, 0),
    }))
    .filter(({ share }) => share > 0)
    .toSorted((x, y) => y.share - x.share || (x.kind < y.kind ? -1 : 1))
    .slice(0, kindsMax)
  if (kinds.length === 0) return `${who}, held together by no one identifier`
  return `${who} around ${kinds.map(({ kind, count }) => kindsWord(count, kind)).join(' and ')}`
}

const subtypeWords = {
  none: '',
  household: ' of one household',
  workplace_campus: ' of one workplace or school',
  kiosk: ' of one public place',
} satisfies Record<BenignSubtype | 'none', string>

/** With how many of them carry risk. */
export function leadWords(ring: Named): string {
  const carriers = ring.members.filter(
    ({ role }) => role === 'core' || role === 'bridge' || role === 'receiver',
  ).length
  const carry =
    carriers === 0 ? 'None of them carries risk' : `${carriers} ${carriers === 1 ? 'carries' : 'carry'} risk`
  return `${headlineWords(ring)}. ${carry}.`
}
