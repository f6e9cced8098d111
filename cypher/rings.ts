/** Statements on what detection publishes. */

import type { Properties } from './state.ts'
import { type None, statement } from './statement.ts'

interface RingRow {
  readonly state: string | null
  readonly owner: string | null
  readonly since: number | null
}

export const rings = {
  claim: statement<None, { claim: number }>('rings/claim'),
  readClaim: statement<None, { claim: number; version: number; publishedClaim: number | null }>(
    'rings/read-claim',
  ),
  dropUnpublishedChanges: statement<{ version: number }>('rings/drop-unpublished-changes'),
  dropUnpublishedSnapshot: statement<{ version: number }>('rings/drop-unpublished-snapshot'),
  forgetStates: statement<{ version: number }>('rings/forget-states'),
  putChanges: statement<{ rows: readonly Properties[] }>('rings/put-changes'),
  putSnapshotPart: statement<{ version: number; part: number; bytes: Uint8Array }>('rings/put-snapshot-part'),
  endChanges: statement<{ version: number; rings: readonly string[] }>('rings/end-changes'),
  putRings: statement<{ rows: readonly { id: string; properties: Properties }[] }>('rings/put-rings'),
  dropMembers: statement<{ rows: readonly { ring: string; account: string }[] }>('rings/drop-members'),
  putMembers: statement<{
    since: number
    rows: readonly { ring: string; account: string; properties: Properties }[]
  }>('rings/put-members'),
  putMerged: statement<{ rows: readonly { ring: string; into: string }[] }>('rings/put-merged'),
  putSplit: statement<{ rows: readonly { ring: string; from: string }[] }>('rings/put-split'),
  publish: statement<{ version: number; claim: number; run: string; properties: Properties }>(
    'rings/publish',
  ),
  dropSnapshots: statement<{ version: number }>('rings/drop-snapshots'),
  published: statement<None, { run: string }>('rings/published'),
  rings: statement<
    {
      status: string
      class: string | null
      minRisk: number | null
      minSize: number | null
      changedSince: number | null
      endedSince: number | null
      owner: string | null
      isOwned: boolean | null
      afterRisk: number | null
      afterId: string | null
      limit: number
    },
    RingRow
  >('rings/rings'),
  ring: statement<{ ring: string }, RingRow>('rings/ring'),
  some: statement<{ rings: readonly string[] }, RingRow>('rings/some'),
  risksAt: statement<
    { asked: readonly { place: number; ring: string; version: number }[] },
    { place: number; risk: number }
  >('rings/risks-at'),
  steps: statement<{ rings: readonly string[]; since: Date }, { change: string }>('rings/steps'),
  runTimes: statement<
    { versions: readonly number[] },
    { version: number; asOf: number; publishedAt: number }
  >('rings/run-times'),
  owner: statement<{ ring: string }, { owner: string | null; since: number | null }>('rings/owner'),
  assign: statement<{ ring: string; owner: string | null; since: Date | null }>('rings/assign'),
  kin: statement<{ ring: string }, { ring: string }>('rings/kin'),
  history: statement<{ ring: string; version: number }, { change: string }>('rings/history'),
  changes: statement<
    { afterVersion: number; afterRing: string; ring: string | null; limit: number },
    { change: string }
  >('rings/changes'),
  snapshot: statement<None, { version: number; bytes: Int8Array }>('rings/snapshot'),
}
