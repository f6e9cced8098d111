/** What would be were something said, as programs read it. */
import {
  type FateStanding,
  fateWords,
  mostRisk,
  othersWords,
  partsWords,
  standingIn,
} from '../../graph/explain/foretold-words.ts'
import type { FateRing, Foretold } from '../../graph/foretold.ts'

/** Accounts once something is said of them; `null` where it concerns too many to tell. */
export function saidFateView(
  { run, ...found }: Foretold,
  place: number,
  { accounts, baseRate }: { readonly accounts: readonly string[]; readonly baseRate: number },
) {
  const fate = found.after[place]
  if (!fate) return null
  const told = accounts.map((account) => {
    const [before, after] = [found.before, fate.rings].map((rings) => standingIn(rings, account, baseRate))
    if (!before || !after) throw new Error('Two standings are two')
    return {
      account,
      before: standingView(before),
      after: standingView(after),
      sentence: fateWords(account, before, after),
    }
  })
  const sentences = [...told.map(({ sentence }) => sentence), othersWords(fate)]
  return { run, accounts: told, others: fate.others, sentence: sentences.join(' ') }
}

const standingView = ({ ring, member, risk, compromise }: FateStanding) => ({
  ring: ring && member ? { ...ringView(ring), role: member.role, membership: member.membership } : null,
  risk,
  compromise,
  flagged: member?.flagged ?? false,
})

/** A ring of which it is supposed that nobody ever used what ties it; `null` where that concerns too many to tell. */
export function partsFateView({ run, before, after: [fate] }: Foretold) {
  if (!fate) return null
  return {
    run,
    risk: { before: mostRisk(before), after: fate.rings.length > 0 ? mostRisk(fate.rings) : null },
    rings: fate.rings.map((ring) => ({ ...ringView(ring), accounts: ring.members.length, risk: ring.risk })),
    others: fate.others,
    sentence: `${partsWords(before[0], fate.rings)} ${othersWords(fate)}`,
  }
}

const ringView = ({ id, class: name, subtype, size }: FateRing) => ({
  id: id ?? null,
  class: name,
  ...(subtype !== undefined && { subtype }),
  size,
})
