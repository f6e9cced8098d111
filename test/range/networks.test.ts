import { expect, test } from '@jest/globals'
import {
  addressBlocks,
  isCarrierAddress,
  isCrowdAddress,
  type NetworkFigures,
  networksOf,
} from '../../range/networks.ts'
import { newPhone } from '../../range/newcomer.ts'
import { Random } from '../../range/random.ts'
import { holdsLuhnNumber } from './contract.ts'

const dayMs = 86_400_000
const times = { startAt: 0, endAt: 90 * dayMs }
const figures: NetworkFigures = {
  carrierUsers: 1,
  carriers: 4,
  accountsPerAddress: 300,
  home: { static: 1, dynamic: 1, carrierNat: 1 },
  leaseDays: 20,
  ipv6: 1,
  vpn: { users: 0.05, exits: 40 },
  relay: { users: 0.03, exits: 20 },
  campus: { users: 0.1, median: 40, sigma: 1.5 },
}

test('no address of a home with IPv6 spells a card number', () => {
  const networks = networksOf(figures, 5_000, times)
  const random = new Random(1, 'homes')

  const addresses = Array.from({ length: 3_000 }, () => networks.home(random)).flatMap((home) =>
    Array.from({ length: 90 }, (_, day) => home.addressAt(day * dayMs, random)),
  )

  expect(addresses.filter(holdsLuhnNumber)).toEqual([])
  expect(addresses.filter((address) => address.startsWith('2001:db8:')).length).toBeGreaterThan(100_000)
})

test('of one home the network of IPv6 stays and the rest changes by the day', () => {
  const random = new Random(2, 'home')
  const home = networksOf(figures, 5_000, times).home(random)
  const seen = (at: number) =>
    new Set(
      Array.from({ length: 40 }, () => home.addressAt(at, random)).filter((address) => address.includes(':')),
    )

  const [first] = [...seen(0)]
  const [second] = [...seen(dayMs)]

  expect(seen(0).size).toBe(1)
  expect(first).not.toBe(second)
  expect(first?.split(':').slice(0, 4)).toEqual(second?.split(':').slice(0, 4))
})

test('about 300 subscribers of a carrier share an address at a time, and others the week after', () => {
  const networks = networksOf(figures, 12_000, times)
  const random = new Random(3, 'carrier')
  const lines = Array.from({ length: 12_000 }, () => networks.carrierLine(random))
  const crowds = (at: number) => Map.groupBy(lines, (line) => line.addressAt(at, random))

  const sizes = [...crowds(0).values()].map(({ length }) => length)
  const moved = lines.filter((line) => line.addressAt(0, random) !== line.addressAt(8 * dayMs, random))

  expect(sizes).toHaveLength(40)
  for (const size of sizes) expect(Math.abs(size - 300)).toBeLessThan(80)
  expect(moved.length / lines.length).toBeGreaterThan(0.8)
  expect([...crowds(0).keys()].every(isCarrierAddress)).toBe(true)
})

test('every address lies in a block that belongs to nobody', () => {
  const random = new Random(4, 'blocks')
  const networks = networksOf({ ...figures, ipv6: 0.3 }, 5_000, times)
  const drawn = Array.from({ length: 2_000 }, () =>
    [
      networks.home(random),
      networks.hosting(random),
      networks.carrierLine(random),
      networks.vpn(random),
      networks.relay(random),
      networks.campus(random),
      networks.office(random),
      networks.cafe(random),
    ].map((network) => network.addressAt(random.between(0, times.endAt), random)),
  ).flat()

  expect(
    drawn.filter((address) => !/^(2(4\d|50|51)\.\d+\.\d+\.\d+|2001:db8:[0-9a-f:]+)$/.test(address)),
  ).toEqual([])
  expect(addressBlocks.every(({ cidr }) => /^(2(4\d|50|51)\.|2001:db8:)/.test(cidr))).toBe(true)
})

test('phone numbers of two million people hardly ever meet, and none is a card number', () => {
  const random = new Random(5, 'phones')
  const phones = Array.from({ length: 100_000 }, () => newPhone(random))

  // Of 100,000 in 2 billion, 2.5 pairs.
  expect(new Set(phones).size).toBeGreaterThan(99_980)
  expect(phones.every((phone) => /^\+1[01]\d{9}$/.test(phone) && !holdsLuhnNumber(phone))).toBe(true)
})

test('of a hundred people eight hide, and come out at sixty addresses', () => {
  const random = new Random(6, 'veils')
  const networks = networksOf(figures, 5_000, times)
  const veils = Array.from({ length: 20_000 }, () => networks.veil(random)).flatMap((veil) => veil ?? [])
  const exits = new Set(veils.flatMap((veil) => Array.from({ length: 9 }, () => veil.addressAt(0, random))))

  expect(Math.abs(veils.length / 20_000 - 0.08)).toBeLessThan(0.01)
  expect(exits.size).toBe(60)
  expect([...exits].every(isCrowdAddress)).toBe(true)
})

test('organisations are small mostly, at most 1,500, and their people come from an address for 250', () => {
  const networks = networksOf(figures, 200_000, times)
  const random = new Random(7, 'campuses')
  const drawn = Array.from({ length: 40_000 }, () => networks.campus(random))
  const campuses = [...new Map(drawn.map((campus) => [campus.number, campus])).values()]
  const sizes = campuses.map(({ people }) => people).toSorted((a, b) => a - b)
  const [large] = campuses.filter(({ people }) => people > 900)
  const seen = new Set(Array.from({ length: 400 }, () => large?.addressAt(0, random)))

  expect(sizes[Math.floor(sizes.length / 2)]).toBeLessThan(60)
  expect(sizes.at(-1)).toBeGreaterThan(600)
  expect(sizes.at(-1)).toBeLessThanOrEqual(1_500)
  expect(seen.size).toBe(Math.ceil((large?.people ?? 0) / 250))
})
