import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { neo4jRunArguments, redisRunArguments } from '../../../src/servers/docker.ts'
import { findJava } from '../../../src/servers/find.ts'
import { claimPort } from '../../../src/servers/ports.ts'
import { addScript, pathWith } from '../../support/path-with.ts'
import { tempDir } from '../../support/temp-dir.ts'

describe('finding programs', () => {
  const javaOf = (dir: string, version: string, name = 'java') => {
    mkdirSync(join(dir, 'bin'), { recursive: true })
    addScript(join(dir, 'bin'), name, `echo 'openjdk version "${version}" 2026-01-20' >&2`)
    return join(dir, 'bin', name)
  }

  test('a missing Java is said with how to get it', () => {
    using dir = tempDir()

    expect(() => findJava({ least: 17, env: { PATH: pathWith(dir.path) }, jvms: [] })).toThrow(
      expect.objectContaining({
        code: 'config_invalid',
        message: expect.stringMatching(
          /^Java 17 or later is missing\. .*apt-get install default-jdk-headless/,
        ),
      }),
    )
  })

  test('a Java that is too old is named and refused', () => {
    using dir = tempDir()
    const java = javaOf(dir.path, '1.8.0_402')

    expect(() => findJava({ least: 17, env: { PATH: pathWith(dir.path) }, jvms: [] })).toThrow(`${java} is 8`)
  })

  test('of those on JAVA_HOME, PATH and beside, the oldest that will do is taken', () => {
    using dir = tempDir()
    const at = (name: string) => join(dir.path, name)
    const [java25, java21, java11] = [
      javaOf(at('home'), '25'),
      javaOf(at('jvm/21'), '21.0.1'),
      javaOf(at('path'), '11.0.2'),
    ]
    const options = {
      env: { PATH: pathWith(at('path')), JAVA_HOME: at('home') },
      jvms: [join(at('jvm'), '*')],
    }

    const found = [11, 17, 25].map((least) => findJava({ ...options, least }))

    expect(found).toEqual([java11, java21, java25])
  })

  test('a port that is taken is refused', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const { port } = taken.address() as { port: number }

    const claimed = claimPort(port)

    await expect(claimed).rejects.toMatchObject({
      code: 'config_invalid',
      message: expect.stringContaining(`${port}`),
    })
    taken.close()
  })
})

describe('by Docker', () => {
  test('Neo4j listens on this machine alone, and its password is no argument', () => {
    const args = neo4jRunArguments({ name: 'n', port: 7_001 })

    expect(args.slice(0, 6)).toEqual([
      'run',
      '--detach',
      '--rm',
      '--name=n',
      '--publish=127.0.0.1:7001:7687',
      '--env=NEO4J_AUTH',
    ])
    expect(args).toContain('--env=NEO4J_server_memory_heap_max__size=1024m')
    expect(args).toContain('--env=NEO4J_dbms_usage__report_enabled=false')
    expect(args.at(-1)).toBe('neo4j:5.26.30-community')
  })

  test('Redis keeps every write and evicts nothing', () => {
    const args = redisRunArguments({ name: 'r', port: 7_002, maxmemoryMb: 64 })

    expect(args.join(' ')).toBe(
      'run --detach --rm --name=r --publish=127.0.0.1:7002:6379 redis:7.4 redis-server --save  --appendonly yes --appendfsync always --maxmemory-policy noeviction --maxmemory 64mb',
    )
  })
})
