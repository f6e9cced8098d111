/** Shapes of what people said of a ring or an identifier. */
import { z } from 'zod'
import { verdicts } from '../../graph/ring.ts'

const time = z.iso.datetime()

export const standingSchema = z.strictObject({
  decision: z.string(),
  verdict: z.enum(verdicts),
  holds: z.boolean().describe('False once the ring changed too much for it: somebody has to look again'),
  expiresAt: time.optional().describe('It stands while this is after the last day of the data'),
})

export const ownerSchema = z.strictObject({ name: z.string(), since: time })

export const facetSchema = z
  .strictObject({
    kind: z.string(),
    ref: z.string(),
    mask: z.string(),
    accounts: z.int().min(0).describe('That use it'),
    sharedByDesign: z.boolean().describe('People said that strangers share it'),
  })
  .meta({ id: 'Facet' })
