/** The home lines of one block. */
import type { Random } from '../../random.ts'
import type { Tuning } from '../tuning.ts'
import { fixedLine, type Line, leasedLines, sixLine } from './lines.ts'
import type { Mint } from './mint.ts'

export interface Area {
  /** A home's line, of the kind the world's providers sell. */
  homeLine(random: Random): Line
}

export function areaOf({ mint, accounts }: { mint: Mint; accounts: number }, tuning: Tuning): Area {
  // Never more homes than accounts, so that two homes hold one address at different times only.
  const lent = leasedLines(mint, { count: 2 * accounts + 101, leaseDays: tuning.leaseDays })
  return {
    homeLine(random) {
      const kind = random.next()
      if (kind < tuning.fixedShare) return fixedLine(mint)
      return kind < tuning.fixedShare + tuning.sixShare ? sixLine(mint) : lent()
    },
  }
}
