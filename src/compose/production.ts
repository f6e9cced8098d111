/** Placeholder until the queue stands. */
import { AppError } from '../../graph/errors.ts'
import type { Config, Neo4jConfig } from '../config.ts'
import { migrateNeo4j, neo4jFindings, openNeo4jReader } from '../store/neo4j/store.ts'
import type { Profile } from './parts.ts'

const notYet = async (): Promise<never> => {
  throw new AppError('config_invalid', 'the queue is not there yet')
}

export const productionProfile = (_config: Config, neo4j: Neo4jConfig): Profile => ({
  async openReading() {
    return { ...(await openNeo4jReader(neo4j)), waiting: async () => 0 }
  },
  openWriting: notYet,
  openServing: notYet,
  openWorking: notYet,
  migrate: async () => (await migrateNeo4j(neo4j)).made,
  findings: () => neo4jFindings(neo4j),
})
