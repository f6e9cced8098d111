/** The production store on a real Neo4j. */
import { linkStoreContract } from '../../contract/link-store.ts'
import { openProductionStore } from '../../support/production.ts'

linkStoreContract('Neo4j', openProductionStore)
