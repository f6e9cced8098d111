/** Where events lead that no run has seen yet: the rings their accounts would be in, and what they tripped. */
import { linksOfNewcomer, newcomerOf, ringsOfNewcomer } from '../../graph/explain/counterfactual/newcomer.ts'
import { defaultPathCaps } from '../../graph/explain/path.ts'
import type { StoredEvent } from '../../graph/model.ts'
import { nothingPublic } from '../../graph/projection/publicness.ts'
import { hitsOf } from '../../graph/tripwires/tripwire.ts'
import { matchedAccountView, matchedRingView } from '../views/match.ts'
import type { HttpServices } from './services.ts'

type Around = Pick<HttpServices, 'store' | 'border' | 'snapshots' | 'said'>

/**
 * Accounts and rings that one account's events link it to, by the sums of detection. Stores nothing, and asks the store
 * nothing once something is published.
 */
export async function matchEvents(
  { store, border, snapshots, said }: Around,
  events: readonly [StoredEvent, ...StoredEvent[]],
) {
  const snapshot = snapshots.current()
  const newcomer = newcomerOf(events)
  const { links, truncated } = await linksOfNewcomer(
    snapshot?.uses?.among([...newcomer.identifiers.values()]) ?? store,
    newcomer,
    {
      kindOf: (kind) => border.registry.get(kind),
      publicness: snapshot?.publicness ?? nothingPublic,
      asserted: said.now(),
      caps: defaultPathCaps,
    },
  )
  const standing = new Map(links.map(({ account }) => [account, snapshot?.risk(account)]))
  const rings = new Map([...standing.values()].flatMap((one) => (one?.ring ? [[one.ring.id, one.ring]] : [])))
  return {
    truncated,
    accounts: links.map((link) => matchedAccountView(link, standing.get(link.account))),
    rings: ringsOfNewcomer(links, (account) => standing.get(account)?.ring?.id).flatMap((match) => {
      const ring = rings.get(match.ring)
      return ring ? [matchedRingView(match, ring)] : []
    }),
  }
}

const reasonsMax = 3

/** Of one event that was just taken. */
export async function linksNow(services: Around & Pick<HttpServices, 'wires'>, event: StoredEvent) {
  const { rings, accounts, truncated } = await matchEvents(services, [event])
  const own = services.snapshots.current()?.risk(event.account)?.ring
  const [nearest] = rings
  const standing = own && {
    ring: own.id,
    class: own.class,
    size: own.size,
    risk: own.risk,
    probability: own.membership,
    linked: rings.find(({ ring }) => ring === own.id)?.linked ?? 0,
  }
  const hits = hitsOf([event], await services.wires.now())
  return {
    ring: standing ? { ...standing, provisional: false } : nearest ? { ...nearest, provisional: true } : null,
    reasons: accounts
      .slice(0, reasonsMax)
      .map(({ account, probability, sentence }) => ({ account, probability, sentence })),
    tripwires: hits
      .filter(({ ring }) => ring === undefined || ring !== own?.id)
      .map(({ tripwire, ring = null, kind, ref, mask }) => ({ tripwire, ring, kind, ref, mask })),
    truncated,
  }
}
