/**
 * Publishes rings so that readers see all of a version or none of it, however large it is. Rows of the new version
 * are written beside the old ones and nobody looks at them, because readers follow one number; the transaction that
 * raises that number also brings the graph that people look at up to date. Each transaction holds the publication
 * and checks the claim, so that a run that was given up for dead cannot write into the one that took its place.
 */
import { type Properties, rings as statements } from '../../../cypher/catalogue.ts'
import { AppError } from '../../../graph/errors.ts'
import type { DetectionRun, Publication, Ring, RingChange } from '../../../graph/ring.ts'
import { policyChanged } from '../../audit/acts.ts'
import { append } from './acts/audit.ts'
import { inherit } from './acts/owners.ts'
import type { Bolt, Run } from './bolt.ts'
import { hold } from './hold.ts'
import { chunksOf, rowsPerWrite } from './state/lanes.ts'

/** A whole base's first rings take a while. */
const publishDeadlineMs = 600_000
const partBytes = 1_048_576
/** Rows carry whole rings, so that few fill a statement. */
const changesPerWrite = 200
/** Of which each brings some 200 rings or a part of the snapshot; a transaction costs as much again as one of them. */
const writesPerStep = 12
/** Snapshots kept: the newest, and the one before for processes still reading it. */
const snapshotsKept = 2
const forEver = Number.MAX_SAFE_INTEGER

export function ringWriter(bolt: Bolt) {
  const claim = (): Promise<number> =>
    bolt.write(async (run) => {
      await hold(run, 'publication')
      const [row] = await run(statements.claim, {})
      if (!row) throw new Error('A claim answers its number')
      return row.claim
    })

  return {
    claim,
    async publish(publication: Publication, given?: number): Promise<void> {
      const { run } = publication
      const turn: Turn = { claim: given ?? (await claim()), version: run.version }
      const step = (work: (run: Run) => Promise<void>): Promise<void> =>
        bolt.write(
          async (run) => {
            if (await mayWrite(run, turn)) await work(run)
          },
          { deadlineMs: publishDeadlineMs },
        )
      for (const writes of chunksOf([...unseenWrites(publication)], writesPerStep))
        await step(async (tx) => {
          for (const write of writes) await write(tx)
        })
      await step((tx) => makeVisible(tx, publication, turn))
      await bolt.write((tx) => tx(statements.dropSnapshots, { version: run.version - snapshotsKept }))
    },
  }
}

interface Turn {
  readonly claim: number
  readonly version: number
}

/** False when this very publish is done already, as after a commit whose answer was lost. */
async function mayWrite(run: Run, { claim, version }: Turn): Promise<boolean> {
  await hold(run, 'publication')
  const [held] = await run(statements.readClaim, {})
  if (held?.claim !== claim)
    throw new AppError('publish_conflict', 'Another run began after this one: its rings count')
  if (held.version === version && held.publishedClaim === claim) return false
  if (held.version + 1 !== version) {
    throw new AppError(
      'publish_conflict',
      `Run ${version} cannot follow published run ${held.version}: detect again`,
    )
  }
  return true
}

/** What nobody sees until the version is the published one. */
function* unseenWrites({
  run,
  rings,
  changes,
  snapshot,
}: Publication): Generator<(tx: Run) => Promise<unknown>> {
  const { version } = run
  yield (tx) => clearTheWay(tx, version)
  for (const rows of chunksOf(changeRows(rings, changes), changesPerWrite))
    yield (tx) => tx(statements.putChanges, { rows })
  for (const [part, bytes] of partsOf(snapshot))
    yield (tx) => tx(statements.putSnapshotPart, { version, part, bytes })
}

async function clearTheWay(run: Run, version: number): Promise<void> {
  await run(statements.dropUnpublishedChanges, { version })
  await run(statements.dropUnpublishedSnapshot, { version })
  await run(statements.forgetStates, { version: version - 1 })
}

async function makeVisible(tx: Run, { run, rings, changes }: Publication, { claim }: Turn): Promise<void> {
  const { version } = run
  const [before] = await tx(statements.published, {})
  await tx(statements.endChanges, { version, rings: changes.map(({ ring }) => ring) })
  await tx(statements.putRings, {
    rows: rings.map((ring) => ({ id: ring.id, properties: ringProperties(ring) })),
  })
  for (const rows of chunksOf(leavers(changes), rowsPerWrite)) await tx(statements.dropMembers, { rows })
  for (const rows of chunksOf(joiners(changes), rowsPerWrite))
    await tx(statements.putMembers, { since: run.asOf, rows })
  await tx(statements.putMerged, {
    rows: changes.flatMap(({ ring, movedTo }) => (movedTo === undefined ? [] : [{ ring, into: movedTo }])),
  })
  await tx(statements.putSplit, {
    rows: changes.flatMap(({ ring, parent }) => (parent === undefined ? [] : [{ ring, from: parent }])),
  })
  await inherit(tx, { run, changes })
  await hold(tx, 'edges')
  if (before === undefined || (JSON.parse(before.run) as DetectionRun).policy !== run.policy)
    await append(tx, policyChanged(run.policy, run.publishedAt))
  await tx(statements.publish, { version, claim, run: JSON.stringify(run), properties: runProperties(run) })
}

const leavers = (changes: readonly RingChange[]) =>
  changes.flatMap(({ ring, left }) => left.map((account) => ({ ring, account })))

const joiners = (changes: readonly RingChange[]) =>
  changes.flatMap(({ ring, joined, changed }) =>
    [...joined, ...changed].map(({ account, role, membership, risk, compromise, flagged }) => ({
      ring,
      account,
      properties: { role, membership, risk, compromise, flagged },
    })),
  )

function changeRows(rings: readonly Ring[], changes: readonly RingChange[]): readonly Properties[] {
  const byId = new Map(rings.map((ring) => [ring.id, ring]))
  return changes.map((change) => {
    const ring = byId.get(change.ring)
    if (!ring) throw new Error(`The change of ${change.ring} comes without the ring`)
    return {
      ring: change.ring,
      version: change.version,
      kind: change.kind,
      cause: change.cause,
      status: change.status,
      class: ring.head.class,
      risk: ring.head.risk,
      size: ring.members.length,
      endedAt: ring.ended?.at ?? null,
      until: forEver,
      change: JSON.stringify(change),
      state: JSON.stringify(withoutOwner(ring)),
    }
  })
}

/** Who looks after it is said at any time, so that it is kept apart from what is published. */
function withoutOwner(ring: Ring): Omit<Ring, 'owner'> {
  const { owner: _, ...published } = ring
  return published
}

const ringProperties = ({ status, bornVersion, version, head, members }: Ring): Properties => ({
  status,
  class: head.class,
  subtype: head.subtype ?? null,
  risk: head.risk,
  size: members.length,
  firstSeen: new Date(head.firstSeen),
  lastSeen: new Date(head.lastSeen),
  bornVersion,
  version,
  evidence: head.topEvidence.map(
    ({ kind, mask, members: users, share }) =>
      `${kind}${mask === '' ? '' : ` ${mask}`}: ${users} members, ${Math.round(share * 100)} % of the evidence`,
  ),
})

const runProperties = ({
  version,
  asOf,
  publishedAt,
  statistics,
  shift,
  work,
  selfCheck,
  ...figures
}: DetectionRun): Properties => ({
  version,
  asOf: new Date(asOf),
  publishedAt: new Date(publishedAt),
  ...(statistics && { statistics: JSON.stringify(statistics) }),
  ...(shift && { shiftAlarm: shift.alarm }),
  ...work,
  ...(selfCheck && { mismatches: selfCheck.mismatches }),
  ...figures,
})

function* partsOf(bytes: Uint8Array): Generator<readonly [part: number, bytes: Uint8Array]> {
  for (let part = 0; part * partBytes < bytes.length; part++)
    yield [part, bytes.subarray(part * partBytes, (part + 1) * partBytes)]
}
