/** The production store on a real Neo4j. */
import { linkStoreContract } from '../../contract/link-store.ts'
import { openProductionStore } from '../../support/stores/production.ts'
import { describeOn } from '../../support/stores/servers.ts'

describeOn(['neo4j', 'redis'], 'Neo4j and Redis', () =>
  linkStoreContract('the production store', () => openProductionStore()),
)
