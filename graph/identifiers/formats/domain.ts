/** Host names as e-mail and operators' lists spell them. */

const ascii = /^[\x21-\x7e]+$/
const neverInNames = /[\s/:?#@\\[\]%]/
const name = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/

/** A registrable-looking host name in lower case, IDN in its `xn--` form, without the root's dot. */
export function readDomain(text: string): string | undefined {
  if (text.length > 254) return undefined
  const spelled = ascii.test(text) ? text.toLowerCase() : idnToAscii(text)
  const domain = spelled?.endsWith('.') ? spelled.slice(0, -1) : spelled
  return domain !== undefined && name.test(domain) ? domain : undefined
}

function idnToAscii(text: string): string | undefined {
  // Anything the URL parser would take for more than a host.
  return neverInNames.test(text) ? undefined : URL.parse(`http://${text}/`)?.hostname
}
