/** A Redis that may lose what it acknowledged is refused, by name, with the line that mends it. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { Redis } from 'ioredis'
import { durabilityFindings, type RedisFacts } from '../../../src/queue/bullmq/durability.ts'
import { openQueues, redisFindings } from '../../../src/queue/bullmq/open.ts'
import { startRedis } from '../../../src/servers/redis-local.ts'
import { describeOn } from '../../support/stores/servers.ts'

const safe: RedisFacts = {
  version: '7.0.15',
  usedBytes: 0,
  maxBytes: 0,
  policy: 'noeviction',
  appendOnly: 'yes',
  fsync: 'always',
  rewrite: 'synced',
}

describe('what is found', () => {
  test.each([
    ['always', safe, 'ok'],
    ['everysec', safe, 'ok'],
    ['always', { ...safe, fsync: 'everysec' }, 'wrong'],
    ['everysec', { ...safe, fsync: 'everysec' }, 'warning'],
    ['none', { ...safe, fsync: 'everysec' }, 'warning'],
    ['everysec', { ...safe, fsync: 'no' }, 'wrong'],
    ['everysec', { ...safe, appendOnly: 'no' }, 'wrong'],
    ['none', { ...safe, appendOnly: 'no' }, 'warning'],
    ['always', { ...safe, rewrite: 'unsynced' }, 'wrong'],
    ['everysec', { ...safe, rewrite: 'unsynced' }, 'wrong'],
    ['none', { ...safe, rewrite: 'unsynced' }, 'warning'],
    ['everysec', { ...safe, fsync: 'unknown' }, 'wrong'],
    ['always', { ...safe, appendOnly: 'unknown', fsync: 'unknown' }, 'wrong'],
    ['none', { ...safe, appendOnly: 'unknown', fsync: 'unknown' }, 'warning'],
  ] as const)('accepting %s, of %j, is %s', (accepts, facts, state) => {
    const [durability] = durabilityFindings(facts, accepts)

    expect(durability?.state).toBe(state)
  })

  test.each([
    [{ ...safe, fsync: 'everysec' }, 'everysec'],
    [{ ...safe, fsync: 'no' }, 'none'],
    [{ ...safe, fsync: 'unknown' }, 'none'],
    [{ ...safe, rewrite: 'unsynced' }, 'none'],
    [{ ...safe, appendOnly: 'no' }, 'none'],
  ] as const)('what is said to accept %j is enough', (facts, named) => {
    const [refused] = durabilityFindings(facts, 'always')
    const [accepted] = durabilityFindings(facts, named)

    expect(refused?.detail).toContain(`RINGLEADER_REDIS_DURABILITY=${named}`)
    expect(accepted?.state).toBe('warning')
  })

  test('a Redis that evicts is wrong whatever is accepted', () => {
    const findings = durabilityFindings({ ...safe, policy: 'allkeys-lru' }, 'none')

    expect(findings).toContainEqual(
      expect.objectContaining({ state: 'wrong', detail: expect.stringContaining('noeviction') }),
    )
  })
})

describeOn(['redis-local'], 'the boot', () => {
  const dir = mkdtempSync(join(tmpdir(), 'ringleader-redis-'))
  afterAll(() => rmSync(dir, { recursive: true }))

  test('refuses each unsafe setting, takes what is accepted, and doctor names both', async () => {
    await using server = await startRedis({ dir, env: process.env })
    const redis = new Redis(server.url)
    const options = {
      url: server.url,
      prefix: 'ringleader',
      accepts: 'always',
      waitingEventsMax: 1_000,
    } as const
    const boot = async (accepts: 'always' | 'everysec' | 'none' = 'always', who = {}) => {
      try {
        await using _ = await openQueues(
          { ...options, ...who, accepts },
          { clock: Date.now, complain: () => {} },
        )
        return 'opened'
      } catch (error) {
        return error instanceof Error ? error.message : 'failed'
      }
    }
    const said: Record<string, string> = { safe: await boot() }

    await redis.config('SET', 'no-appendfsync-on-rewrite', 'yes')
    said['rewrite'] = await boot()
    await redis.config('SET', 'no-appendfsync-on-rewrite', 'no')
    await redis.acl('SETUSER', 'hosted', 'on', '>secret', '~*', '&*', '+@all', '-config')
    said['hosted'] = await boot('always', { user: 'hosted', password: 'secret' })
    said['hosted, promised'] = await boot('none', { user: 'hosted', password: 'secret' })
    await redis.config('SET', 'appendfsync', 'everysec')
    said['everysec'] = await boot()
    said['everysec accepted'] = await boot('everysec')
    const doctor = await redisFindings(options)
    await redis.config('SET', 'appendonly', 'no')
    said['no log'] = await boot('everysec')
    said['nothing accepted'] = await boot('none')
    await redis.config('SET', 'appendonly', 'yes', 'appendfsync', 'always', 'maxmemory-policy', 'allkeys-lru')
    said['evicting'] = await boot('none')
    redis.disconnect()
    // Asked to stop, it would first finish what appendonly began.
    await server.kill()

    expect(said).toMatchObject({
      safe: 'opened',
      rewrite: expect.stringMatching(/anew may lose.*no-appendfsync-on-rewrite no/),
      hosted: expect.stringMatching(/appendonly yes, appendfsync unknown.*CONFIG is forbidden/),
      'hosted, promised': 'opened',
      everysec: expect.stringMatching(
        /last second.*appendfsync always.*RINGLEADER_REDIS_DURABILITY=everysec/,
      ),
      'everysec accepted': 'opened',
      'no log': expect.stringMatching(/restart loses.*appendonly yes/),
      'nothing accepted': 'opened',
      evicting: expect.stringMatching(/allkeys-lru.*maxmemory-policy noeviction/),
    })
    expect(doctor).toContainEqual(
      expect.objectContaining({ state: 'warning', detail: expect.stringContaining('no maxmemory set') }),
    )
    expect(doctor).toContainEqual(
      expect.objectContaining({
        check: 'Redis durability',
        state: 'wrong',
        detail: expect.stringContaining('everysec'),
      }),
    )
  })
})
