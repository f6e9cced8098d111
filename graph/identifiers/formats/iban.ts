/** International bank account numbers, ISO 13616. */

/** Country and length, from SWIFT's IBAN registry. */
const lengths = new Map(
  (
    'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 ' +
    'EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 ' +
    'KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 ' +
    'PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 ' +
    'UA29 VA22 VG24 XK20 YE30'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))] as const),
)

/** The longest IBAN, its groups of four apart, and some slack. */
const spelledMax = 48
const shape = /^[A-Z]{2}[0-9]{2}[0-9A-Z]+$/

/** The IBAN a text spells, compact and in upper case. */
export function readIban(text: string): string | undefined {
  if (text.length > spelledMax) return undefined
  const compact = text.replaceAll(/[\s-]/g, '').toUpperCase()
  if (lengths.get(compact.slice(0, 2)) !== compact.length || !shape.test(compact)) return undefined
  return remainder97(compact) === 1 ? compact : undefined
}

function remainder97(iban: string): number {
  let remainder = 0
  for (let at = 0; at < iban.length; at += 1) {
    // The country and check digits count last.
    const code = iban.charCodeAt((at + 4) % iban.length)
    remainder = code > 57 ? (remainder * 100 + code - 55) % 97 : (remainder * 10 + code - 48) % 97
  }
  return remainder
}
