/**
 * Seeded randomness: sfc32 (C. Doty-Humphrey, PractRand), its state filled by splitmix32 from a seed and a name.
 * Streams of different names are independent, so whatever draws from one never shifts another.
 */

const wordLetters = 12
const pairs = Array.from({ length: 26 * 26 }, (_, n) => letter(Math.floor(n / 26)) + letter(n % 26))

export class Random {
  #a: number
  #b: number
  #c: number
  #counter: number

  constructor(seed: number, name: string) {
    const [low, high] = hashOf(`${seed}/${name}`)
    this.#a = splitMix(low)
    this.#b = splitMix(low + 1)
    this.#c = splitMix(high)
    this.#counter = splitMix(high + 1)
    for (let round = 0; round < 12; round += 1) this.#bits()
  }

  /** At least 0, below 1. */
  next(): number {
    return this.#bits() / 2 ** 32
  }

  /** At least `min`, below `max`. */
  between(min: number, max: number): number {
    return min + this.next() * (max - min)
  }

  /** A whole number from `min` to `max`, both included. */
  int(min: number, max: number): number {
    return min + Math.floor(this.next() * (max - min + 1))
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  pick<T>(list: readonly T[]): T {
    if (list.length === 0) throw new RangeError('Cannot pick from an empty list')
    return list[Math.floor(this.next() * list.length)] as T // below the length
  }

  /** One of the values, each as often as its weight says. */
  weighted<T>(choices: readonly (readonly [T, number])[]): T {
    let left = this.next() * choices.reduce((sum, [, weight]) => sum + weight, 0)
    for (const [value, weight] of choices) {
      left -= weight
      if (left < 0) return value
    }
    const last = choices.at(-1)
    if (last === undefined) throw new RangeError('Cannot choose among nothing')
    return last[0]
  }

  exponential(mean: number): number {
    return -mean * Math.log(1 - this.next())
  }

  normal(mean: number, deviation: number): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.next()))
    return mean + deviation * radius * Math.cos(2 * Math.PI * this.next())
  }

  lognormal(median: number, sigma: number): number {
    return median * Math.exp(this.normal(0, sigma))
  }

  shuffle<T>(list: readonly T[]): T[] {
    const shuffled = [...list]
    for (let at = shuffled.length - 1; at > 0; at -= 1) {
      const other = this.int(0, at)
      const held = shuffled[at] as T // both are in range
      shuffled[at] = shuffled[other] as T
      shuffled[other] = held
    }
    return shuffled
  }

  /** Twelve letters, told from every other word of a world. No digits, so it never looks like a card number. */
  word(): string {
    let text = ''
    while (text.length < wordLetters) {
      const bits = this.#bits()
      text += pairs[bits % 676]
      text += pairs[Math.floor(bits / 676) % 676]
      text += pairs[Math.floor(bits / 456_976) % 676]
    }
    return text
  }

  #bits(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0
    this.#counter = (this.#counter + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum
    return sum >>> 0
  }
}

/** A number of 32 bits from two others: what changes by rule and not by chance, such as a carrier's exits. */
export const mix = (a: number, b: number): number => splitMix(Math.imul(a, 0x9e3779b1) ^ splitMix(b)) >>> 0

function splitMix(state: number): number {
  let bits = (state + 0x9e3779b9) | 0
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return bits ^ (bits >>> 16)
}

/** Two hashes of 32 bits each, so that no two names of a world begin alike. */
function hashOf(text: string): readonly [number, number] {
  let low = 0xdeadbeef
  let high = 0x41c6ce57
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    low = Math.imul(low ^ unit, 0x9e3779b1)
    high = Math.imul(high ^ unit, 0x5f356495)
    low = (low << 13) | (low >>> 19)
    high = (high << 7) | (high >>> 25)
  }
  return [low, high]
}

function letter(n: number): string {
  return String.fromCharCode(97 + n)
}
