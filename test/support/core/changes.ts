/** Changes that reach beyond whoever changed, each by one rule alone of what is looked at again. */
import type { Label, StoredEvent } from '../../../graph/model.ts'
import type { Step } from './histories.ts'
import { day, seen, start } from './states.ts'
import { names, onClass } from './tables.ts'
import { attack, established, intrusion, townsfolk } from './takeovers.ts'

export interface Change {
  readonly name: string
  readonly steps: readonly Step[]
}

type Told = Partial<Step>

const change = (name: string, steps: readonly Told[]): Change => ({
  name,
  steps: steps.map((step) => ({ events: [], labels: [], erased: [], ...step })),
})

/** What was used so long ago ties nobody who uses it now. */
const longAgo = { at: start - 1000 * day }

const all = (accounts: readonly string[], things: readonly string[], more = {}): readonly StoredEvent[] =>
  accounts.map((account) => seen(account, things, more))

const fraud = (account: string): Label => ({ account, label: 'fraud', source: 'desk', at: start })

/** Families of three, each on a device and a line of its own. */
const families = ['p', 'q', 'r', 's', 't'].flatMap((family) =>
  all(names(3, family), [`device:of-${family}`, `ip:of-${family}`], longAgo),
)
const household = names(5, 'h')
const atHome = all(household, ['address:home'], { type: 'signup' })

const paying = (victims: readonly string[], to = 'mule') =>
  victims.flatMap((victim, i) =>
    intrusion(victim, [`device:${victim}'s intruder`], {
      at: start + i * day,
      change: 'payout_change',
      paid: to,
    }),
  )
const victims = names(5, 'victim')
/** Chance, and what it does not explain, is measured while others are taken over. */
const known = names(4, 'known')
const people = [
  ...townsfolk,
  ...[...victims, ...known].flatMap(established),
  ...['mule', 'other mule'].map((account) => seen(account, [`device:of ${account}`])),
  ...paying(known, 'other mule'),
]

/** What speaks against an account and tells nothing of those it is linked to. */
const doubts = (account: string) =>
  (['login_failed', 'payout_change', 'payout'] as const).map((type) => seen(account, [], { type }))

const masked = (mask: string, event: StoredEvent): StoredEvent => ({
  ...event,
  identifiers: event.identifiers.map((one) => ({ ...one, mask })),
})

const born = (accounts: readonly string[]) => all(accounts, ['ip:office'], { type: 'signup' })
const old = { createdAt: start - 400 * day }
const friday = { at: start + day }

export const changes: readonly Change[] = [
  change('one more on an address is one more link of a household that nobody else looks at', [
    { events: [...families, ...atHome] },
    { events: [seen('before', ['address:home'], longAgo)] },
  ]),
  change('one more on an address of many makes weak links weaker, though they group nobody', [
    { events: all(names(30, 'tenant'), ['address:tower'], { type: 'signup' }) },
    { events: [seen('before', ['address:tower'], longAgo)] },
  ]),
  change('whoever visits a community that is none any more visits nobody', [
    {
      events: [
        ...families,
        ...names(24, 'guest').flatMap((guest) => [
          seen(guest, [`device:of-${guest}`], { at: start - 10 * day, ...old }),
          seen(guest, ['address:tower']),
        ]),
      ],
    },
    { events: all(names(2, 'before'), ['address:tower'], longAgo) },
  ]),
  change('what is known of an address anew counts for suspects who met there', [
    { events: all(names(2, 'crook'), ['ip:den']), labels: names(2, 'crook').map(fraud) },
    { events: [onClass('vpn', seen('other', ['ip:den'], { at: start + 5 * day }))] },
  ]),
  change('the birth of a suspect counts for another who was born there that day', [
    {
      events: [seen('crook000', ['ip:den'], { type: 'signup' }), seen('crook001', ['ip:den'])],
      labels: names(2, 'crook').map(fraud),
    },
    { events: [seen('crook001', [], { type: 'signup' })] },
  ]),
  change('a suspect who is erased and comes anew elsewhere is met by nobody where it was', [
    { events: all(names(2, 'crook'), ['ip:den']), labels: names(2, 'crook').map(fraud) },
    { events: [seen('crook001', ['device:other'])], labels: [fraud('crook001')], erased: ['crook001'] },
  ]),
  change('trouble of another on an address on a day is a feature of whoever was there', [
    { events: [...families, ...all(['one', 'other'], ['ip:station'])] },
    { events: [seen('other', [], { type: 'chargeback' })] },
  ]),
  change('the youth of another on an address on a day is a feature of whoever was there', [
    { events: [...families, ...all(['one', 'other'], ['ip:station'])] },
    { events: [seen('other', [], { type: 'signup', at: start - 3 * day })] },
  ]),
  change('the birth of another on the day and line of a birth is one more birth there', [
    {
      events: [
        ...families,
        seen('one', ['ip:station'], { type: 'signup' }),
        ...all(['one', 'other'], ['ip:station']),
      ],
    },
    { events: [seen('other', [], { type: 'signup' })] },
  ]),
  change('of those born on one day and line one turns out to be older', [
    { events: [...families, ...all(['one', 'other', 'two'], ['ip:station'], { type: 'signup' })] },
    { events: [seen('other', [], { type: 'signup', at: start - 3 * day })] },
  ]),
  change('the birth of another on the line on which a member was born is a feature of its community', [
    { events: [...born(names(52, 'colleague')), ...all(['colleague000', 'wife'], ['device:theirs'])] },
    { events: born(['one more']) },
  ]),
  change('of four instead of three users a device is no longer their own, and of three again', [
    {
      events: [
        seen('other', ['device:other'], { type: 'signup' }),
        ...[1000, 2000].flatMap((days) => seen(`user${days}`, ['device:own'], { at: start - days * day })),
        seen('arrived', ['device:met', 'device:own'], old),
        seen('arrived', ['device:own'], { ...friday, ...old }),
      ],
    },
    { events: [seen('fourth', ['device:own'], { at: start - 3000 * day })] },
    { erased: ['fourth'] },
  ]),
  change('a link of other weight weighs the suspicion of both its ends', [
    {
      events: [
        ...all(['buyer', 'crook'], ['device:theirs', 'target:song'], { type: 'other' }),
        ...all(['buyer', 'wife'], ['device:home']),
        ...all(names(20, 'fan'), ['target:song'], { type: 'other' }),
        ...doubts('crook'),
      ],
    },
    { events: [seen('one more', ['target:song'], { type: 'other' })] },
  ]),
  change('a suspect who is gone makes the group of the others smaller', [
    {
      events: [
        ...all(['a', 'b'], ['device:ab']),
        ...all(['b', 'c'], ['device:bc']),
        ...all(['c', 'd'], ['target:song'], { type: 'other' }),
      ],
      labels: ['a', 'b', 'c', 'd'].map(fraud),
    },
    { erased: ['d'] },
  ]),
  change('how many accounts a hub has is told of a ring, though it ties nobody', [
    {
      events: [
        ...families,
        ...all(names(3, 'f'), ['device:f', 'fingerprint:common']),
        ...all(names(200, 'far'), ['fingerprint:common']),
      ],
    },
    { events: [seen('one more', ['fingerprint:common'])] },
  ]),
  change('a hub that most leave is the line of those who stay', [
    {
      events: [
        ...families,
        ...all(names(3, 'f'), ['device:f', 'ip:f']),
        ...all(names(200, 'far'), ['ip:f'], { at: start + 3 * day }),
      ],
    },
    { erased: names(198, 'far') },
    { events: [seen('one more', ['ip:f'], { at: start + 5 * day })] },
  ]),
  change('one more on a line makes a crowd of its users, and one fewer none', [
    { events: all(names(80, 'guest'), ['ip:hotel'], { type: 'signup' }) },
    { events: [seen('one more', ['ip:hotel'])] },
    { erased: ['one more'] },
  ]),
  change('what eighty act on is common to two, and what one more does is not', [
    {
      events: [
        ...all(names(80, 'fan').slice(1), ['target:song'], { type: 'other' }),
        // At another time, or the link of the two would be another one too.
        seen('fan000', ['target:song'], { type: 'other', at: start - 5 * day }),
        ...all(['fan000', 'fan001'], ['device:theirs'], { at: start - 5 * day }),
      ],
    },
    { events: [seen('one more', ['target:song'], { type: 'other' })] },
    { erased: ['one more'] },
  ]),
  change('links of those who were born on a hub bring what their other end is suspected of', [
    {
      events: [
        ...all(names(201, 'guest'), ['ip:hub']),
        ...all(names(45, 'x'), ['ip:hub'], { type: 'signup' }),
      ],
    },
    { events: doubts('x000') },
  ]),
  change('one more who pays their receiver makes those victims who paid it before', [
    { events: [...people, ...paying(victims.slice(0, 3))] },
    { events: paying(victims).slice(9) },
    { events: [seen('crony', ["device:victim000's intruder"], friday)] },
    { erased: [victims[4] ?? ''] },
  ]),
  change('a victim who lives with one of an earlier attack is told how its own goes on', [
    {
      events: [
        ...people,
        ...established('lodger'),
        ...[-360, -10].map((days) => seen('lodger', ['device:of-known000'], { at: start + days * day })),
        ...paying(['lodger', ...victims.slice(0, 2)]),
      ],
    },
    { events: paying(victims).slice(6, 9) },
    { events: paying(victims).slice(9) },
    { erased: victims },
  ]),
  change('a takeover on a device grows, and ends', [
    { events: [...people, ...attack(victims.slice(0, 3), 'device:intruder')] },
    { events: intrusion(victims[3] ?? '', ['device:intruder'], { at: start + 2 * day, paid: 'mule' }) },
    { events: intrusion(victims[2] ?? '', ['device:other'], { at: start - 2 * day, paid: 'mule' }) },
    { erased: victims.slice(0, 2) },
  ]),
  change('of two pairs that an address would join with a third, now the other does', [
    {
      events: [
        ...['b', 'c', 'd'].flatMap((pair) => all(names(2, pair), [`device:${pair}`])),
        ...['ip:one', 'ip:two'].flatMap((ip) => [
          ...all([...names(2, 'b'), ...names(2, 'c')], [ip]),
          ...all(names(4, 'x'), [ip], friday),
        ]),
        ...['ip:three', 'ip:four'].flatMap((ip) => [
          ...all([...names(2, 'b'), ...names(2, 'd')], [ip]),
          ...all(names(5, 'z'), [ip], friday),
        ]),
      ],
    },
    { events: [seen('x999', ['ip:one'], friday)], erased: ['z000'] },
  ]),
  change('a ring tells when it was last seen', [
    { events: families },
    { events: [seen('p000', ['device:of-p'], { at: longAgo.at + 3_600_000 })] },
  ]),
  change("a device that somebody else uses too is nobody's own any more", [
    {
      events: [
        ...all(names(4, 'lodger'), ['address:mill'], { type: 'signup' }),
        ...[0, 5].map((days) => seen('lodger000', ['device:lodger'], { at: start + days * day })),
      ],
    },
    { events: [seen('before', ['device:lodger'], longAgo)] },
  ]),
  change('what people see of an identifier is told anew', [
    { events: families },
    { events: [masked('a phone', seen('burglar', ['device:of-p'], { type: 'login_failed' }))] },
  ]),
  change('one more on an address on a day weakens what holds a ring together', [
    {
      // Homes differ, or the one that changes would be unlike all that is known to be honest.
      events: names(9, 'home').flatMap((home, i) => [
        ...all(names(3, home), [`address:${home}`, `ip:${home}`]),
        ...all(names(2 + i, `guest of ${home}`), [`ip:${home}`], { at: start + 5 * day }),
        ...all(names(1 + i, `guest of ${home}`), [`ip:${home}`]),
      ]),
    },
    { events: [seen('guest of home005006', ['ip:home005'])] },
  ]),
]
