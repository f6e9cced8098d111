import { describe, expect, test } from '@jest/globals'
import type { RevokeList } from '../../../graph/explain/aftermath.ts'
import { changeWords, revokeWords } from '../../../graph/explain/words.ts'

test.each<[Parameters<typeof changeWords>[0], string]>([
  [{ what: 'credentials', parts: ['email', 'password'] }, 'E-mail address and password changed'],
  [{ what: 'credentials', parts: ['mfa'] }, 'Second factor changed'],
  [{ what: 'credentials' }, 'Credentials changed (not known which)'],
  [{ what: 'payout' }, 'Payout details changed'],
])('what changed: %j', (change, words) => {
  expect(changeWords(change)).toBe(words)
})

describe('what to take back', () => {
  const nothing: RevokeList = {
    sessions: 0,
    resets: 0,
    passwords: 0,
    unsaid: 0,
    payouts: 0,
    emails: 0,
    keep: 0,
  }

  test.each<[Partial<RevokeList>, string]>([
    [{}, 'Nothing is known to have changed. Never ban a victim.'],
    [
      { sessions: 19, resets: 12, passwords: 12, payouts: 10, emails: 12, keep: 24 },
      'Revoke 19 sessions, reset 12 passwords, set 10 payouts and 12 e-mail addresses back; 24 own devices stay signed in. Never ban a victim.',
    ],
    [
      { resets: 3, passwords: 1, unsaid: 2, emails: 1 },
      'Reset 1 password, reset 2 accounts, set 1 e-mail address back. Of 2 accounts it is not known which credentials changed. Never ban a victim.',
    ],
  ])('%j', (some, words) => {
    expect(revokeWords({ ...nothing, ...some })).toBe(words)
  })
})
