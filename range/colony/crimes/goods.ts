/** Crimes with things: bought, returned, resold, or never there. */
import type { Crime } from './crime.ts'
import { cashOut, chain, desks, flow, handOver, holdings, outcry, posts, proxied, stolen } from './threads.ts'

/** Goods are kept and stones sent back; refund crews work by the address their runners collect at. */
const emptyBox: Crime = {
  name: 'empty_box',
  reasons: ['chargeback', 'promo_abuse'],
  size: [5, 24],
  victims: 0,
  operators: [1, 2],
  mules: 0.2,
  covers: { keen: 3, steady: 3, passer: 1, quiet: 1 },
  hands: 'people',
  act(gang) {
    const { mint } = gang.scene
    holdings(gang, gang.crew, { kind: 'address', per: [2, 6], value: () => mint.address(), weight: 4 })
    desks(gang, gang.members, {
      per: [2, 5],
      by: 'web',
      line: 'theirs',
      weight: 1.5,
      stintDays: 12,
      share: 0.6,
    })
    flow(gang, { from: gang.members, to: gang.honest, relation: 'refunded', mean: 0.7 })
    outcry(gang, gang.crew, 0.25)
  },
}

/** A shop front sells what stolen cards then buy elsewhere, to be sent to the innocent buyer. */
const triangulation: Crime = {
  name: 'triangulation',
  reasons: ['chargeback', 'counterfeit'],
  size: [4, 14],
  victims: 0.2,
  operators: [1, 2],
  mules: 0.1,
  covers: { earner: 3, keen: 2, steady: 2 },
  hands: 'puppets',
  act(gang) {
    desks(gang, gang.crew, { per: [2, 7], by: 'web', line: 'home', weight: 2 })
    chain(gang, gang.crew, ['payment', 'phone', 'payout'])
    stolen(gang, ['address'], 0.7)
    flow(gang, { from: gang.victims, to: gang.crew, relation: 'paid', mean: 1.3 })
    outcry(gang, gang.members, 0.5)
  },
}

/** Limits are by household, so the touts have many. */
const touts: Crime = {
  name: 'ticket_touts',
  reasons: ['multi_account', 'prohibited_item'],
  size: [8, 45],
  victims: 0,
  operators: [1, 3],
  mules: 0,
  covers: { keen: 2, steady: 2, passer: 2, quiet: 2 },
  hands: 'puppets',
  act(gang) {
    const { mint } = gang.scene
    proxied(gang, gang.crew, 0.7)
    holdings(gang, gang.crew, { kind: 'payment', per: [2, 5], value: () => mint.word('card'), weight: 3 })
    holdings(gang, gang.crew, {
      kind: 'address',
      per: [3, 8],
      value: () => mint.address(),
      weight: 3,
      share: 0.7,
    })
    flow(gang, { from: gang.members, to: gang.operators, relation: 'gifted', mean: 0.6 })
  },
}

/** A seller buys from himself with other people's cards, by way of friends. */
const collusion: Crime = {
  name: 'collusion',
  reasons: ['chargeback', 'fake_engagement'],
  size: [4, 18],
  victims: 0,
  operators: [1, 3],
  mules: 0.3,
  covers: { earner: 2, keen: 2, steady: 3 },
  hands: 'people',
  act(gang) {
    chain(gang, gang.crew, ['payment', 'address', 'phone'])
    desks(gang, gang.crew, { per: [2, 4], by: 'app', line: 'theirs', weight: 1.5, share: 0.7 })
    flow(gang, { from: gang.members, to: gang.operators, relation: 'paid', mean: 2, factor: 1.6 })
    flow(gang, { from: gang.members, to: gang.operators, relation: 'reviewed', mean: 0.7 })
    cashOut(gang, gang.operators, 2)
    outcry(gang, gang.members, 0.3)
  },
}

/** Rooms that are let to everybody and belong to nobody. */
const phantomLets: Crime = {
  name: 'phantom_lets',
  reasons: ['phishing', 'spam', 'prohibited_item'],
  size: [4, 20],
  victims: 0.3,
  operators: [1, 2],
  mules: 0.25,
  covers: { earner: 2, passer: 2, steady: 2, giver: 1 },
  hands: 'puppets',
  act(gang) {
    const { mint } = gang.scene
    posts(gang, gang.crew, { kind: 'image', per: [2, 6] })
    posts(gang, gang.members, { kind: 'url', per: [2, 8] })
    holdings(gang, gang.crew, { kind: 'phone', per: [2, 4], value: () => mint.phone() })
    desks(gang, gang.crew, { per: [2, 4], by: 'web', line: 'tunnel', stintDays: 9, share: 0.7 })
    flow(gang, { from: gang.members, to: gang.honest, relation: 'messaged', mean: 1.5 })
    flow(gang, {
      from: gang.victims,
      to: gang.mules.length > 0 ? gang.mules : gang.crew,
      relation: 'paid',
      mean: 1.2,
      factor: 3,
    })
    // Who wants a room sends a copy of his papers.
    stolen(gang, ['document', 'phone'], 0.6)
    cashOut(gang, gang.mules, 1)
  },
}

/** Accounts that passed their checks are let to those who would not. */
const accountRental: Crime = {
  name: 'account_rental',
  reasons: ['multi_account'],
  size: [5, 40],
  victims: 0,
  operators: [1, 2],
  mules: 0,
  covers: { earner: 3, steady: 2, keen: 1 },
  hands: 'people',
  act(gang) {
    const { mint } = gang.scene
    const [organiser] = gang.operators
    if (organiser) handOver(gang, gang.members, organiser)
    holdings(gang, gang.crew, { kind: 'payout', per: [2, 9], value: () => mint.word('iban'), weight: 3 })
    holdings(gang, gang.members, {
      kind: 'document',
      per: [2, 3],
      value: () => mint.word('paper'),
      share: 0.5,
    })
    flow(gang, { from: gang.members, to: gang.operators, relation: 'paid', mean: 0.7 })
  },
}

export const goods: readonly Crime[] = [emptyBox, triangulation, touts, collusion, phantomLets, accountRental]
