/** The names an identifier of a kind carries in the graph, so that people can read it. */

/** A kind that a policy adds is an `Identifier` with its kind as a property. */
const labelByKind: Readonly<Record<string, string>> = {
  device: 'Device',
  ip: 'IpAddress',
  payment: 'PaymentInstrument',
  payout: 'PayoutAccount',
  email: 'EmailAddress',
  phone: 'PhoneNumber',
  address: 'PostalAddress',
  cookie: 'Cookie',
  fingerprint: 'Fingerprint',
  document: 'IdentityDocument',
  image: 'Image',
  text: 'TextTemplate',
  url: 'Url',
  promo: 'PromoCode',
  ip24: 'Network',
  asn: 'AutonomousSystem',
  emailDomain: 'EmailDomain',
  imageBand: 'ImageBand',
  textBand: 'TextBand',
  target: 'Target',
}

/** Besides `Identifier`; empty for a kind that is not ours. Never made from input. */
export const labelsOf = (kind: string): readonly string[] => {
  const label = Object.hasOwn(labelByKind, kind) ? labelByKind[kind] : undefined
  return label === undefined ? [] : [label]
}

/** A space sorts before every character of a kind, so that keys sort by kind, then ref. */
export const keyOf = ({ kind, ref }: { readonly kind: string; readonly ref: string }): string =>
  `${kind} ${ref}`

/** Kinds hold no space. */
export function kindAndRef(key: string): { readonly kind: string; readonly ref: string } {
  const end = key.indexOf(' ')
  return { kind: key.slice(0, end), ref: key.slice(end + 1) }
}

export const relationLabel = (name: string): string => name.toUpperCase()
export const relationOfLabel = (label: string): string => label.toLowerCase()
