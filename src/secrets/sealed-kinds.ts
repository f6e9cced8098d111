/** Of which kinds values are kept, encrypted. */
import { AppError } from '../../graph/errors.ts'
import type { KindRegistry } from '../../graph/identifiers/registry.ts'

/** `all` is every kind that events send. Throws `config_invalid` for one that they do not. */
export function sealedKinds(named: readonly string[], registry: KindRegistry): ReadonlySet<string> {
  const accepted = registry.accepted()
  const unknown = named.filter((name) => name !== 'all' && !accepted.includes(name))
  if (unknown.length > 0) {
    throw new AppError(
      'config_invalid',
      `RINGLEADER_SEAL: ${unknown.join(', ')} is no kind that events send: use all, or some of ${accepted.join(', ')}`,
    )
  }
  return new Set(named.includes('all') ? accepted : named)
}
