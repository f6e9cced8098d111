/** Roughly where on earth an address is, as the operator's tables say: some ten kilometres, and no closer. */

/** Degrees, to one decimal. */
export interface Place {
  readonly latitude: number
  readonly longitude: number
}

/** The one text of a place, such as `48.1,11.6`; `undefined` for what is on no globe. */
export function placeText(latitude: number, longitude: number): string | undefined {
  const isOnGlobe = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180
  return isOnGlobe ? `${tenths(latitude)},${tenths(longitude)}` : undefined
}

/** Without a minus before zero. */
const tenths = (degrees: number): string => ((Math.round(degrees * 10) + 0) / 10 + 0).toFixed(1)

/** Of a text that `placeText` made. */
export function placeOf(text: string): Place {
  const [latitude = 0, longitude = 0] = text.split(',').map(Number)
  return { latitude, longitude }
}

const earthRadiusKm = 6_371
const radians = (degrees: number): number => (degrees * Math.PI) / 180

/** Along a great circle (the haversine formula). */
export function kmBetween(a: Place, b: Place): number {
  const [from, to] = [radians(a.latitude), radians(b.latitude)]
  const half = (angle: number): number => Math.sin(angle / 2) ** 2
  const chord = half(to - from) + Math.cos(from) * Math.cos(to) * half(radians(b.longitude - a.longitude))
  return 2 * earthRadiusKm * Math.asin(Math.min(1, Math.sqrt(chord)))
}
