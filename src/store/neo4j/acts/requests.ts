/** Requests that clients name, in Neo4j. */
import { requests as statements } from '../../../../cypher/catalogue.ts'
import type { RequestStore } from '../../../../graph/requests.ts'
import type { Bolt } from '../bolt.ts'
import { bytesOf } from '../values.ts'

export const requestWrites = ({ write }: Pick<Bolt, 'write'>): RequestStore => ({
  async beginRequest({ id, content, claim, until }, now) {
    const properties = { content, claim, until: new Date(until) }
    const [row] = await write((run) => run(statements.beginRequest, { id, now, properties }))
    // Its own claim is there already where the answer to the commit was lost.
    if (!row || row.claim === claim) return undefined
    return { content: row.content, ...(row.answer !== null && { answer: bytesOf(row.answer) }) }
  },
  async endRequest({ id, claim, answer, until }) {
    await write((run) => run(statements.endRequest, { id, claim, answer, until }))
  },
  async dropRequest({ id, claim }) {
    await write((run) => run(statements.dropRequest, { id, claim }))
  },
  async expireRequests(options) {
    const [row] = await write((run) => run(statements.expireRequests, options))
    return row?.expired ?? 0
  },
})
