/** Real data beside the repository. CI has it; elsewhere a suite that needs it says loudly that it did not run. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from '@jest/globals'

const folder = (name: string): string => join(import.meta.dirname, '../../../shared/data', name)

/** A suite over `../shared/data/NAME`. In CI missing data is a failure, never a skip. */
export function describeWithData(name: string, suite: (dir: string) => void): void {
  const dir = folder(name)
  if (existsSync(dir)) {
    describe(`on ${name}`, () => suite(dir))
    return
  }
  if (process.env['CI']) {
    test(`the data ${name} is there`, () => {
      throw new Error(`${dir} is missing, and CI must not pass without it`)
    })
    return
  }
  console.warn(`NOT RUN: the suite on ${name}, because ${dir} is not there`)
  describe.skip(`on ${name}`, () => suite(dir))
}
