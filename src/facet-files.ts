/** Reads the tables an operator supplies: classes of IP addresses, networks, e-mail domains. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parse as parseYaml } from 'yaml'
import { z } from 'zod'
import { AppError } from '../graph/errors.ts'
import { buildFacetTables } from '../graph/identifiers/facet-tables.ts'
import type { FacetTables } from '../graph/identifiers/kind.ts'
import { emailClasses, ipClasses } from '../graph/model.ts'

const manifestSchema = z.strictObject({
  /** Grows with every new set of tables; the highest seen decides an identifier's class. */
  version: z.int().min(1),
  ip: z.array(z.strictObject({ class: z.enum(ipClasses), file: z.string() })).default([]),
  /** Lines of `cidr,number`. */
  asn: z.array(z.strictObject({ file: z.string() })).default([]),
  /** Lines of `cidr,latitude,longitude`. */
  place: z.array(z.strictObject({ file: z.string() })).default([]),
  emailDomain: z.array(z.strictObject({ class: z.enum(emailClasses), file: z.string() })).default([]),
})

/** `facets.yaml` in the directory names the files, plain or gzip, one entry a line. Without a directory: no facts. */
export async function readFacetTables(dir: string | undefined): Promise<FacetTables> {
  if (dir === undefined) return buildFacetTables({ version: 0, ip: [], asn: [], domains: [] })
  const manifest = manifestSchema.safeParse(parseYaml(readText(join(dir, 'facets.yaml'))))
  if (!manifest.success) {
    const places = manifest.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; ')
    throw new AppError('config_invalid', `${join(dir, 'facets.yaml')}: ${places} (see docs/facets.md)`)
  }
  const { version, ip, asn, place, emailDomain } = manifest.data
  return buildFacetTables({
    version,
    ip: ip.map((entry) => ({ class: entry.class, cidrs: linesOf(join(dir, entry.file)) })),
    asn: asn.flatMap(({ file }) => linesOf(join(dir, file)).flatMap(asnOf)),
    places: place.flatMap(({ file }) => linesOf(join(dir, file)).flatMap(placeIn)),
    domains: emailDomain.map((entry) => ({ class: entry.class, names: linesOf(join(dir, entry.file)) })),
  })
}

function asnOf(line: string): readonly { cidr: string; asn: number }[] {
  const [cidr, asn] = line.split(',')
  return cidr && asn ? [{ cidr: cidr.trim(), asn: Number(asn.replace(/^AS/i, '')) }] : []
}

function placeIn(line: string): readonly { cidr: string; latitude: number; longitude: number }[] {
  const [cidr, latitude, longitude] = line.split(',')
  if (!cidr || !latitude || !longitude) return []
  return [{ cidr: cidr.trim(), latitude: Number(latitude), longitude: Number(longitude) }]
}

const linesOf = (file: string): readonly string[] =>
  readText(file)
    .split('\n')
    .map((line) => line.trim())

function readText(file: string): string {
  try {
    const bytes = readFileSync(file)
    const zipped = bytes[0] === 0x1f && bytes[1] === 0x8b
    return (zipped ? gunzipSync(bytes) : bytes).toString('utf8')
  } catch (cause) {
    throw new AppError(
      'config_invalid',
      `The facet table ${file} cannot be read: check its name in facets.yaml`,
      { cause },
    )
  }
}
