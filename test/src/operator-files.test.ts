import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { readFacetTables } from '../../src/facet-files.ts'
import { readPolicy } from '../../src/policy.ts'
import { tempDir } from '../support/temp-dir.ts'

const dir = tempDir()
afterAll(() => dir[Symbol.dispose]())
const file = (name: string, text: string): string => {
  const path = join(dir.path, name)
  writeFileSync(path, text)
  return path
}

describe('the policy file', () => {
  test('adds kinds, re-weighs shipped ones, and changes the policy’s name', () => {
    const { registry, name } = readPolicy(
      file(
        'policy.yaml',
        'kinds:\n  - { name: loyalty, like: payout, kappa: 2 }\n  - { name: device, keepDays: 10 }\n',
      ),
    )

    expect(registry.get('loyalty')?.evidence.kappa).toBe(2)
    expect(registry.get('device')?.keepDays).toBe(10)
    expect(name).not.toBe(readPolicy(undefined).name)
  })

  test.each([
    ['not YAML', ': :\n- ['],
    ['an unknown field', 'kinds: [{ name: device, capa: 1 }]'],
    ['a kind like nothing', 'kinds: [{ name: thing }]'],
  ])('that holds %s is refused', (_, text) => {
    expect(() => readPolicy(file('wrong.yaml', text))).toThrow(
      expect.objectContaining({ code: 'config_invalid' }),
    )
  })
})

test('facet tables are read from the files that facets.yaml names', async () => {
  file('tor.txt', '# exits\n203.0.113.0/24\n')
  file('networks.csv', '203.0.113.0/24,AS64500\n')
  file(
    'facets.yaml',
    'version: 3\nip: [{ class: tor, file: tor.txt }]\nasn: [{ file: networks.csv }]\nplace: [{ file: places.csv }]\n',
  )
  file('places.csv', '203.0.113.0/25,48.137,11.575\n203.0.113.0/24,54.7,25.3\n\nnot,a line\n')

  const tables = await readFacetTables(dir.path)

  expect(tables.version).toBe(3)
  expect(tables.ip('203.0.113.9')).toEqual({ class: 'tor', asn: 64_500, place: '48.1,11.6' })
  expect(tables.ip('203.0.113.200')).toMatchObject({ place: '54.7,25.3' })
  file('places.csv', '203.0.113.0/25,91,11.575\n')
  await expect(readFacetTables(dir.path)).rejects.toThrow(expect.objectContaining({ code: 'config_invalid' }))
  expect((await readFacetTables(undefined)).version).toBe(0)
})
