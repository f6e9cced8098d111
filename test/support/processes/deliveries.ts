/** Events and labels as a customer sends them. */

let sent = 0

export interface SentEvent {
  readonly eventId: string
  readonly type: string
  readonly occurredAt: string
  readonly account: string
  readonly [field: string]: unknown
}

/** An event like any other, with an id of its own. */
export const sentEvent = (account: string, more: Partial<SentEvent> = {}): SentEvent => ({
  eventId: `evt_${(sent += 1)}`,
  type: 'login',
  occurredAt: '2026-05-02T10:15:00Z',
  account,
  ...more,
})

/** Accounts that signed up one after the other from one device and paid with one card token. */
export const ringOf = (name: string, size: number): readonly SentEvent[] =>
  Array.from({ length: size }, (_, i) => i).flatMap((i) => {
    const account = `${name}_${i}`
    const occurredAt = `2026-05-02T10:${String(10 + i).padStart(2, '0')}:00Z`
    const identifiers = { device: `${name}_device`, payment: [`${name}_token`] }
    return [
      sentEvent(account, { type: 'signup', occurredAt, identifiers, accountCreatedAt: occurredAt }),
      sentEvent(account, { type: 'payment', occurredAt, identifiers }),
    ]
  })

/** A chain: each account shares one thing with the next and nothing with the others. */
export const chainOf = (accounts: readonly string[]): readonly SentEvent[] =>
  accounts.map((account, i) =>
    sentEvent(account, {
      type: 'signup',
      identifiers: { device: [`${accounts[0]}_link_${i}`, `${accounts[0]}_link_${i + 1}`] },
    }),
  )

export const ndjson = (rows: readonly unknown[]): string => rows.map((row) => JSON.stringify(row)).join('\n')
