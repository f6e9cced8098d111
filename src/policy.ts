/** Reads the policy file: kinds of identifier a deployment adds or weighs otherwise. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { parse as parseYaml } from 'yaml'
import { z } from 'zod'
import { AppError } from '../graph/errors.ts'
import { type KindPolicy, type KindRegistry, kindRegistry } from '../graph/identifiers/registry.ts'

export interface Policy {
  readonly registry: KindRegistry
  /** Name and digest of the evidence figures, so that an answer says what it was judged by. */
  readonly name: string
}

const policySchema = z.strictObject({
  kinds: z
    .array(
      z.strictObject({
        name: z.string(),
        like: z.string().optional(),
        kappa: z.number().optional(),
        halfLifeDays: z.number().optional(),
        capNats: z.number().optional(),
        links: z.enum(['pairs', 'weak', 'never']).optional(),
        household: z.boolean().optional(),
        keepDays: z.number().optional(),
      }),
    )
    .default([]),
})

/** Throws `config_invalid`, naming the file and the place in it. Without a file: the shipped kinds. */
export function readPolicy(file: string | undefined): Policy {
  const registry = kindRegistry(file === undefined ? [] : kindsIn(file))
  const figures = [...registry.values()].map(({ name, evidence, keepDays }) => [name, evidence, keepDays])
  const digest = createHash('sha256').update(JSON.stringify(figures)).digest('hex').slice(0, 8)
  return { registry, name: `${file === undefined ? 'shipped' : 'custom'}-1:${digest}` }
}

function kindsIn(file: string): readonly KindPolicy[] {
  const parsed = policySchema.safeParse(readYaml(file))
  if (parsed.success) return parsed.data.kinds as readonly KindPolicy[]
  const places = parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; ')
  throw new AppError('config_invalid', `The policy file ${file}: ${places} (see docs/policy.md)`)
}

function readYaml(file: string): unknown {
  try {
    return parseYaml(readFileSync(file, 'utf8')) as unknown
  } catch (cause) {
    throw new AppError(
      'config_invalid',
      `The policy file ${file} cannot be read: ${(cause as Error).message}`,
      { cause },
    )
  }
}
