import { describe, expect, test } from '@jest/globals'
import { day, seen, start } from '../../support/core/states.ts'
import { cohortsIn, names } from '../../support/core/tables.ts'
import { attack, established, townsfolk } from '../../support/core/takeovers.ts'

const victims = names(12, 'victim')
const perMachine = 4
const machines = ['device:one', 'device:two', 'device:three']
const crew = names(2, 'crew')

/** Each machine has victims of its own, of whom one takes the account back days later; the crew sits at `usedByCrew`. */
const room = (usedByCrew: readonly string[]) => [
  ...townsfolk,
  ...victims.flatMap(established),
  ...machines.flatMap((machine, i) => {
    const own = victims.slice(i * perMachine, (i + 1) * perMachine)
    const [first = ''] = own
    return [
      ...attack(own, machine, { at: start + i * day }),
      seen(first, [], { type: 'credential_change', at: start + i * day + 5 * day }),
    ]
  }),
  ...crew.flatMap((account) => [
    seen(account, [`device:of-${account}`], { type: 'signup', at: start - day }),
    ...[0, 3, 9].map((days) => seen(account, [...usedByCrew], { at: start + days * day })),
  ]),
]

describe('machines that the same people use', () => {
  test('are one place, of whose visitors enough took their accounts back', async () => {
    expect(await cohortsIn(room(machines))).toEqual([{ victims, receivers: [], others: crew }])
  })

  test('are places of their own where nobody, or one person, sits at two of them', async () => {
    expect(await cohortsIn(room([]))).toEqual([])
    expect(await cohortsIn(room(['device:elsewhere']))).toEqual([])
    const one = room(machines).filter(({ account }) => account !== crew[1])
    expect(await cohortsIn(one)).toEqual([])
  })
})
