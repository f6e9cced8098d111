/** Text for HTML. */

/** Anything that is not markup must pass through here. */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** A share without the 0 before the point, as figures of this kind are printed; a larger number with thin spaces. */
export function shown(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits)
  const [whole = '0', rest] = text.split('.')
  const grouped = whole.length > 3 ? whole.replaceAll(/\B(?=(\d{3})+$)/g, '\u202f') : whole
  const sign = value < 0 && Number(text) !== 0 ? '−' : ''
  if (rest === undefined) return `${sign}${grouped}`
  return `${sign}${grouped === '0' && digits === 2 ? '' : grouped}.${rest}`
}

export const signed = (value: number, digits: number): string =>
  `${Number(value.toFixed(digits)) > 0 ? '+' : ''}${shown(value, digits)}`

/** From low to high. */
export const range = (
  { low, high }: { readonly low: number; readonly high: number },
  digits: number,
): string => `${shown(low, digits)} to ${shown(high, digits)}`
