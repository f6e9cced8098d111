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
    appendOnly: setting('appendonly') as RedisFacts['appendOnly'],
    fsync: setting('appendfsync') as RedisFacts['fsync'],
  }
}

async function configOf(redis: Redis): Promise<ReadonlyMap<string, string>> {
  const settings = new Map<string, string>()
  for (const name of ['appendonly', 'appendfsync', 'maxmemory-policy']) {
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
  const isAppending = facts.appendOnly === 'yes'
  const found = isAppending ? facts.fsync : 'none'
  const words = `appendonly ${facts.appendOnly}, appendfsync ${facts.fsync}`
  const check = 'Redis durability'
  const findings: Finding[] = []
  if (ranks[found] >= ranks.always) findings.push({ check, state: 'ok', detail: words })
  else if (ranks[found] >= ranks[accepts])
    findings.push({
      check,
      state: 'warning',
      detail: `${words}: accepted by RINGLEADER_REDIS_DURABILITY=${accepts}, and may lose events that were acknowledged`,
    })
  else findings.push({ check, state: 'wrong', detail: `${words}: ${lossOf(facts, accepts)}` })
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

function lossOf({ appendOnly, fsync }: RedisFacts, accepts: Accepts): string {
  const remedy = `set appendonly yes and appendfsync always (redis.conf, or CONFIG SET), or accept less with RINGLEADER_REDIS_DURABILITY=${accepts === 'always' && appendOnly === 'yes' ? 'everysec' : 'none'}`
  if (appendOnly === 'unknown')
    return `this Redis does not tell whether it keeps what it acknowledges (CONFIG is forbidden): if its provider promises that, ${remedy}`
  if (appendOnly === 'no') return `a restart loses every event that waits: ${remedy}`
  return `${fsync === 'no' ? 'a crash may lose many seconds' : 'a crash may lose the last second'} of acknowledged events: ${remedy}`
}

/** Throws `config_invalid` when acknowledged events could be lost, beyond what was accepted. */
export function refuseUnsafe(facts: RedisFacts, { accepts, url }: { accepts: Accepts; url: string }): void {
  const wrong = durabilityFindings(facts, accepts).filter(({ state }) => state === 'wrong')
  if (wrong.length > 0)
    throw new AppError('config_invalid', `Redis at ${url}: ${wrong.map(({ detail }) => detail).join('; ')}`)
}
