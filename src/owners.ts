/** Who looks after a ring: said at once, no run needed. */
import { AppError } from '../graph/errors.ts'
import { looksLikeCardNumber } from '../graph/identifiers/card-number.ts'
import type { LinkStore } from '../graph/ports.ts'
import type { Ring } from '../graph/ring.ts'
import { newId } from './ids.ts'

export const ownerLettersMax = 100

export interface AssignOrder {
  readonly ring: Ring
  /** `null` for nobody. */
  readonly owner: string | null
  readonly by: string
  readonly at: number
}

/** The ring as it is now. Throws `conflict` for one that is no longer active, `card_number` and `invalid_input`. */
export async function assignRing(
  store: Pick<LinkStore, 'assign'>,
  { ring, owner, by, at }: AssignOrder,
): Promise<Ring> {
  if (ring.status !== 'active') {
    const remedy = ring.movedTo === undefined ? 'see its lineage' : `give ${ring.movedTo} an owner`
    throw new AppError('conflict', `The ring is ${ring.status}: ${remedy}`)
  }
  const name = owner === null ? undefined : checkedName(owner)
  const isNew = await store.assign({
    id: newId('asg', at),
    ring: ring.id,
    ...(name !== undefined && { owner: name }),
    by,
    at,
  })
  if (!isNew) return ring
  const { owner: _, ...others } = ring
  return { ...others, ...(name !== undefined && { owner: { name, since: at } }) }
}

function checkedName(owner: string): string {
  const name = owner.trim()
  if (name === '' || name.length > ownerLettersMax)
    throw new AppError('invalid_input', `An owner's name has 1 to ${ownerLettersMax} characters`)
  if (looksLikeCardNumber(name))
    throw new AppError('card_number', 'The name holds what looks like a card number: leave it out')
  return name
}
