/**
 * What is measured, from the environment: `LINKING_SEEDS=1-3`, `LINKING_WORLDS=town,bazaar`. Seeds from 1,000 on are
 * for reports: they are measured only when they are asked for by name.
 */

const seedsUsual = '1-3'
const worldsUsual = 'town,market,stream,bazaar,airwaves,purse'

export const seeds: readonly number[] = (process.env['LINKING_SEEDS'] ?? seedsUsual)
  .split(',')
  .flatMap((part) => {
    const [first = 0, last = first] = part.split('-').map(Number)
    return Array.from({ length: last - first + 1 }, (_, n) => first + n)
  })

export const worlds: readonly string[] = (process.env['LINKING_WORLDS'] ?? worldsUsual).split(',')
