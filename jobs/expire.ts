import type { Job } from './services.ts'

const msPerDay = 86_400_000

/** Drops refused lines and undelivered messages that nobody mended for long: refused lines are somebody's data. */
export const expire: Job<'expire'> = {
  name: 'expire',

  async run({ store, clock, keepDeadLettersDays, report }) {
    const before = clock() - keepDeadLettersDays * msPerDay
    const deadLetters = await store.expireDeadLetters(before)
    const deadMessages = await store.expireMessages(before)
    if (deadLetters + deadMessages > 0) report('expire', { deadLetters, deadMessages })
  },
}
