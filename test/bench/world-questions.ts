/** A world of accounts by number, of which one in ten shares a device and a card with nine others, and who asks about it. */
export type WorldQuestion = 'match' | 'links' | 'explain'

export const accountOf = (n: number): string => `account-${n}`

const ringSize = 10

/** Every tenth ten of accounts is a ring. */
const isInRing = (n: number): boolean => Math.floor(n / ringSize) % ringSize === 0
const ringOf = (n: number): number => Math.floor(n / ringSize)

/** Accounts on one address. */
const perAddress = 25

export const shownBy = (n: number): Readonly<Record<string, string>> => ({
  device: isInRing(n) ? `ring-device-${ringOf(n)}` : `device-${n}`,
  ip: addressOf(Math.floor(n / perAddress)),
  ...(isInRing(n) && { payment: `tok_ring_${ringOf(n)}` }),
})

const addressOf = (n: number): string => `11.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`

/** Another account that shares with it, where there is one. */
export const mateOf = (n: number): number => (n % ringSize === 0 ? n + 1 : n - 1)

/** Somebody new with the identifiers of an account. */
export const newcomer = (n: number, number: number) => ({
  eventId: `new-${process.pid}-${number}`,
  type: 'signup',
  occurredAt: new Date().toISOString(),
  account: `new-${process.pid}-${number}`,
  identifiers: shownBy(n),
})
