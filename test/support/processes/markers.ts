/** Markers in every field that nobody but the sender may ever see again, sent in every way that fields are sent. */
import { sentEvent } from './deliveries.ts'

const m = (name: string): string => `zq7marker${name}`

/** By kind, a value that its kind takes, and the text of it that must not be seen. */
export const plantedIdentifiers = {
  device: [m('device')],
  ip: ['198.51.100.77'],
  payment: [`tok_${m('payment')}`],
  payout: [m('payout')],
  email: [`${m('email')}@example.org`, m('email')],
  phone: ['+491515550739', '1515550739'],
  address: [`${m('street')} 7, Berlin`, m('street')],
  cookie: [m('cookie')],
  fingerprint: [m('fingerprint')],
  document: [m('document')],
  url: [`https://example.org/${m('url')}`, m('url')],
  promo: [m('promo')],
} as const

const identifiers = Object.fromEntries(
  Object.entries(plantedIdentifiers).map(([kind, [value]]) => [kind, value]),
)

/** Texts that must be found nowhere but with whoever sent them. */
export const planted: readonly string[] = [
  ...Object.values(plantedIdentifiers).map((texts): string => texts.at(-1) ?? ''),
  ...[
    'session',
    'eventid',
    'attribute',
    'refused',
    'field',
    'kind',
    'token',
    'query',
    'path',
    'json',
    'label',
    'match',
  ].map(m),
  '4111111111111111',
]

/** An account is the customer's own name of somebody: it is stored and answered, and is in no log and no figure. */
export const plantedAccount = m('account')

type Ask = (
  path: string,
  options?: { method?: string; type?: string; body?: string; key?: string },
) => Promise<string>

/** Sends them all; every answer's text. */
export async function plant(ask: Ask): Promise<readonly string[]> {
  const post = (path: string, body: unknown): Promise<string> =>
    ask(path, {
      method: 'POST',
      type: 'application/json',
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  const good = sentEvent(plantedAccount, {
    eventId: m('eventid'),
    identifiers,
    sessionId: m('session'),
    attributes: { amount: 5, note: m('attribute') },
  })
  const bad = [
    { ...good, eventId: 'bad1', type: m('refused') },
    { ...good, eventId: 'bad2', [m('field')]: 1 },
    { ...good, eventId: 'bad3', identifiers: { [m('kind')]: 'x', ip: m('refused') } },
    { ...good, eventId: 'bad4', occurredAt: m('refused') },
    { ...good, eventId: 'bad5', identifiers: { payment: '4111111111111111' } },
    { ...good, eventId: 'bad6', attributes: { [m('field')]: { deep: m('refused') } } },
  ]
  return [
    await post('/v1/events', [good, { ...good, sessionId: 'another' }]),
    await post('/v1/events', bad),
    await ask('/v1/events', {
      method: 'POST',
      type: 'application/x-ndjson',
      body: `{"eventId": "${m('json')}\n${JSON.stringify(bad[0])}\n`,
    }),
    await post('/v1/labels', [{ account: plantedAccount, label: m('label'), source: 's', at: m('refused') }]),
    await post('/v1/match', { identifiers: { ...identifiers, device: m('match') } }),
    await post('/v1/match', { identifiers: { [m('kind')]: m('match') } }),
    await post('/v1/risk:batch', `{"accounts": ["${m('json')}`),
    await post('/v1/risk:batch', { accounts: [1], [m('field')]: m('json') }),
    await post('/v1/keys', { name: 5, scopes: [m('refused')], [m('field')]: true }),
    await ask(`/v1/rings?${m('query')}=${m('query')}`),
    await ask(`/v1/rings?cursor=${m('query')}`),
    await ask(`/v1/rings/${m('path')}`),
    await ask(`/v1/rings/${m('path')}/brief`),
    await ask(`/${m('path')}`),
    await ask('/v1/rings', { key: `rl_${m('token')}` }),
    await ask('/v1/dead-letters'),
    await post('/v1/dead-letters:replay', {}),
    await ask('/metrics'),
  ]
}
