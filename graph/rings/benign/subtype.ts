/**
 * What honest people who share things are to each other. Told by a rule and not by a model: models of the same signs,
 * taught by one generator of worlds, were wrong of the other's more often than right (docs/decisions/0014). Where the
 * signs are not clear, nothing is told.
 */
import type { BenignSubtype, Reason } from '../../ring.ts'
import type { BenignSigns, CommonDevice, CommonThing } from './signs.ts'

export interface BenignFinding {
  readonly subtype: BenignSubtype
  /** What says so, strongest first. */
  readonly reasons: readonly Reason[]
}

/** A home's line has so many users at the most, most of them in the community, who are there on so many of their days. */
const [homeMax, homeInsideMin, homeDaysMin] = [8, 0.6, 0.4]
/** Larger communities are no home unless two signs say so, nor are those who meet on a line of more accounts. */
const [householdMax, householdLineMax] = [8, 10]
/** A card, number or address that more accounts use is no family's. */
const heldMax = 12

/** From so many accounts on, a line is a place where people meet who do not live there. */
const crowdMin = 20
/** A device of more accounts is no colleague's laptop. */
const lentMax = 4

/** A device for anybody: of so many accounts, who share little else, half of them on it for so many days at the most. */
const [publicMin, publicnessMax, passingDaysMax] = [8, 0.5, 3]
/** Below these, sharing a device says nothing of a home. */
const [strangersMin, strangersPublicnessMax] = [5, 0.7]

const half = 0.5

/** `undefined` where nothing is clear. */
export function benignFinding(signs: BenignSigns): BenignFinding | undefined {
  return household(signs) ?? kiosk(signs) ?? workplaceOrCampus(signs)
}

/** People who live together, or hold money, a number or an address in common. */
function household(signs: BenignSigns): BenignFinding | undefined {
  const { size, line, daysThere, device } = signs
  const together = livesIn(signs)
  if ((line?.accounts ?? 0) > householdLineMax || together.length === 0) return undefined
  const isAmongStrangers =
    device !== undefined && device.accounts >= strangersMin && device.publicness < strangersPublicnessMax
  const meets = line !== undefined && line.share >= half
  const isAlone = size > householdMax || isAmongStrangers || (meets && daysThere < homeDaysMin)
  if (together.length < 2 && isAlone) return undefined
  return { subtype: 'household', reasons: [...together, ...ownDevices(signs)] }
}

/** A reason for each sign of living together. */
function livesIn({ size, line, held }: BenignSigns): readonly Reason[] {
  const isHome = ({ share, accounts }: CommonThing): boolean =>
    share >= half && accounts <= homeMax && share * size >= homeInsideMin * accounts
  return [
    ...(line && isHome(line) ? [met('meets_at_home', line)] : []),
    ...held
      .filter(({ share, accounts }) => share >= half && accounts <= heldMax)
      .map(({ kind, share }) => ({ code: 'holds_in_common', kind, share: rounded(share) }) as const),
  ]
}

function kiosk(signs: BenignSigns): BenignFinding | undefined {
  const { line, device } = signs
  if (!isCrowded(line) || livesIn(signs).length > 1) return undefined
  if (!device || !isPublic(device)) return undefined
  const reasons: readonly Reason[] = [
    { code: 'public_device', kind: device.kind, count: device.accounts },
    { code: 'passing_use', kind: device.kind, count: device.daysUsed },
    met('meets_in_a_crowd', line),
  ]
  return { subtype: 'kiosk', reasons }
}

function workplaceOrCampus(signs: BenignSigns): BenignFinding | undefined {
  const { line, device, ownDevice } = signs
  if (!isCrowded(line) || livesIn(signs).length > 0) return undefined
  if ((device?.accounts ?? 0) > lentMax || ownDevice < half) return undefined
  return { subtype: 'workplace_campus', reasons: [met('meets_in_a_crowd', line), ...ownDevices(signs)] }
}

const isCrowded = (line: CommonThing | undefined): line is CommonThing =>
  line !== undefined && line.share >= half && line.accounts >= crowdMin

const isPublic = ({ accounts, publicness, daysUsed }: CommonDevice): boolean =>
  accounts >= publicMin && publicness <= publicnessMax && daysUsed <= passingDaysMax

const met = (code: 'meets_at_home' | 'meets_in_a_crowd', { kind, share, accounts }: CommonThing): Reason => ({
  code,
  kind,
  share: rounded(share),
  count: accounts,
})

const ownDevices = ({ ownDevice }: BenignSigns): readonly Reason[] =>
  ownDevice > 0 ? [{ code: 'own_device', share: rounded(ownDevice) }] : []

const rounded = (share: number): number => Math.round(share * 1e6) / 1e6
