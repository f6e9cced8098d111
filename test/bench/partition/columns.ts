/**
 * Accounts and what they use, as columns, numbered at random. Most people have things of their own, some share with a
 * few others, rings share much. With `crowd`, a quarter of the accounts use devices of up to 190 users besides (a pool of
 * machines for hire), which ties them into one giant component.
 */
import { numbers } from '../graph.ts'

export interface Columns {
  readonly accounts: number
  readonly identifiers: number
  /** Row by row. */
  readonly account: Int32Array
  readonly identifier: Int32Array
  /** By identifier. */
  readonly kind: Uint8Array
}

/** Devices and payments link; an address only strengthens. */
export const kinds = { device: 0, payment: 1, ip: 2 } as const

interface Shelf {
  readonly kind: number
  readonly first: number
  readonly size: number
  used: number
}

export function columnsOf(accounts: number, { crowd, seed }: { crowd: boolean; seed: number }): Columns {
  const random = numbers(seed)
  const [devices, payments, ips, pool] = shelves(accounts, crowd ? Math.floor(accounts * 0.0035) : 0)
  const rows: [account: number, identifier: number][] = []
  const below = (count: number): number => Math.floor(random() * count)
  const fresh = (shelf: Shelf): number => shelf.first + (shelf.used++ % shelf.size)
  const lately = (shelf: Shelf): number =>
    shelf.first + ((shelf.used - 1 - below(10) + shelf.size) % shelf.size)
  const anyIp = (): number => ips.first + below(ips.size)
  const hired = hireFrom(pool, random)

  /** 5 to 60 accounts on few devices, cards and addresses. */
  function ring(first: number, size: number): void {
    const [own, cards] = [1 + Math.floor(size / 4), 1 + Math.floor(size / 6)]
    const things = Array.from({ length: own }, () => fresh(devices))
    const paid = Array.from({ length: cards }, () => fresh(payments))
    const places = Array.from({ length: own }, anyIp)
    for (let account = first; account < first + size; account++) {
      for (let i = 0; i < 2; i++) {
        rows.push([account, things[below(own)] ?? 0], [account, places[below(own)] ?? 0])
      }
      rows.push([account, paid[below(cards)] ?? 0])
      if (crowd && random() < 0.05) rows.push([account, hired()])
    }
  }

  function person(account: number): void {
    const many = random()
    const sharing = crowd ? 0.1 : 0.05
    for (let i = 0; i < (many < 0.7 ? 1 : many < 0.93 ? 2 : 3); i++)
      rows.push([account, devices.used > 10 && random() < sharing ? lately(devices) : fresh(devices)])
    // One sight in eight is of an address that everybody shows.
    for (let i = 0; i <= below(3); i++)
      rows.push([
        account,
        random() < 0.12 ? ips.first + Math.floor(random() ** 6 * ips.size * 0.02) : anyIp(),
      ])
    if (random() < 0.6)
      rows.push([account, payments.used > 10 && random() < 0.03 ? lately(payments) : fresh(payments)])
    if (!crowd || random() >= 0.24) return
    rows.push([account, hired()])
    if (random() < 0.15) rows.push([account, hired()])
  }

  for (let account = 0; account < accounts; ) {
    const size = random() < 0.004 ? Math.min(accounts - account, 5 + Math.floor(55 * random() * random())) : 1
    if (size > 1) ring(account, size)
    else person(account)
    account += size
  }
  return renumbered(rows, { accounts, shelves: [devices, payments, ips, pool], random })
}

function shelves(accounts: number, pool: number): readonly [Shelf, Shelf, Shelf, Shelf] {
  const [devices, payments, ips] = [1.1, 0.9, 0.9].map((share) => Math.floor(accounts * share))
  const [d = 1, p = 1, i = 1] = [devices, payments, ips]
  return [
    { kind: kinds.device, first: 0, size: d, used: 0 },
    { kind: kinds.payment, first: d, size: p, used: 0 },
    { kind: kinds.ip, first: d + p, size: i, used: 0 },
    { kind: kinds.device, first: d + p + i, size: pool, used: 0 },
  ]
}

/** Some machines are hired by nearly two hundred, most by a few. */
function hireFrom({ first, size }: Shelf, random: () => number): () => number {
  const until: number[] = []
  let sum = 0
  for (let i = 0; i < size; i++) until.push((sum += Math.min(190, 6 / (random() + 0.003) ** 0.75)))
  return () => {
    const at = random() * sum
    let [from, to] = [0, size - 1]
    while (from < to) {
      const middle = (from + to) >>> 1
      if ((until[middle] ?? 0) < at) from = middle + 1
      else to = middle
    }
    return first + from
  }
}

/** Each row once, in order of account and identifier; numbers tell nothing of who belongs together. */
function renumbered(
  rows: readonly (readonly [number, number])[],
  { accounts, shelves, random }: { accounts: number; shelves: readonly Shelf[]; random: () => number },
): Columns {
  const identifiers = shelves.reduce((sum, { size }) => sum + size, 0)
  const [accountOf, identifierOf] = [shuffled(accounts, random), shuffled(identifiers, random)]
  const keys = Float64Array.from(
    rows,
    ([account, identifier]) => (accountOf[account] ?? 0) * identifiers + (identifierOf[identifier] ?? 0),
  ).sort()
  const unique = keys.filter((key, i) => key !== keys[i - 1])
  const kind = new Uint8Array(identifiers)
  for (const shelf of shelves)
    for (let i = 0; i < shelf.size; i++) kind[identifierOf[shelf.first + i] ?? 0] = shelf.kind
  return {
    accounts,
    identifiers,
    account: Int32Array.from(unique, (key) => Math.floor(key / identifiers)),
    identifier: Int32Array.from(unique, (key) => key % identifiers),
    kind,
  }
}

/** Fisher and Yates. */
function shuffled(count: number, random: () => number): Int32Array {
  const numbers = Int32Array.from({ length: count }, (_, i) => i)
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    const other = numbers[j] ?? 0
    numbers[j] = numbers[i] ?? 0
    numbers[i] = other
  }
  return numbers
}
