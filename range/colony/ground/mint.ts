/**
 * Values nobody else has. Addresses come from 240.0.0.0/4 (RFC 1112, reserved) and 2001:db8::/32 (RFC 3849), telephone
 * numbers from +999 (unassigned by ITU-T E.164), domains from RFC 2606. Numbers are counted and then scattered, so that
 * blocks made apart never meet; neighbours of a block lie in the same /24.
 */
import { mix, type Random } from '../../random.ts'

const addressesOfBlock = 16_384
const streetsOfBlock = 16
const phonesOfBlock = 8_192
const networkBits = 18
const phonePrime = 999_999_937
const phoneStep = 4_937_273
const mailHosts = ['post.example', 'mail.example', 'inbox.test', 'letters.test', 'example.org'] as const

/** The first of four quarters holds lines of one home, the second those lent for days, the third what all may use. */
const quarters = { fixed: 240, leased: 244, shared: 248 } as const

export class Mint {
  readonly #random: Random
  readonly #block: number
  readonly #salt: number
  #fixed = 0
  #leased = 0
  #homes = 0
  #phones = 0

  constructor(random: Random, { seed, block }: { seed: number; block: number }) {
    this.#random = random
    this.#block = block
    this.#salt = mix(seed, 0x51ed)
  }

  word(prefix: string): string {
    return `${prefix}-${this.#random.word()}`
  }

  /** A number that stands for a device or a person where addresses are dealt out. */
  number(): number {
    return this.#random.int(0, 2 ** 31)
  }

  email(host: string = this.#random.pick(mailHosts)): string {
    return `${this.#random.word()}@${host}`
  }

  phone(): string {
    const serial = this.#block * phonesOfBlock + this.#phones++
    const number = ((serial % phonePrime) * phoneStep + this.#salt) % phonePrime
    return `+999${String(number).padStart(9, '0')}`
  }

  address(): string {
    return `${this.#random.pick(['quay', 'lane', 'yard', 'hill', 'gate'])} ${this.#random.word()}`
  }

  fixedAddress(): string {
    return scattered(quarters.fixed, this.#block * addressesOfBlock + this.#fixed++, this.#salt)
  }

  leasedAddress(): string {
    return scattered(quarters.leased, this.#block * addressesOfBlock + this.#leased++, this.#salt)
  }

  /** The first half of an IPv6 address: what one home has. */
  homePrefix(): string {
    const home = this.#homes++
    const street = this.#block * streetsOfBlock + Math.floor(home / 256)
    return `2001:db8:${hextet(Math.imul(street, 7_919) + (this.#salt & 0xffff))}:${hextet(home % 256)}`
  }
}

/** Addresses of organisations and carriers, which all blocks may use: one network each. */
export const sharedAddress = (network: number, host: number): string =>
  `${quarters.shared + (network % 4)}.${(network >>> 2) & 255}.${(network >>> 10) & 255}.${(host % 254) + 1}`

/** Of a carrier or large organisation, or lent by turns: says nothing of who meets there. */
export const isCommonAddress = (address: string): boolean => {
  const first = Number(address.slice(0, address.indexOf('.')))
  return first >= quarters.leased && first <= 255
}

/** Begins with a letter, so that no run of digits grows long enough for a card number. */
export const hextet = (number: number): string => {
  const bits = number >>> 0
  return `${'abcdef'[bits % 6]}${(Math.floor(bits / 6) % 4_096).toString(16).padStart(3, '0')}`
}

/** Odd factors permute the networks, so two serials never meet. */
function scattered(quarter: number, serial: number, salt: number): string {
  const network = (Math.imul(Math.floor(serial / 254), 0x9e3779b1) + salt) & (2 ** networkBits - 1)
  return `${quarter + (network >>> 16)}.${(network >>> 8) & 255}.${network & 255}.${(serial % 254) + 1}`
}
