/** Shapes of takeovers. */
import { z } from 'zod'
import { credentialParts, outcomes } from '../../graph/model.ts'
import { chanceSchema } from './schemas-link.ts'

const probability = z.number().min(0).max(1)
const time = z.iso.datetime()
const count = z.int().min(0)
const identifier = { kind: z.string(), ref: z.string(), mask: z.string() }
const shown = z.strictObject(identifier)

export const partsSchema = z.array(z.enum(credentialParts))

const placeSchema = z
  .strictObject({ latitude: z.number(), longitude: z.number() })
  .describe('Degrees, to a tenth')

const moveSchema = z.strictObject({
  at: time,
  what: z.enum(['payment', 'payout']),
  outcome: z.enum(outcomes),
  amount: z.number().optional(),
  currency: z.string().optional(),
  to: z.string().optional().describe('Who got it, where that is known'),
})

const moneySchema = z.array(
  z.strictObject({ outcome: z.enum(outcomes), currency: z.string(), amount: z.number(), count }),
)

export const victimSchema = z
  .strictObject({
    account: z.string(),
    createdAt: time.nullable(),
    risk: probability.describe('Its own'),
    compromise: probability,
    at: time.nullable().describe('When it first met what was new to it'),
    met: z.array(z.strictObject({ ...identifier, victims: z.int(), firstSeen: time })),
    changed: z.array(
      z.strictObject({
        what: z.enum(['credentials', 'payout']),
        at: time,
        parts: partsSchema.nullable().optional().describe('Which credentials; null where nobody said'),
        sentence: z.string(),
      }),
    ),
    paid: z.array(z.string()).max(50),
    moves: z.array(moveSchema).max(50).describe('Money within three days of that, oldest first'),
    safe: z.array(
      z.strictObject({ ...identifier, accounts: z.int(), name: z.string(), firstSeen: time, lastSeen: time }),
    ),
    revoke: z
      .strictObject({
        sessions: count.describe(
          'Known ones on what was new to it; of each identifier the newest 8 are kept',
        ),
        reset: z.boolean().describe('Credentials changed'),
        password: z.boolean().nullable().describe('Null where credentials changed and nobody said which'),
        payout: z.boolean(),
        email: z.boolean().describe('An e-mail address was new to it then, or is said to have changed'),
        keep: count.describe('Own devices, which stay signed in'),
      })
      .describe('What to take back from whoever got in'),
    sentences: z.array(z.string()),
    entry: z
      .strictObject({
        ...identifier,
        place: placeSchema.nullable().describe('Null where no table places the address'),
        home: z
          .strictObject({ place: placeSchema, days: count.describe('On which it was there before') })
          .nullable()
          .describe('Where it mostly was; null where that is not known'),
        kmFromHome: count.nullable().describe('Between the two, to ten; null where either is not known'),
        sentence: z.string(),
      })
      .nullable()
      .optional()
      .describe('The address it was entered from, on the page of one takeover; null where none is known'),
  })
  .meta({ id: 'VictimStory' })

export const takeoverSchema = z
  .strictObject({
    pivots: z.array(
      z.strictObject({
        ...identifier,
        victims: z.int(),
        accounts: count.describe('That use it anywhere'),
        only: z.int().describe('Victims that met nothing else of the takeover'),
        firstSeen: time.describe('By the first victim'),
        lastSeen: time.describe('By the last victim that met it'),
        minutes: count.describe('Between the two'),
        chance: chanceSchema.optional(),
        sentence: z.string(),
      }),
    ),
    victims: z.int(),
    ownRiskMax: probability.describe('The highest own risk of a victim'),
    revoke: z
      .strictObject({
        sessions: count,
        resets: count.describe('Accounts whose credentials changed'),
        passwords: count.describe('Those of which it is said that the password did'),
        unsaid: count.describe('Those of which it is not known, of some change, what it was'),
        payouts: count,
        emails: count,
        keep: count,
        sentence: z.string(),
      })
      .describe('Over all victims'),
    money: moneySchema.describe('What victims moved within three days, by outcome; the least there was'),
    payouts: z
      .array(shown.extend({ victims: count }))
      .max(50)
      .describe('Payout identifiers that were new to victims then'),
    receivers: z.array(
      z.strictObject({
        account: z.string(),
        victims: z.int(),
        risk: probability,
        createdAt: time.nullable(),
        moves: z.array(moveSchema).max(50),
        money: moneySchema,
        payouts: z.array(shown).max(50).describe('Set for victims, and its own too'),
        sentence: z.string(),
      }),
    ),
    stories: z.array(victimSchema).max(50).describe('In the order they were got into'),
  })
  .meta({ id: 'Takeover' })
