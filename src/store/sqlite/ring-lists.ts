/** What lists of rings are made of, in SQLite: one statement for as many rings as are asked for. */
import type { DatabaseSync } from 'node:sqlite'
import type { RingStep, RingVersion, RunTime } from '../../../graph/ring-lists.ts'

export function ringLists(db: DatabaseSync) {
  const risks = db.prepare(
    `SELECT (SELECT body ->> '$.head.risk' FROM ring_change
             WHERE ring = asked.value ->> '$.ring' AND version <= asked.value ->> '$.version'
             ORDER BY version DESC LIMIT 1) AS risk
     FROM json_each(?) AS asked ORDER BY asked.key`,
  )
  const steps = db.prepare(
    `SELECT ring, version, body ->> '$.asOf' AS asOf, json_array_length(body, '$.joined') AS joined,
            json_array_length(body, '$.left') AS "left"
     FROM ring_change WHERE ring IN (SELECT value FROM json_each(?)) AND body ->> '$.asOf' > ?
     ORDER BY ring, version`,
  )
  const times = db.prepare(
    `SELECT version, body ->> '$.asOf' AS asOf, body ->> '$.publishedAt' AS publishedAt
     FROM run WHERE version IN (SELECT value FROM json_each(?)) ORDER BY version`,
  )

  return {
    risksAt: (asked: readonly RingVersion[]): readonly (number | undefined)[] =>
      risks.all(JSON.stringify(asked)).map(({ risk }) => (risk === null ? undefined : Number(risk))),
    steps: (rings: readonly string[], since: number): readonly RingStep[] =>
      steps.all(JSON.stringify(rings), since).map((row) => ({ ...(row as unknown as RingStep) })),
    runTimes: (versions: readonly number[]): readonly RunTime[] =>
      times.all(JSON.stringify(versions)).map((row) => ({ ...(row as unknown as RunTime) })),
  }
}
