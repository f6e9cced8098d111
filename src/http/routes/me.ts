/** Who asks. */
import { z } from 'zod'
import { metaOf } from '../meta.ts'
import { route } from '../route.ts'
import { metaSchema } from '../schemas.ts'
import { scopes } from '../scopes.ts'

export const getMe = route({
  method: 'get',
  path: '/v1/me',
  summary: 'Who asks, as decisions and the audit would name it, and what it may do.',
  scope: 'rings:read',
  reply: z.strictObject({
    name: z.string().describe('`key:` and the name of a key, or `person:` and who a token is of'),
    scopes: z.array(z.enum(scopes)),
    meta: metaSchema,
  }),

  handle: async (services, { caller, mayDo }) => ({
    name: caller,
    scopes: scopes.filter((scope) => mayDo.includes(scope)),
    meta: metaOf(services),
  }),
})
