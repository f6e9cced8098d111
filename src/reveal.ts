/** Opens what is sealed of an identifier: never before it is written down who did so, and why. */
import type { Doing } from '../graph/audit.ts'
import { AppError } from '../graph/errors.ts'
import type { IdentifierKey } from '../graph/model.ts'
import type { LinkStore, Secrets } from '../graph/ports.ts'
import { identifierRevealed } from './audit/acts.ts'
import { newId } from './ids.ts'
import { checkedReason } from './reasons.ts'
import { iso } from './views/times.ts'

interface Around {
  readonly store: Pick<LinkStore, 'sealedValue' | 'noteAct'>
  readonly openValue: Secrets['openValue']
}

/** Throws `not_found`, `value_not_sealed`, `key_mismatch`, and what `checkedReason` throws. */
export async function reveal(
  { store, openValue }: Around,
  { kind, ref }: IdentifierKey,
  { by, at, reason }: Doing & { readonly reason: string },
) {
  const said = checkedReason(reason)
  const found = await store.sealedValue({ kind, ref })
  if (!found)
    throw new AppError('not_found', 'Nobody used such an identifier: name it as explanations show it')
  if (found.sealed === undefined) {
    throw new AppError(
      'value_not_sealed',
      'No value of this identifier is kept: name its kind in RINGLEADER_SEAL, and what events bring from then on is',
    )
  }
  const id = newId('open', at)
  await store.noteAct(identifierRevealed({ kind, ref }, { id, by, at, reason: said }))
  return { kind, ref, value: openValue({ kind, ref }, found.sealed), opening: id, by, at: iso(at) }
}

export type Revealed = Awaited<ReturnType<typeof reveal>>
