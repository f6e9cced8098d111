import type { Job } from './services.ts'

const msPerDay = 86_400_000
/** Of more, those that were named first may be sent again as if they were new. */
const requestsMax = 100_000

/** Drops refused lines and undelivered messages that nobody mended for long (refused lines are somebody's data), and old answers. */
export const expire: Job<'expire'> = {
  name: 'expire',

  async run({ store, clock, keepDeadLettersDays, report }) {
    const before = clock() - keepDeadLettersDays * msPerDay
    const deadLetters = await store.expireDeadLetters(before)
    const deadMessages = await store.expireMessages(before)
    const requests = await store.expireRequests({ now: clock(), most: requestsMax })
    if (deadLetters + deadMessages + requests > 0) report('expire', { deadLetters, deadMessages, requests })
  },
}
