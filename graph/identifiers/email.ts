import { fitted, readText } from './formats/canonical-text.ts'
import { readDomain } from './formats/domain.ts'
import type { IdentifierKind } from './kind.ts'

/** An unquoted local part. Dots may stand anywhere: carriers have given such addresses out. */
const localPart = /^[^\s"(),:;<>@[\\\]\p{Cc}]{1,64}$/u
/** A value somebody masked before it reached us. */
const masked = /^\*+$/
const gmail = /^(?:gmail|googlemail)\.com$/
const plusTagged =
  /^(?:(?:outlook|hotmail|live)\.(?:com?\.)?[a-z]{2,3}|msn\.com|icloud\.com|me\.com|mac\.com|fastmail\.(?:com|fm)|(?:proton|pm)\.me|protonmail\.(?:com|ch)|hey\.com|zoho\.com|yandex\.(?:com|ru))$/
const minusTagged = /^(?:yahoo\.(?:com?\.)?[a-z]{2,3}|ymail\.com|rocketmail\.com)$/

/** An e-mail address, in the one spelling of all that reach its mailbox. */
export const email: IdentifierKind = {
  name: 'email',
  family: 'contact',
  evidence: { kappa: 8, halfLifeDays: 180, capNats: 9, links: 'pairs', unit: 'value' },
  household: false,
  normalise(value) {
    const text = readText(value)
    const at = text?.lastIndexOf('@') ?? -1
    if (text === undefined || at < 1) return undefined
    const domain = readDomain(text.slice(at + 1))
    const local = text.slice(0, at).toLowerCase().normalize('NFC')
    if (domain === undefined || !localPart.test(local)) return undefined
    return mailbox(local, domain)
  },
  mask: (canonical) => `*@${domainOf(canonical)}`,
  facets: (canonical, tables) => tables.emailDomain(domainOf(canonical)),
  derives: ['emailDomain'],
  derive: (canonical) => [{ kind: 'emailDomain', text: domainOf(canonical) }],
}

const domainOf = (canonical: string): string => canonical.slice(canonical.lastIndexOf('@') + 1)

/** What the provider delivers to: without the tags and dots it ignores. */
function mailbox(local: string, domain: string): string | undefined {
  if (gmail.test(domain)) return address(before(local, '+').replaceAll('.', ''), 'gmail.com')
  if (plusTagged.test(domain)) return address(before(local, '+'), domain)
  if (minusTagged.test(domain)) return address(before(local, '-'), domain)
  return address(local, domain)
}

function address(local: string, domain: string): string | undefined {
  return local === '' || masked.test(local) ? undefined : fitted(`${local}@${domain}`)
}

function before(text: string, mark: string): string {
  const at = text.indexOf(mark)
  return at < 0 ? text : text.slice(0, at)
}
