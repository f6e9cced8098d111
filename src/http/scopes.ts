/** What a key may do. */
export const scopes = [
  'ingest',
  'risk:read',
  'rings:read',
  'pii:reveal',
  'decide',
  'mitigate:plan',
  'mitigate:approve',
  'admin',
] as const
export type Scope = (typeof scopes)[number]

export const isScope = (text: string): text is Scope => (scopes as readonly string[]).includes(text)
