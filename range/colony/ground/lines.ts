/** Ways to the internet: which address somebody has at a time. `who` tells devices behind one line apart. */
import { mix } from '../../random.ts'
import { dayMs, hourMs } from '../../times.ts'
import { hextet, type Mint, sharedAddress } from './mint.ts'

export type Line = (at: number, who: number) => string

export const fixedLine = (mint: Mint): Line => {
  const address = mint.fixedAddress()
  return () => address
}

/** One prefix a home, another host every day and device (RFC 8981). */
export const sixLine = (mint: Mint): Line => {
  const prefix = mint.homePrefix()
  return (at, who) => {
    const low = mix(who, Math.floor(at / dayMs))
    const high = mix(low, who)
    return `${prefix}:${hextet(low)}:${hextet(low >>> 16)}:${hextet(high)}:${hextet(high >>> 16)}`
  }
}

/** Lines of an area that swap addresses every some days: who has one today is not who had it last month. */
export function leasedLines(
  mint: Mint,
  { count, leaseDays }: { count: number; leaseDays: number },
): () => Line {
  const pool = Array.from({ length: count }, () => mint.leasedAddress())
  const stride = 1 + 2 * Math.floor(count / 7)
  let taken = 0
  return () => {
    const slot = taken++
    const phase = mix(slot, count)
    return (at) => {
      const turn = Math.floor(at / (leaseDays * dayMs) + (phase % 1_000) / 1_000)
      return pool[(slot + turn * stride) % count] ?? ''
    }
  }
}

export const exitsOfNetwork = 250

/** Many behind few: another exit every some hours. */
export const exitLine =
  (network: number, { exits, hours }: { exits: number; hours: number }): Line =>
  (at, who) => {
    const turn = Math.floor(at / (hours * hourMs) + (who % 97) / 97)
    const exit = mix(who, turn) % exits
    return sharedAddress(network + Math.floor(exit / exitsOfNetwork), exit % exitsOfNetwork)
  }

/** By turns through other people's lines, as rented residential proxies lead. */
export const turnsOf =
  (lines: readonly Line[], hours: number): Line =>
  (at, who) => {
    const turn = mix(who, Math.floor(at / (hours * hourMs)))
    return lines[turn % lines.length]?.(at, who) ?? ''
  }
