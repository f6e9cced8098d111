/** Fetches what the tests' servers are made of, so that no test has to wait for a download. */
import { findJava } from '../src/servers/find.ts'
import { neo4jDefault, neo4jJars, neo4jReleases } from '../src/servers/neo4j-jars.ts'

const { env } = process
const log = (message) => process.stdout.write(`${message}\n`)

try {
  const java = findJava({ least: neo4jReleases[neo4jDefault].javaLeast, env })
  log(`Neo4j ${neo4jDefault}: ${await neo4jJars(neo4jDefault, { env, java, log })}, on ${java}`)
} catch (error) {
  log(error.message)
  process.exitCode = 1
}
