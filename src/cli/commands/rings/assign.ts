/** `ringleader assign`: who looks after a ring. */
import { userInfo } from 'node:os'
import type { Command } from 'commander'
import { AppError } from '../../../../graph/errors.ts'
import { openWriting } from '../../../compose.ts'
import { assignRing } from '../../../owners.ts'
import { type OwnerView, ringView } from '../../../views/rings.ts'
import { configFrom, examples, type WritingOptions, withWriting } from '../../options.ts'
import { remoteFrom } from '../../remote.ts'
import { terminal } from '../../terminal.ts'
import { oneRing } from './rings.ts'

interface AssignOptions extends WritingOptions {
  readonly nobody?: boolean
}

export function assignCommand(program: Command): void {
  withWriting(program.command('assign'))
    .description('Give a ring to somebody who looks after it. It holds at once, and goes on with the ring.')
    .argument('<ring>', 'id of an active ring')
    .argument('[owner]', 'who; you when left out')
    .option('--nobody', 'nobody looks after it any more')
    .addHelpText(
      'after',
      examples([
        ['assign ring_1_0abc', 'you look after it'],
        ['assign ring_1_0abc "J. Osei"', 'somebody else does'],
        ['rings --owner "J. Osei"', 'what somebody looks after'],
      ]),
    )
    .action(assign)
}

interface Assigned {
  readonly owner: OwnerView | null
}

async function assign(ring: string, owner: string | undefined, options: AssignOptions): Promise<void> {
  if (options.nobody && owner !== undefined)
    throw new AppError('invalid_input', 'Name an owner, or say --nobody, and not both')
  const order = { ring, owner: options.nobody ? null : (owner ?? userInfo().username) }
  const remote = remoteFrom(options)
  const { owner: now } = remote
    ? await remote.patch<Assigned>(`/v1/rings/${encodeURIComponent(ring)}`, { owner: order.owner })
    : await assignHere(order, options)
  if (options.json) return terminal.json({ ring, owner: now })
  terminal.print(now ? `${now.name} looks after ${ring}.` : `Nobody looks after ${ring}.`)
}

async function assignHere(
  { ring: id, owner }: { readonly ring: string; readonly owner: string | null },
  options: AssignOptions,
): Promise<Assigned> {
  await using writing = await openWriting(configFrom(options))
  const { store } = writing
  const ring = await oneRing(store, id)
  const order = { ring, owner, by: userInfo().username, at: Date.now() }
  return { owner: ringView(await assignRing(store, order)).owner ?? null }
}
