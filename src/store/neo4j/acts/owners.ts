/** Who looks after which ring, in Neo4j. */
import { feed, rings as statements } from '../../../../cypher/catalogue.ts'
import { AppError } from '../../../../graph/errors.ts'
import type { Assignment, OwnerStore } from '../../../../graph/owners.ts'
import type { Publication } from '../../../../graph/ring.ts'
import { heirsOf, inheritance } from '../../../../graph/rings/lineage/heirs.ts'
import { ringAssigned } from '../../../audit/acts.ts'
import type { Bolt, Run } from '../bolt.ts'
import { hold } from '../hold.ts'
import { append } from './audit.ts'

export const ownerWrites = ({ write }: Pick<Bolt, 'write'>): OwnerStore => ({
  assign: (assignment) =>
    write(async (run) => {
      await hold(run, 'publication')
      const [end] = await run(feed.feedEnd, {})
      const isNew = await assign(run, assignment, end?.version ?? 0)
      if (isNew) await append(run, ringAssigned(assignment))
      return isNew
    }),
})

/** In the transaction that makes a publish visible. */
export async function inherit(run: Run, { run: of, changes }: Pick<Publication, 'run' | 'changes'>) {
  const { version, publishedAt: at } = of
  for (const heir of heirsOf(changes)) {
    const [from] = await run(statements.owner, { ring: heir.from })
    const [own] = await run(statements.owner, { ring: heir.ring })
    if (from && from.owner !== null && own?.owner === null)
      await assign(run, inheritance(heir, { owner: from.owner, version, at }), version)
  }
}

/** The publication is held. False where it is so already. */
async function assign(run: Run, assignment: Assignment, version: number): Promise<boolean> {
  const { id, ring, owner = null, by, at } = assignment
  const [now] = await run(statements.owner, { ring })
  if (!now) throw new AppError('ring_not_found', 'There is no such ring')
  if (now.owner === owner) return false
  await run(statements.assign, { ring, owner, since: owner === null ? null : new Date(at) })
  const [end] = await run(feed.feedEnd, {})
  const note = (end?.note ?? 0) + 1
  const properties = { note, version, ring, owner, by, at: new Date(at), body: JSON.stringify(assignment) }
  await run(feed.noteAssignment, { note, id, properties })
  return true
}
