/** Whether this Redis keeps what it has acknowledged: the question that decides whether a 202 may be sent. */
import type { Redis } from 'ioredis'
import { AppError } from '../../../graph/errors.ts'
import type { Finding } from '../../finding.ts'

export interface RedisFacts {
  readonly version: string
  readonly usedBytes: number
  /** 0 without a limit. */
  readonly maxBytes: number
  /** `unknown` where CONFIG is forbidden, as it is with some providers. */
  readonly policy: string
  readonly appendOnly: 'yes' | 'no' | 'unknown'
  readonly fsync: 'always' | 'everysec' | 'no' | 'unknown'
  /** While it writes its log anew it may be told not to sync, whatever appendfsync says. */
  readonly rewrite: 'synced' | 'unsynced'
}

/** The least durability a deployment accepts. */
export type Accepts = 'always' | 'everysec' | 'none'

export async function inspectRedis(redis: Redis): Promise<RedisFacts> {
  const info = await redis.info()
  const settings = await configOf(redis)
  const setting = (name: string): string => settings.get(name) ?? 'unknown'
  return {
    version: /redis_version:(\S+)/.exec(info)?.[1] ?? 'unknown',
    usedBytes: Number(/^used_memory:(\d+)/m.exec(info)?.[1] ?? 0),
    maxBytes: Number(/^maxmemory:(\d+)/m.exec(info)?.[1] ?? 0),
    policy: /maxmemory_policy:(\S+)/.exec(info)?.[1] ?? setting('maxmemory-policy'),
    appendOnly: (settings.get('appendonly') ?? appendingBy(info)) as RedisFacts['appendOnly'],
    fsync: setting('appendfsync') as RedisFacts['fsync'],
    rewrite: setting('no-appendfsync-on-rewrite') === 'yes' ? 'unsynced' : 'synced',
  }
}

const appendingBy = (info: string): string =>
  ({ '0': 'no', '1': 'yes' })[/^aof_enabled:(\d)/m.exec(info)?.[1] ?? ''] ?? 'unknown'

async function configOf(redis: Redis): Promise<ReadonlyMap<string, string>> {
  const settings = new Map<string, string>()
  for (const name of ['appendonly', 'appendfsync', 'no-appendfsync-on-rewrite', 'maxmemory-policy']) {
    try {
      const [, value] = await redis.config('GET', name)
      if (value !== undefined) settings.set(name, value)
    } catch {
      return settings
    }
  }
  return settings
}

const ranks = { none: 0, no: 0, unknown: 0, everysec: 1, always: 2 } as const

/** What is lost, and the lines of redis.conf that prevent it. */
export function durabilityFindings(facts: RedisFacts, accepts: Accepts): readonly Finding[] {
  const found = ranks[keptBy(facts)]
  const rewrite = facts.rewrite === 'unsynced' ? ', no-appendfsync-on-rewrite yes' : ''
  const words = `appendonly ${facts.appendOnly}, appendfsync ${facts.fsync}${rewrite}`
  const check = 'Redis durability'
  const findings: Finding[] = []
  if (found >= ranks.always) findings.push({ check, state: 'ok', detail: words })
  else if (found >= ranks[accepts])
    findings.push({
      check,
      state: 'warning',
      detail: `${words}: accepted by RINGLEADER_REDIS_DURABILITY=${accepts}, and may lose events that were acknowledged`,
    })
  else findings.push({ check, state: 'wrong', detail: `${words}: ${lossOf(facts)}` })
  const policy = 'Redis eviction'
  if (facts.policy === 'noeviction') findings.push({ check: policy, state: 'ok', detail: 'noeviction' })
  else
    findings.push({
      check: policy,
      state: 'wrong',
      detail: `maxmemory-policy ${facts.policy} may throw away events that were acknowledged: set maxmemory-policy noeviction (redis.conf, or CONFIG SET maxmemory-policy noeviction)`,
    })
  return findings
}

/** The setting that says how much of what is acknowledged survives a crash. */
function keptBy({ appendOnly, fsync, rewrite }: RedisFacts): keyof typeof ranks {
  if (appendOnly !== 'yes') return 'none'
  return rewrite === 'unsynced' ? 'no' : fsync
}

function lossOf(facts: RedisFacts): string {
  const { appendOnly, fsync, rewrite } = facts
  const less = ranks[keptBy(facts)] >= ranks.everysec ? 'everysec' : 'none'
  const accept = `accept less with RINGLEADER_REDIS_DURABILITY=${less}`
  const remedy = `set appendonly yes and appendfsync always (redis.conf, or CONFIG SET), or ${accept}`
  if (appendOnly === 'no') return `a restart loses every event that waits: ${remedy}`
  if (appendOnly === 'unknown' || fsync === 'unknown')
    return `this Redis does not tell when it writes what it acknowledges (CONFIG is forbidden): if its provider promises that nothing is lost, ${accept}`
  if (rewrite === 'unsynced')
    return `a crash while the log is written anew may lose many seconds of acknowledged events: set no-appendfsync-on-rewrite no (redis.conf, or CONFIG SET), or ${accept}`
  return `${fsync === 'no' ? 'a crash may lose many seconds' : 'a crash may lose the last second'} of acknowledged events: ${remedy}`
}

/** Throws `config_invalid` when acknowledged events could be lost, beyond what was accepted. */
export function refuseUnsafe(facts: RedisFacts, { accepts, url }: { accepts: Accepts; url: string }): void {
  const wrong = durabilityFindings(facts, accepts).filter(({ state }) => state === 'wrong')
  if (wrong.length > 0)
    throw new AppError('config_invalid', `Redis at ${url}: ${wrong.map(({ detail }) => detail).join('; ')}`)
}
