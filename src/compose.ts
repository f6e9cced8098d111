/** The only place that chooses adapters: from settings to a running set of parts. */
import type { LocalModels } from '../graph/own-models.ts'
import type { Clock, DetectOptions, LinkStore, ReadingStore } from '../graph/ports.ts'
import type { Publication } from '../graph/ring.ts'
import { openBorder } from './compose/border.ts'
import type { Profile, Serving, ServingOptions, Working, Writing } from './compose/parts.ts'
import type { Config } from './config.ts'
import { threadEngine } from './engine/thread-engine.ts'
import type { Finding } from './finding.ts'
import type { BorderOptions } from './sources/admit.ts'

export type { Serving, Working, Writing }

/** Only what is chosen is loaded, so that small commands start fast. */
async function profileOf(config: Config): Promise<Profile> {
  if (config.neo4j) {
    const { productionProfile } = await import('./compose/production.ts')
    return productionProfile(config, config.neo4j)
  }
  const { embeddedProfile } = await import('./compose/embedded.ts')
  return embeddedProfile(config)
}

/** A view beside whoever writes, for commands that only read. Throws `store_missing` where nothing was stored. */
export const openReadingStore = async (config: Config): Promise<ReadingStore & AsyncDisposable> =>
  (await profileOf(config)).openReading()

/** What turns a value into the name it is stored by, beside whoever writes. The key must be there. */
export const openReadingBorder = async (config: Config): Promise<BorderOptions> =>
  (await openBorder(config, { clock: Date.now, mayMakeKey: false })).border

/** Embedded, the caller holds the one writer's lock until it disposes of what it gets. */
export const openWriting = async (config: Config, clock: Clock = Date.now): Promise<Writing> =>
  (await profileOf(config)).openWriting(clock)

/** A serving process: the API's parts and, embedded, the jobs that run by themselves. */
export const openServing = async (config: Config, options: ServingOptions): Promise<Serving> =>
  (await profileOf(config)).openServing(options)

/** A process that joins events and finds rings beside those that serve. */
export const openWorking = async (
  config: Config,
  options: Pick<ServingOptions, 'log' | 'clock'>,
): Promise<Working> => (await profileOf(config)).openWorking(options)

export const migrate = async (config: Config): Promise<readonly string[]> =>
  (await profileOf(config)).migrate()

/** What is well and what is not with servers, directories and their settings. */
export const profileFindings = async (config: Config): Promise<readonly Finding[]> =>
  (await profileOf(config)).findings()

/** Detects and publishes once, in a thread, as the job does. */
export async function detectOnce(
  config: Config,
  store: LinkStore,
  options: DetectOptions,
): Promise<Publication> {
  const claim = await store.claim()
  await using engine = threadEngine(config)
  const publication = await engine.detect(options)
  await store.publish(publication, claim)
  return publication
}

/** Makes models from the labels that the store holds and saves them, as the job does. Nothing is put in force. */
export async function retrainOnce(
  config: Config,
  store: LinkStore,
  { by, ...options }: Pick<DetectOptions, 'onProgress'> & { readonly by: string },
): Promise<LocalModels> {
  await using engine = threadEngine(config)
  const made = await engine.retrain(options)
  await store.saveModels(made, by)
  return made
}
