import { describe, expect, test } from '@jest/globals'
import type { EventType, StoredEvent } from '../../../graph/model.ts'
import { day, seen, start } from '../../support/core/states.ts'
import { cohortsIn, names } from '../../support/core/tables.ts'
import {
  attack,
  established,
  hour,
  type Intrusion,
  intrusion,
  townsfolk,
} from '../../support/core/takeovers.ts'

const six = names(6, 'client')
const clients = [...townsfolk, ...six.flatMap(established)]

/** All six meet the shop's device within two days; these things follow. */
const shop = (then: Intrusion = { change: 'credential_change' }): readonly StoredEvent[] => [
  ...clients,
  ...attack(six, 'device:shop', then),
]

const afterwards = (
  count: number,
  make: (account: string, i: number) => StoredEvent | readonly StoredEvent[],
): readonly StoredEvent[] => six.slice(0, count).flatMap(make)

const isAttack = async (events: readonly StoredEvent[]): Promise<boolean> => {
  const cohorts = await cohortsIn(events)
  expect(cohorts.length).toBeLessThan(2)
  return cohorts.length === 1
}

describe('a repair shop', () => {
  test('sets passwords anew, which is no attack', async () => {
    expect(await isAttack(shop())).toBe(false)
  })

  test('is none by one client whom something else befalls', async () => {
    const befalls = afterwards(1, (account) => [
      seen(account, [], { type: 'payout_change', at: start + day }),
      seen(account, [], { type: 'chargeback', at: start + 20 * day }),
    ])

    expect(await isAttack([...shop(), ...befalls])).toBe(false)
  })
})

describe('password changes on one device are an attack', () => {
  /** Times after the visit of the client, the first of which is at `start` and the others five hours apart. */
  const following = (
    type: EventType,
    days: number,
    identifiers: (account: string) => readonly string[] = () => [],
  ) =>
    afterwards(3, (account, i) =>
      seen(account, identifiers(account), { type, at: start + i * 5 * hour + days * day }),
    )

  test('where payout details change, and maybe back, within fourteen days', async () => {
    expect(await isAttack([...shop(), ...following('payout_change', 0)])).toBe(true)
    expect(await isAttack([...shop(), ...following('payout_change', 14)])).toBe(true)
    expect(await isAttack([...shop(), ...following('payout_change', 14.01)])).toBe(false)
    expect(await isAttack([...shop(), ...following('payout_change', -0.01)])).toBe(false)
  })

  test('where charges are disputed within forty-five days', async () => {
    expect(await isAttack([...shop(), ...following('chargeback', 45)])).toBe(true)
    expect(await isAttack([...shop(), ...following('chargeback', 45.01)])).toBe(false)
  })

  test('where owners are locked out of their own devices for days', async () => {
    const own = (account: string) => [`device:of-${account}`]

    expect(await isAttack([...shop(), ...following('login_failed', 10, own)])).toBe(true)
    expect(await isAttack([...shop(), ...following('login_failed', 10.01, own)])).toBe(false)
    expect(await isAttack([...shop(), ...following('login_failed', -1, own)])).toBe(false)
  })

  test('and stay one when such an owner mistypes a password half a year later', async () => {
    const own = (account: string) => [`device:of-${account}`]
    const lockedOut = [...shop(), ...following('login_failed', 2, own)]

    const mistyped = (days: number) => following('login_failed', days, own)

    expect(await isAttack([...lockedOut, ...mistyped(180)])).toBe(true)
    expect(await isAttack([...mistyped(-30), ...lockedOut, ...mistyped(180)])).toBe(true)
    expect(await isAttack([...mistyped(-30), ...shop(), ...mistyped(180)])).toBe(false)
  })

  test('but not where somebody else tries in vain, or on an address', async () => {
    const address = afterwards(3, (account) => seen(account, [`ip:of-${account}`], { at: start - 10 * day }))

    expect(await isAttack([...shop(), ...following('login_failed', 2, () => ['device:guesser'])])).toBe(false)
    expect(
      await isAttack([
        ...shop(),
        ...address,
        ...following('login_failed', 2, (account) => [`ip:of-${account}`]),
      ]),
    ).toBe(false)
  })

  test('where new payout details or contacts are the same ones', async () => {
    // Of two clients: three would make it a place where unrelated people meet.
    const entered = (identifier: (i: number) => string, days = 1) =>
      afterwards(2, (account, i) => seen(account, [identifier(i)], { at: start + i * 5 * hour + days * day }))

    expect(await isAttack([...shop(), ...entered(() => 'payout:one')])).toBe(true)
    expect(await isAttack([...shop(), ...entered(() => 'phone:one')])).toBe(true)
    expect(await isAttack([...shop(), ...entered((i) => `payout:${i}`)])).toBe(false)
    expect(await isAttack([...shop(), ...entered(() => 'address:one')])).toBe(false)
    expect(await isAttack([...shop(), ...entered(() => 'payout:one', 0)])).toBe(true)
    expect(await isAttack([...shop(), ...entered(() => 'payout:one', 3)])).toBe(true)
    expect(await isAttack([...shop(), ...entered(() => 'payout:one', 3.01)])).toBe(false)
    expect(await isAttack([...shop(), ...entered(() => 'payout:one', -1)])).toBe(false)
  })
})

test('money to one account makes an attack, to everybody’s own shop it does not', async () => {
  const paying = (to: (i: number) => string) => [
    ...clients,
    ...six.flatMap((account, i) =>
      intrusion(account, ['device:shop'], { at: start + i * hour, paid: to(i) }),
    ),
  ]

  expect(await isAttack(paying(() => 'mule'))).toBe(true)
  expect(await isAttack(paying((i) => (i < 2 ? 'mule' : `shop${i}`)))).toBe(true)
  expect(await isAttack(paying((i) => `shop${i}`))).toBe(false)
})

describe('visits of which nothing is changed at once are an attack', () => {
  const after = (type: EventType, days: number, count = 3) => [
    ...shop({}),
    ...afterwards(count, (account, i) => seen(account, [], { type, at: start + i * 5 * hour + days * day })),
  ]

  test('where owners change their credentials days later', async () => {
    expect(await isAttack(after('credential_change', 1))).toBe(true)
    expect(await isAttack(after('credential_change', 14))).toBe(true)
    expect(await isAttack(after('credential_change', 14.01))).toBe(false)
    expect(await isAttack(after('credential_change', 0.99))).toBe(false)
  })

  test('where charges are disputed within fourteen days', async () => {
    expect(await isAttack(after('chargeback', 14))).toBe(true)
    expect(await isAttack(after('chargeback', 14.01))).toBe(false)
  })

  test('and not where that befalls one', async () => {
    expect(await isAttack(after('chargeback', 3, 1))).toBe(false)
  })
})

test('credentials changed and strangers paid make an attack, one of the two does not', async () => {
  const visited = (then: Intrusion) => [
    ...clients,
    ...six.flatMap((account, i) =>
      intrusion(account, ['device:shop'], {
        at: start + i * hour,
        ...then,
        ...(then.paid && { paid: `shop${i}` }),
      }),
    ),
  ]

  expect(await isAttack(visited({ change: 'credential_change', paid: 'shop' }))).toBe(true)
  expect(await isAttack(visited({ paid: 'shop' }))).toBe(false)
  expect(await isAttack(visited({ change: 'credential_change' }))).toBe(false)
})

test('something must follow a quarter of the visits', async () => {
  const eight = names(8, 'client')
  const changed = (count: number): readonly StoredEvent[] => [
    ...townsfolk,
    ...eight.flatMap(established),
    ...attack(eight, 'device:shop', {}),
    ...eight.flatMap((account, i) => [
      seen(account, [], { type: 'chargeback', at: start + 20 * day }),
      ...(i < count ? [seen(account, [], { type: 'credential_change', at: start + 2 * day })] : []),
    ]),
  ]

  expect(await isAttack(changed(1))).toBe(false)
  expect(await isAttack(changed(2))).toBe(true)
})

test('where strangers’ visits often end so, two in six are ordinary', async () => {
  const restless = names(40, 'person')
    .slice(0, 20)
    .map((account, i) => seen(account, [], { type: 'payout_change', at: start - (200 - 5 * i) * day + hour }))
  const two = afterwards(2, (account) => seen(account, [], { type: 'payout_change', at: start + 2 * day }))

  expect(await isAttack([...shop(), ...two])).toBe(true)
  expect(await isAttack([...shop(), ...two, ...restless])).toBe(false)
})

describe('payout details that several accounts add', () => {
  const adding = (type: EventType) =>
    six.map((account, i) => seen(account, ['payout:one'], { type, at: start + i * hour }))

  test('are those of sleepers and mules, who are paid out on it and are no victims', async () => {
    expect(await isAttack([...clients, ...adding('payout')])).toBe(false)
  })

  test('even where a few of them then change a password', async () => {
    const changed = afterwards(2, (account) =>
      seen(account, [], { type: 'credential_change', at: start + day }),
    )

    expect(await isAttack([...clients, ...adding('payout'), ...changed])).toBe(false)
  })

  test('are an attack where a third came with a device just met', async () => {
    const changed = afterwards(2, (account) =>
      seen(account, [], { type: 'credential_change', at: start + day }),
    )
    const bringing = (count: number) =>
      afterwards(count, (account, i) =>
        seen(account, [`device:burner${i}`], { at: start + i * hour - 60_000 }),
      )

    expect(await isAttack([...clients, ...adding('payout'), ...changed, ...bringing(1)])).toBe(false)
    expect(await isAttack([...clients, ...adding('payout'), ...changed, ...bringing(2)])).toBe(true)
  })

  test('are none where a quarter came so', async () => {
    const four = names(4, 'solo')
    const events = four.flatMap((account, i) => [
      ...established(account),
      seen(account, ['payout:one'], { type: 'payout', at: start + i * hour }),
    ])
    const one = [
      seen('solo000', ['device:burner'], { at: start - 60_000 }),
      seen('solo000', [], { type: 'credential_change', at: start + day }),
    ]

    expect(await isAttack([...townsfolk, ...events, ...one])).toBe(false)
  })

  test('are an attack where half of the accounts changed something for it', async () => {
    const changed = (count: number) =>
      afterwards(count, (account) => seen(account, [], { type: 'credential_change', at: start + day }))

    expect(await isAttack([...clients, ...adding('payout'), ...changed(2)])).toBe(false)
    expect(await isAttack([...clients, ...adding('payout'), ...changed(3)])).toBe(true)
  })
})
