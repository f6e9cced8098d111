/** Reasons and links as sentences. Templates only: every figure in a sentence is stored. */
import { probabilityMin } from '../evidence/share.ts'
import type { CredentialPart } from '../model.ts'
import type { Reason, ReasonCode } from '../ring.ts'
import type { RevokeList } from './aftermath.ts'
import type { ChanceTest } from './chance.ts'
import type { SharedEvidence } from './shared.ts'
import type { SensitiveChange } from './takeover.ts'

export const reasonWords = (reason: Reason): string => sentences[reason.code](reason)

const sentences = {
  shares_identifier: ({ kind = 'identifier', count }) =>
    `shares ${aKind(kind)} with ${others(count)} of the ring`,
  created_together: ({ share }) =>
    `${percent(share)} of its accounts were created within three days of each other`,
  few_devices: ({ share }) => `${percent(share)} of its accounts use one device`,
  failed_payments: ({ count, share }) =>
    count === undefined
      ? `many failed payments (${percent(share)})`
      : `${count} failed ${plural(count, 'payment')}`,
  chargebacks: ({ count, share }) =>
    count === undefined
      ? `chargebacks on ${percent(share)} of its accounts`
      : `${count} ${plural(count, 'chargeback')}`,
  reports: ({ count, share }) =>
    count === undefined
      ? `reports against its accounts (${percent(share)})`
      : `${count} ${plural(count, 'report')}`,
  labelled_fraud: ({ share }) =>
    share === undefined ? 'is labelled as fraud' : `${percent(share)} of its accounts are labelled as fraud`,
  labelled_legit: ({ share }) => `${percent(share)} of its accounts are labelled as legitimate`,
  own_device: ({ share }) =>
    share === undefined
      ? 'has a device of its own, which speaks for an honest owner'
      : `${percent(share)} of its accounts have a device of their own, which speaks for honest owners`,
  household_size: ({ count }) => `links ${count ?? 0} accounts`,
  new_identifier_on_established: ({ kind = 'identifier', count }) =>
    count === undefined
      ? 'established accounts met what was new to them within days of each other'
      : `an established account that met ${aKind(kind)} new to it, with ${others(count - 1)} in the same week`,
  sensitive_change: () => 'credentials or payout details changed within three days of that',
  weak_tie: ({ share }) =>
    share === undefined
      ? 'is tied to the ring only loosely'
      : 'only identifiers that households share tie its accounts',
  no_own_device: ({ share }) => `only ${percent(share)} of its accounts have a device of their own`,
  shares_money: ({ share }) =>
    `${percent(share)} of its accounts use one payment instrument or payout account`,
  common_aim: () => 'its accounts act on the same targets or pay the same accounts',
  new_accounts: () => 'its accounts are young and quick to pay or be paid',
  bad_company: () => 'what its accounts use, other suspicious accounts use too',
  clean_record: () => 'refused payments, chargebacks and reports are no more than usual',
  long_standing: () => 'its accounts have existed for long',
  clean_company: () => 'what its accounts use, suspicious accounts hardly use',
  meets_at_home: ({ share, count = 0 }) =>
    `${percent(share)} of its accounts meet on an address that ${accountsWord(count)} use, as at home`,
  holds_in_common: ({ kind = 'identifier', share }) =>
    `${percent(share)} of its accounts hold one ${kindWord(kind)} in common, as families and friends do`,
  meets_in_a_crowd: ({ share, count = 0 }) =>
    `${percent(share)} of its accounts meet on an address that ${accountsWord(count)} use, as people do who do not live there`,
  public_device: ({ kind = 'device', count = 0 }) =>
    `${aKind(kind)} that ${accountsWord(count)} use who share little else, as at a counter or in a library`,
  passing_use: ({ count = 0 }) =>
    `half of those who use it were there on no more than ${count} ${plural(count, 'day')}`,
  unlike_honest: () => 'is unlike any group here that is known to be honest',
  strong_links: () => 'its accounts are tied closely, by more than one kind of identifier',
} satisfies Record<ReasonCode, (reason: Reason) => string>

const kindWords: Readonly<Record<string, string>> = {
  ip: 'IP address',
  signupIp: 'sign-up IP address',
  ip24: 'network',
  payment: 'payment instrument',
  payout: 'payout account',
  email: 'e-mail address',
  emailDomain: 'e-mail domain',
  fingerprint: 'browser fingerprint',
  phone: 'phone number',
  address: 'postal address',
  imageBand: 'part of a picture',
  textBand: 'part of a text',
}

export const kindWord = (kind: string): string => kindWords[kind] ?? kind

/** `1 device`, `3 IP addresses`. */
export const kindsWord = (count: number, kind: string): string => {
  const word = kindWord(kind)
  if (count === 1) return `1 ${word}`
  return `${count} ${word}${word.endsWith('s') ? 'es' : 's'}`
}

/** `a device`, `an e-mail address`. */
export const aKind = (kind: string): string =>
  `${/^[aeiou]/i.test(kindWord(kind)) ? 'an' : 'a'} ${kindWord(kind)}`

/** What a share says: who else uses it, when both did, and why it counts for nothing where it does. */
export function sharedWords(row: SharedEvidence): string {
  const { accounts, note, daysTogether = 0, gapDays, faded, evidence } = row
  if (note === 'hub') return `${accountsWord(accounts)}: a hub, counted as nothing`
  if (note) return `${accountsWord(accounts)}; ${noteWords[note]}`
  const told = momentWords(row)
  if (told !== undefined) return told
  const users = accounts === 2 ? 'nobody else uses it' : `${accountsWord(accounts)} use it`
  if (daysTogether > 0) return `${users}; both on ${daysTogether} ${plural(daysTogether, 'day')}`
  if (faded === 0) return users
  return `${users}; last used ${Math.round(gapDays)} ${plural(Math.round(gapDays), 'day')} apart: fades from ${(evidence + faded).toFixed(2)}`
}

const noteWords = {
  corroborates_only: 'it only strengthens a link that others make',
  told_already: 'told already by what it was seen with',
  shared_by_design: 'shared by design, counted as nothing',
  not_the_same: 'people say that they are not the same',
} satisfies Record<Exclude<NonNullable<SharedEvidence['note']>, 'hub'>, string>

/** Of what is not counted by its users alone. */
function momentWords({
  countsAs,
  moments,
  agreeing,
}: Pick<SharedEvidence, 'countsAs' | 'moments' | 'agreeing'>): string | undefined {
  if (moments) {
    const fewest = Math.min(...moments.map(({ accounts }) => accounts))
    const windows = `${moments.length} shared ${plural(moments.length, 'window')} of 15 minutes`
    return `did the same within minutes: ${windows}, ${accountsWord(fewest)} in the quietest`
  }
  if (agreeing === undefined) return undefined
  const content = kindWord(countsAs).replace('part of a ', '')
  // Pictures shown in one event cannot be told apart.
  return agreeing > 4
    ? `nearly the same ${content}s: ${agreeing} parts agree`
    : `nearly the same ${content}: ${agreeing} of 4 parts agree`
}

export const strengths = ['none', 'weak', 'likely', 'very_likely', 'all_but_certain'] as const
export type Strength = (typeof strengths)[number]

/** A link's probability as a word; the bounds are those marked on the scale. */
export function strengthOf(probability: number): Strength {
  if (probability >= 0.99) return 'all_but_certain'
  if (probability >= 0.9) return 'very_likely'
  if (probability >= 0.5) return 'likely'
  return probability >= probabilityMin ? 'weak' : 'none'
}

/** `2 shared devices; 0.001 expected by chance (p 6e-7)`. */
export const chanceWords = ({ kind, shared, expected, p }: ChanceTest): string =>
  `${kindsWord(shared, kind).replace(' ', ' shared ')}; ${figure(expected)} expected by chance (p ${pFigure(p)})`

/** `8 accounts use one device; 0.02 expected by chance (p 6e-7)`. */
export const groupChanceWords = ({ kind, shared, expected, p }: ChanceTest): string =>
  `${accountsWord(shared)} of the ring use one ${kindWord(kind)}; ${figure(expected)} expected by chance (p ${pFigure(p)})`

/** Nothing here is certain. */
const pFigure = (p: number): string => (p > 0.99 ? 'above 0.99' : figure(p))

/** A figure to read, not to compute with, and never nothing. */
function figure(value: number): string {
  if (value < 1e-300) return 'below 1e-300'
  if (value >= 10) return String(Math.round(value))
  return value >= 1 ? String(Math.round(value * 10) / 10) : String(Number(value.toPrecision(1)))
}

const others = (count = 0): string => (count === 1 ? '1 other account' : `${count} other accounts`)
const plural = (count: number, word: string): string => (count === 1 ? word : `${word}s`)

/** Never 0 % or 100 %: nothing here is certain. */
export const percent = (share = 0): string => `${Math.min(99, Math.max(1, Math.round(share * 100)))} %`

/** `1 account`, `5 accounts`. */
export const accountsWord = (count: number): string => (count === 1 ? '1 account' : `${count} accounts`)

/** `Revoke 19 sessions, reset 12 passwords, set 10 payouts and 12 e-mail addresses back; 24 own devices stay signed in.` */
export function revokeWords({
  sessions,
  resets,
  passwords,
  payouts,
  emails,
  unsaid,
  keep,
}: RevokeList): string {
  const back = [
    ...(payouts > 0 ? [`${payouts} ${plural(payouts, 'payout')}`] : []),
    ...(emails > 0 ? [`${emails} e-mail ${emails === 1 ? 'address' : 'addresses'}`] : []),
  ]
  const steps = [
    ...(sessions > 0 ? [`revoke ${sessions} ${plural(sessions, 'session')}`] : []),
    ...(passwords > 0 ? [`reset ${passwords} ${plural(passwords, 'password')}`] : []),
    ...(resets > passwords ? [`reset ${accountsWord(resets - passwords)}`] : []),
    ...(back.length > 0 ? [`set ${back.join(' and ')} back`] : []),
  ]
  const first = steps.join(', ') || 'nothing is known to have changed'
  const stay =
    keep > 0 ? `; ${keep} own ${plural(keep, 'device')} ${keep === 1 ? 'stays' : 'stay'} signed in` : ''
  const open = unsaid > 0 ? ` Of ${accountsWord(unsaid)} it is not known which credentials changed.` : ''
  return `${capitalised(first)}${stay}.${open} Never ban a victim.`
}

const capitalised = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`

const partWords = {
  email: 'e-mail address',
  password: 'password',
  phone: 'phone number',
  mfa: 'second factor',
  passkey: 'passkey',
  recovery: 'recovery code',
  username: 'user name',
} satisfies Record<CredentialPart, string>

/** `E-mail address and password changed`; what is not said is not guessed. */
export function changeWords({ what, parts }: Pick<SensitiveChange, 'what' | 'parts'>): string {
  if (what === 'payout') return 'Payout details changed'
  if (!parts) return 'Credentials changed (not known which)'
  return `${capitalised(parts.map((part) => partWords[part]).join(' and '))} changed`
}
