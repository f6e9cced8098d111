/** What stands between input and state: kinds of identifier, facet tables, the deployment's key. */
import type { Clock, Secrets } from '../../graph/ports.ts'
import type { Config } from '../config.ts'
import { readFacetTables } from '../facet-files.ts'
import { readPolicy } from '../policy.ts'
import { readKey } from '../secrets/key-file.ts'
import { sealedKinds } from '../secrets/sealed-kinds.ts'
import { secretsFrom } from '../secrets/secrets.ts'
import { type BorderOptions, borderDomains } from '../sources/admit.ts'

export async function openBorder(
  config: Config,
  { clock, mayMakeKey }: { clock: Clock; mayMakeKey: boolean },
): Promise<{ secrets: Secrets; border: BorderOptions }> {
  const { registry } = readPolicy(config.policyFile)
  const key = readKey({
    dataDir: config.dataDir,
    create: mayMakeKey,
    ...(config.keyFile !== undefined && { keyFile: config.keyFile }),
  })
  const secrets = secretsFrom(key, [...borderDomains, ...registry.keys()])
  const tables = await readFacetTables(config.facetsDir)
  const sealed = sealedKinds(config.seal, registry)
  const seal: BorderOptions['seal'] = (identifier, text) =>
    sealed.has(identifier.kind) ? secrets.sealValue(identifier, text) : undefined
  const sealing = sealed.size > 0 && { seal }
  return { secrets, border: { secrets, registry, tables, masks: config.masks, clock, ...sealing } }
}
