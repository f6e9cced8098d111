/** What customers of a business do: give an address, sell, come with a code. */
import type { Random } from './random.ts'

export interface CustomFigures {
  /** People who give a postal address, of 1; and of those, who collect at a parcel locker. */
  readonly addressed: number
  readonly lockerUsers: number
  readonly accountsPerLocker: number
  /** People whom the platform pays out to, of 1. */
  readonly sellers: number
  /** Sign-ups that name a promotion, of 1. */
  readonly coded: number
  /** What a visit is for besides, of 1 each. */
  readonly pastimes: Readonly<Record<Pastime, number>>
}

export type Pastime = 'stream' | 'follow' | 'message' | 'review' | 'list'

const streets = ['mill', 'church', 'station', 'harbour', 'garden', 'school', 'bridge', 'market', 'forest']

/** A street no town has. Flat numbers of three digits at most spell no card number. */
export const newAddress = (random: Random): string =>
  `${random.int(1, 240)} ${random.pick(streets)} ${random.word()} street`

const shippersAddressed = 0.05

/** Where something is sent to, on a platform that sends things. */
export const sentTo = ({ addressed }: CustomFigures, address: string): { readonly address?: string } =>
  addressed < shippersAddressed ? {} : { address }

const lockerWords = 'parcel locker'

/** A locker of the neighbourhood. */
export const lockerAt = (place: string, number: number): string =>
  `${lockerWords} ${number} ${place} example street`

export const isLocker = (address: string): boolean => address.startsWith(lockerWords)

/** The code of a campaign; many sign up with it. */
export const campaignCode = (number: number): string => `WELCOME${String.fromCharCode(65 + (number % 26))}`

/** A code somebody gives to friends. */
export const newCode = (random: Random): string => `FRIEND${random.word().toUpperCase()}`

/** A perceptual hash. Each of its groups has a letter, so that none spells a card number. */
export const newHash = (random: Random): string =>
  Array.from({ length: 4 }, () => (0xa000 + random.int(0, 0x5fff)).toString(16)).join('')

/** Under a reserved name (RFC 2606), so that no link leads anywhere. */
export const newSite = (random: Random): string => `https://${random.word()}.example`

export const newItem = (random: Random): string => `item_${random.word()}`
