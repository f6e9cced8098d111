/** The chain of what was done, in Neo4j. */
import { audit as statements } from '../../../../cypher/catalogue.ts'
import type { Act, AuditHead, AuditRow, AuditStore } from '../../../../graph/audit.ts'
import { actId, nextRow } from '../../../audit/chain.ts'
import type { Bolt, Run } from '../bolt.ts'
import { hold } from '../hold.ts'

export const auditReads = ({
  read,
}: Pick<Bolt, 'read'>): Pick<AuditStore, 'audit' | 'auditHead' | 'auditRow'> => ({
  async audit({ after = 0, limit }) {
    return (await read(statements.auditRows, { after, limit })).map(
      ({ body }) => JSON.parse(body) as AuditRow,
    )
  },
  async auditRow(act) {
    const [row] = await read(statements.auditNoted, { act })
    return row && (JSON.parse(row.body) as AuditRow)
  },
  async auditHead() {
    const [row] = await read(statements.auditHead, {})
    return row && (JSON.parse(row.head) as AuditHead)
  },
})

export const auditWrites = ({ write }: Pick<Bolt, 'write'>): Pick<AuditStore, 'noteAct'> => ({
  noteAct: (act) => write((run) => append(run, act)),
})

/** In the transaction of what was done, after all else it holds: those who wait for each other wait in one order. */
export async function append(run: Run, act: Act): Promise<void> {
  await hold(run, 'audit')
  const id = actId(act)
  if ((await run(statements.auditNoted, { act: id })).length > 0) return
  const [stored] = await run(statements.auditHead, {})
  const row = nextRow(act, stored && (JSON.parse(stored.head) as AuditHead))
  const { seq, hash, by, action, subject } = row
  await run(statements.appendAudit, {
    properties: { seq, act: id, at: new Date(row.at), by, action, subject, body: JSON.stringify(row) },
    head: JSON.stringify({ seq, hash }),
  })
}
