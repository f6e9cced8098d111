import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { neo4jJars, neo4jReleases } from '../../../src/servers/neo4j-jars.ts'
import { addScript, pathWith } from '../../support/path-with.ts'
import { tempDir } from '../../support/temp-dir.ts'

const poms = join(import.meta.dirname, '../../servers')

/** A Maven that makes a jar, or half of it and fails while a file `broken` stands beside it. */
const fakeMaven = `here=\${0%/*}
echo called >> "$here/calls"
for argument; do case $argument in -DoutputDirectory=*) out=\${argument#*=};; esac; done
mkdir -p "$out"
[ -f "$here/broken" ] && { echo half > "$out/neo4j.jar"; echo 'no route to the repository' >&2; exit 1; }
sleep 0.2
echo whole > "$out/neo4j.jar"`

describe('the cache of jars', () => {
  const setUp = (dir: string) => {
    const bin = pathWith(dir)
    addScript(bin, 'mvn', fakeMaven)
    return { bin, cache: join(dir, 'ringleader'), env: { PATH: bin, XDG_CACHE_HOME: dir } }
  }
  const contentOf = (jars: string) => readFileSync(join(jars, 'neo4j.jar'), 'utf8')

  test('is filled once', async () => {
    using dir = tempDir()
    const { bin, env } = setUp(dir.path)

    const jars = await neo4jJars('5.26.30', { env })
    const again = await neo4jJars('5.26.30', { env })

    expect(again).toBe(jars)
    expect(contentOf(jars)).toBe('whole\n')
    expect(readFileSync(join(bin, 'calls'), 'utf8')).toBe('called\n')
  })

  test('what a failed fetch left is not used, and the next one starts anew', async () => {
    using dir = tempDir()
    const { bin, cache, env } = setUp(dir.path)
    writeFileSync(join(bin, 'broken'), '')

    const failed = neo4jJars('5.26.30', { env })

    await expect(failed).rejects.toMatchObject({
      code: 'config_invalid',
      message: expect.stringContaining('no route to the repository'),
    })
    expect(readdirSync(cache)).toEqual([])
    rmSync(join(bin, 'broken'))
    expect(contentOf(await neo4jJars('5.26.30', { env }))).toBe('whole\n')
  })

  test('what a killed fetch left is not used', async () => {
    using dir = tempDir()
    const { cache, env } = setUp(dir.path)
    mkdirSync(join(cache, 'neo4j-5.26.30.part-killed/lib'), { recursive: true })

    const jars = await neo4jJars('5.26.30', { env })

    expect(jars).toBe(join(cache, 'neo4j-5.26.30/lib'))
    expect(contentOf(jars)).toBe('whole\n')
  })

  test('two who fetch at once both get it whole, and leave nothing else', async () => {
    using dir = tempDir()
    const { cache, env } = setUp(dir.path)

    const [one, other] = await Promise.all([neo4jJars('2026.08.1', { env }), neo4jJars('2026.08.1', { env })])

    expect([contentOf(one), other]).toEqual(['whole\n', one])
    expect(readdirSync(cache)).toEqual(['neo4j-2026.08.1'])
  })

  test('without Maven it says how to get it', async () => {
    using dir = tempDir()

    const fetching = neo4jJars('5.26.30', { env: { PATH: pathWith(dir.path), XDG_CACHE_HOME: dir.path } })

    await expect(fetching).rejects.toMatchObject({
      code: 'config_invalid',
      message: expect.stringMatching(/^mvn is not on PATH.*apt-get install maven/),
    })
  })

  test.each(Object.entries(neo4jReleases))(
    'the pom of %s asks for that release alone',
    (version, { pom }) => {
      const text = readFileSync(join(poms, pom), 'utf8')

      const dependencies = text.slice(text.indexOf('<dependencies>')).match(/(?<=<version>)[^<]*/g)
      expect(dependencies).toEqual([version, version])
    },
  )
})
