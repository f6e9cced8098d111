/**
 * What a platform sees of the devices people use: an app tells a device id, a browser a cookie and a fingerprint, and
 * some of both are those of strangers too. It follows from the device alone, so honest people and attackers are seen
 * alike. Collisions: AmIUnique (docs/detection.md 4.1).
 */
import type { EventIdentifiers, RangeEvent } from './event.ts'
import { mix, Random } from './random.ts'
import { dayMs } from './times.ts'

export interface SightFigures {
  /** Devices that come by browser, of 1. */
  readonly browsers: number
  /** Whether a browser's device id is told as well. */
  readonly browsersTellDevice: boolean
  /** Browsers on phones, of browsers. */
  readonly mobile: number
  /** Whose fingerprint or device id is that of their model, of 1. */
  readonly collisions: { readonly desktop: number; readonly mobile: number; readonly hardId: number }
}

/** Models there are, the first of which everybody has: the share of each falls with its rank. */
const browserModels = 2_000
const deviceModels = 1_000
const cookieDaysMin = 10
const cookieDaysMax = 120

const modelDevice = 'd_model'
const modelFingerprint = 'fp_model'

/** Whether a device id or fingerprint is that of a model, which strangers of all neighbourhoods have. */
export const isModels = (value: string): boolean =>
  value.startsWith(modelDevice) || value.startsWith(modelFingerprint)

/** What one neighbourhood's events show; a kind an event names already stays as it is. */
export function sightOf(figures: SightFigures): (event: RangeEvent) => RangeEvent {
  const known = new Map<string, Seen>()
  return (event) => {
    const device = event.identifiers?.device
    if (device === undefined) return event
    const seen = known.get(device) ?? seenOf(device, figures)
    known.set(device, seen)
    if (seen.device === device && seen.fingerprint === undefined) return event
    const { device: _, ...others } = event.identifiers ?? {}
    return { ...event, identifiers: { ...shown(seen, event.at), ...others } }
  }
}

interface Seen {
  readonly device?: string
  readonly fingerprint?: string
  /** Names the browser's cookies, and how long it keeps one. */
  readonly cookies?: { readonly browser: number; readonly keptMs: number }
}

function seenOf(device: string, { browsers, browsersTellDevice, mobile, collisions }: SightFigures): Seen {
  const random = new Random(0, device)
  const id = random.chance(collisions.hardId) ? `${modelDevice}${modelIn(deviceModels, random)}` : device
  if (!random.chance(browsers)) return { device: id }
  const collides = random.chance(random.chance(mobile) ? collisions.mobile : collisions.desktop)
  const browser = random.int(0, 2 ** 32 - 1)
  const keptMs = random.between(cookieDaysMin, cookieDaysMax) * dayMs
  return {
    ...(browsersTellDevice && { device }),
    fingerprint: collides ? `${modelFingerprint}${modelIn(browserModels, random)}` : `fp_${random.word()}`,
    cookies: { browser, keptMs },
  }
}

function shown({ device, fingerprint, cookies }: Seen, at: number): EventIdentifiers {
  return {
    ...(device !== undefined && { device }),
    ...(fingerprint !== undefined && { fingerprint }),
    ...(cookies !== undefined && { cookie: cookieAt(cookies, at) }),
  }
}

/** Cleared now and then, and another afterwards. */
function cookieAt({ browser, keptMs }: NonNullable<Seen['cookies']>, at: number): string {
  const age = Math.floor((at + (browser / 2 ** 32) * keptMs) / keptMs)
  return `ck_${lettered(browser)}${lettered(mix(browser, age))}`
}

/** Zipf's law, by its inverse: the second model is half as common as the first. */
const modelIn = (models: number, random: Random): string => {
  const rank = Math.floor(Math.exp(random.next() * Math.log(models)))
  return lettered(mix(rank, models))
}

/** Seven letters of 32 bits. */
function lettered(bits: number): string {
  let text = ''
  for (let left = bits; text.length < 7; left = Math.floor(left / 26)) {
    text += String.fromCharCode(97 + (left % 26))
  }
  return text
}
