/** Which kinds of identifiers there are: those shipped, and those a policy adds or re-weighs. */
import { AppError, type Issue } from '../errors.ts'
import { address } from './address.ts'
import { cookie } from './cookie.ts'
import { asn } from './derived/asn.ts'
import { emailDomain } from './derived/email-domain.ts'
import { imageBand } from './derived/image-band.ts'
import { ip24 } from './derived/ip24.ts'
import { target } from './derived/target.ts'
import { textBand } from './derived/text-band.ts'
import { device } from './device.ts'
import { document } from './document.ts'
import { email } from './email.ts'
import { fingerprint } from './fingerprint.ts'
import { image } from './image.ts'
import { ip } from './ip.ts'
import type { EvidencePolicy, IdentifierKind } from './kind.ts'
import { payment } from './payment.ts'
import { payout } from './payout.ts'
import { phone } from './phone.ts'
import { promo } from './promo.ts'
import { text } from './text.ts'
import { url } from './url.ts'

export interface KindRegistry extends ReadonlyMap<string, IdentifierKind> {
  /** Kinds an event may name under `identifiers`; the others follow from values and fields. */
  accepted(): readonly string[]
}

/** A kind a policy adds (with `like`), or a shipped one whose figures it changes (without). */
export interface KindPolicy {
  readonly name: string
  /** The shipped kind it is read, masked and weighed like. */
  readonly like?: string
  readonly kappa?: number
  readonly halfLifeDays?: number
  readonly capNats?: number
  readonly links?: EvidencePolicy['links']
  readonly household?: boolean
  readonly keepDays?: number
}

const sent = [
  device,
  ip,
  payment,
  payout,
  email,
  phone,
  address,
  cookie,
  fingerprint,
  document,
  image,
  text,
  url,
  promo,
]
const derived = [ip24, asn, emailDomain, imageBand, textBand, target]

/** Kinds that follow from other values or fields; events do not name them under `identifiers`. */
const derivedKindNames: ReadonlySet<string> = new Set(derived.map(({ name }) => name))

/** Whether values of a kind follow from others, and are never told. */
export const isDerived = (kind: string): boolean => derivedKindNames.has(kind)

export const shippedKinds: KindRegistry = registryOf([...sent, ...derived])

const nameShape = /^[a-z][a-zA-Z0-9]{1,31}$/
const linkModes: readonly string[] = ['pairs', 'weak', 'never'] satisfies EvidencePolicy['links'][]

/** The shipped kinds with a policy's on top; all its mistakes are reported at once. */
export function kindRegistry(policies: readonly KindPolicy[] = []): KindRegistry {
  const issues = policies.flatMap((policy, index) =>
    [...nameIssues(policy, policies.slice(0, index)), ...figureIssues(policy)].map(({ pointer, detail }) => ({
      pointer: `/${index}${pointer}`,
      detail,
    })),
  )
  if (issues.length > 0) {
    const [first] = issues
    throw new AppError(
      'config_invalid',
      `The policy's kinds are invalid: ${first?.pointer} ${first?.detail}`,
      { issues },
    )
  }
  return registryOf([...shippedKinds.values(), ...policies.map(kindOf)])
}

/** Of two kinds with one name the later stands. */
function registryOf(kinds: readonly IdentifierKind[]): KindRegistry {
  const byName = new Map(kinds.map((kind) => [kind.name, kind]))
  const accepted = [...byName.keys()].filter((name) => !derivedKindNames.has(name))
  return Object.assign(byName, { accepted: () => accepted })
}

function nameIssues({ name, like }: KindPolicy, earlier: readonly KindPolicy[]): readonly Issue[] {
  const issues: Issue[] = []
  const complain = (pointer: string, detail: string) => issues.push({ pointer, detail })
  if (!nameShape.test(name)) complain('/name', 'must be 2 to 32 letters and digits, beginning in lower case')
  if (earlier.some((policy) => policy.name === name)) complain('/name', 'is taken by an earlier entry')
  if (like === undefined) {
    if (!shippedKinds.has(name)) complain('/like', 'must name the shipped kind this one is like')
    return issues
  }
  if (shippedKinds.has(name)) complain('/name', 'is a shipped kind; leave out "like" to change its figures')
  const isLikable = shippedKinds.has(like) && !derivedKindNames.has(like)
  if (!isLikable) complain('/like', 'must be a shipped kind that events send')
  return issues
}

function figureIssues({ kappa, halfLifeDays, capNats, links, keepDays }: KindPolicy): readonly Issue[] {
  const issues: Issue[] = []
  const positive = { kappa, halfLifeDays, capNats }
  for (const [figure, value] of Object.entries(positive)) {
    if (value === undefined || (Number.isFinite(value) && value > 0)) continue
    issues.push({ pointer: `/${figure}`, detail: 'must be a number above 0' })
  }
  if (links !== undefined && !linkModes.includes(links)) {
    issues.push({ pointer: '/links', detail: `must be one of ${linkModes.join(', ')}` })
  }
  if (keepDays !== undefined && !(Number.isSafeInteger(keepDays) && keepDays > 0)) {
    issues.push({ pointer: '/keepDays', detail: 'must be a whole number of days above 0' })
  }
  return issues
}

function kindOf({ name, like = name, ...changes }: KindPolicy): IdentifierKind {
  const model = shippedKinds.get(like)
  if (model === undefined) throw new AppError('config_invalid', 'A kind must be like a shipped one')
  const keepDays = changes.keepDays ?? model.keepDays
  return {
    ...model,
    name,
    household: changes.household ?? model.household,
    ...(keepDays !== undefined && { keepDays }),
    evidence: {
      ...model.evidence,
      kappa: changes.kappa ?? model.evidence.kappa,
      halfLifeDays: changes.halfLifeDays ?? model.evidence.halfLifeDays,
      capNats: changes.capNats ?? model.evidence.capNats,
      links: changes.links ?? model.evidence.links,
    },
  }
}
