/** The production store on the newest Neo4j, which needs Java 25. */
import { linkStoreContract } from '../../contract/link-store.ts'
import { openProductionStore } from '../../support/stores/production.ts'
import { describeOn } from '../../support/stores/servers.ts'

describeOn(['neo4j-2026', 'redis'], 'Neo4j 2026.08 and Redis', () =>
  linkStoreContract('the production store', () => openProductionStore({ version: '2026.08.1' })),
)
