import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { isCommonAddress, Mint, sharedAddress } from '../../../range/colony/ground/mint.ts'
import { Random } from '../../../range/random.ts'

const homesOfBlock = 2_200

test('no two blocks of two million accounts mint the same number, line or home', () => {
  fc.assert(
    fc.property(fc.integer(), fc.uniqueArray(fc.nat(999), { minLength: 2, maxLength: 6 }), (seed, blocks) => {
      const minted = blocks.flatMap((block) => {
        const mint = new Mint(new Random(seed, String(block)), { seed, block })
        return Array.from({ length: homesOfBlock }, () => [
          mint.phone(),
          mint.fixedAddress(),
          mint.leasedAddress(),
          mint.homePrefix(),
        ]).flat()
      })

      expect(new Set(minted).size).toBe(minted.length)
    }),
    { numRuns: 20 },
  )
})

test('addresses that say nothing of who meets are told from those of a home', () => {
  const mint = new Mint(new Random(1, 'mint'), { seed: 1, block: 3 })

  expect([mint.fixedAddress(), `${mint.homePrefix()}::1`].map(isCommonAddress)).toEqual([false, false])
  expect([mint.leasedAddress(), sharedAddress(0, 0), sharedAddress(4_000, 249)].map(isCommonAddress)).toEqual(
    [true, true, true],
  )
})
