/** No kind of event and no kind of identifier is the attackers' own. */
import { describe, expect, test } from '@jest/globals'
import { sentTo } from '../../../range/customs.ts'
import { fraudRoles } from '../../../range/truth.ts'
import { worlds } from '../../../range/worlds.ts'
import { type MadeEvent, makeWorld } from '../made-world.ts'

/** What an event lets see of its kind: its type, what was done, and which identifiers came with it. */
const looks = ({ type, action, identifiers = {} }: MadeEvent & { readonly action?: string }) => [
  `${type} ${action ?? ''}`,
  ...Object.keys(identifiers).map((kind) => `${type} with ${kind}`),
]

describe.each(['town', 'market', 'stream'])('in a %s', (world) => {
  test('honest people do all that attackers do, and more of them do', async () => {
    const { events, truth } = await makeWorld({ world, seed: 6, accounts: 6_000 })
    const roleOf = new Map(truth.map(({ account, role }) => [account, role]))
    const doing = (wanted: (role: string) => boolean) => {
      const accounts = new Map<string, Set<string>>()
      for (const event of events.filter(({ account }) => wanted(roleOf.get(account) ?? ''))) {
        for (const look of looks(event)) {
          accounts.set(look, (accounts.get(look) ?? new Set()).add(event.account))
        }
      }
      return new Map([...accounts].map(([look, { size }]) => [look, size]))
    }
    const frauds = doing((role) => fraudRoles.has(role as 'member'))
    const honest = doing((role) => role === 'benign')

    const telling = [...frauds].filter(([look, count]) => count > 3 && (honest.get(look) ?? 0) < count)
    expect(telling).toEqual([])
  })
})

test('addresses are shown where parcels are sent, and nowhere else', () => {
  const doors = ['town', 'market', 'stream'].map((name) => {
    const world = worlds[name]
    return world && sentTo(world.customs, '1 mill abc street')
  })

  expect(doors).toEqual([{ address: '1 mill abc street' }, { address: '1 mill abc street' }, {}])
})
