import type { Job } from './services.ts'

const msPerDay = 86_400_000

/** Drops refused lines that nobody mended for long: they are encrypted, and all the same somebody's data. */
export const expire: Job<'expire'> = {
  name: 'expire',

  async run({ store, clock, keepDeadLettersDays, report }) {
    const deadLetters = await store.expireDeadLetters(clock() - keepDeadLettersDays * msPerDay)
    if (deadLetters > 0) report('expire', { deadLetters })
  },
}
