import { fitted, readText } from './formats/canonical-text.ts'
import { hidden } from './formats/opaque.ts'
import type { IdentifierKind } from './kind.ts'

const web = /^https?:\/\//i
/** `shop.example/x` and the like, as people paste them. */
const bare = /^([^\s/?#@:]+)(?::\d+)?(?:[/?#]|$)/
const tracking =
  /^(?:utm_[^=]*|gclid|gclsrc|dclid|gbraid|wbraid|fbclid|msclkid|yclid|twclid|ttclid|igshid|igsh|mc_cid|mc_eid|_ga|_gl|li_fat_id|s_cid)(?:=|$)/i

/** An address of the web, without what only tells where the click came from. */
export const url: IdentifierKind = {
  name: 'url',
  family: 'content',
  evidence: { kappa: 1, halfLifeDays: 14, capNats: 1, links: 'weak', unit: 'value' },
  household: false,
  normalise(value) {
    const text = readText(value)
    if (text === undefined) return undefined
    const parsed = URL.parse(withScheme(text))
    return parsed === null ? undefined : canonicalUrl(parsed)
  },
  mask: hidden,
}

/** Only the web's schemes: of others nobody can say which parts of them matter. */
function withScheme(text: string): string {
  if (web.test(text)) return text
  return bare.exec(text)?.[1]?.includes('.') ? `https://${text}` : ''
}

/** Credentials are dropped: they name no page, and a look-alike host is what phishers put there. */
function canonicalUrl({ protocol, host, hostname, port, pathname, search }: URL): string | undefined {
  if (!hostname.endsWith('.')) return fitted(`${protocol}//${host}${pathname}${withoutTracking(search)}`)
  const named = hostname.slice(0, -1)
  // More dots would change again the next time.
  if (named === '' || named.endsWith('.')) return undefined
  return fitted(`${protocol}//${named}${port && `:${port}`}${pathname}${withoutTracking(search)}`)
}

function withoutTracking(search: string): string {
  const kept = search
    .slice(1)
    .split('&')
    .filter((parameter) => parameter !== '' && !tracking.test(parameter))
  return kept.length === 0 ? '' : `?${kept.join('&')}`
}
