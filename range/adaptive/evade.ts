/** Events of rings that have learnt: what their accounts shared of a kind, each now has for itself. */
import { newSite } from '../customs.ts'
import { v4 } from '../networks/lines.ts'
import { newEmail, newPhone } from '../newcomer.ts'
import { Random } from '../random.ts'
import type { TruthLine } from '../truth.ts'
import type { Evasions } from './attacker.ts'

/** Homes with an address of their own (networks.ts). */
const homeOctets = [240, 243] as const

interface ToldEvent {
  readonly account: string
  readonly identifiers?: Readonly<Record<string, string>>
}

/**
 * Lines of events, of a whole world. What an account alone of its ring uses stays, so that victims keep what is their
 * own; whoever else used a shared thing keeps it.
 */
export function evaded(
  lines: readonly string[],
  truth: readonly TruthLine[],
  evasions: Evasions,
): readonly string[] {
  const ringOf = new Map(
    truth.flatMap(({ account, ring }) =>
      ring !== null && evasions.has(ring) ? [[account, ring] as const] : [],
    ),
  )
  const told = lines.map((line) => JSON.parse(line) as ToldEvent)
  const users = usersByRing(told, ringOf)
  return lines.map((line, place) => {
    const { account, identifiers } = told[place] ?? { account: '' }
    const ring = ringOf.get(account)
    if (ring === undefined || identifiers === undefined) return line
    const kinds = evasions.get(ring) ?? new Set<string>()
    const changed = Object.entries(identifiers).map(([kind, value]) => {
      const isShared = kinds.has(kind) && (users.get(keyOf(ring, kind, value))?.size ?? 0) > 1
      return [kind, isShared ? ownOf(kind, value, account) : value] as const
    })
    return JSON.stringify({ ...told[place], identifiers: Object.fromEntries(changed) })
  })
}

const keyOf = (ring: string, kind: string, value: string): string => `${ring} ${kind} ${value}`

function usersByRing(
  told: readonly ToldEvent[],
  ringOf: ReadonlyMap<string, string>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const users = new Map<string, Set<string>>()
  for (const { account, identifiers = {} } of told) {
    const ring = ringOf.get(account)
    if (ring === undefined) continue
    for (const [kind, value] of Object.entries(identifiers)) {
      const key = keyOf(ring, kind, value)
      users.set(key, (users.get(key) ?? new Set<string>()).add(account))
    }
  }
  return users
}

/** The same account has the same in place of a value, in every event. */
function ownOf(kind: string, value: string, account: string): string {
  const random = new Random(0, `evaded/${kind}/${value}/${account}`)
  if (kind === 'ip') return v4(random.int(...homeOctets), random.int(0, 2 ** 24 - 1))
  if (kind === 'email') return newEmail(random)
  if (kind === 'phone') return newPhone(random)
  if (kind === 'url') return newSite(random)
  return `${value}-${random.word()}`
}
