/** Reads a world's truth file. */
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { AppError } from '../../graph/errors.ts'
import type { TruthLine } from '../../range/truth.ts'

const truthSchema = z.object({
  account: z.string(),
  ring: z.string().nullable(),
  attack: z.string().nullable(),
  role: z.enum(['operator', 'member', 'mule', 'victim', 'bystander', 'benign']),
  group: z.string().nullable(),
})

export async function readTruth(file: string): Promise<readonly TruthLine[]> {
  const lines = createInterface({ input: createReadStream(file) })
  const truth: TruthLine[] = []
  for await (const text of lines) {
    if (text.trim() !== '') truth.push(parse(text, `${file}:${truth.length + 1}`))
  }
  return truth
}

function parse(text: string, place: string): TruthLine {
  try {
    return truthSchema.parse(JSON.parse(text))
  } catch (cause) {
    throw new AppError(
      'invalid_input',
      `${place} is no line of a truth file: {account, ring, attack, role, group}`,
      { cause },
    )
  }
}
