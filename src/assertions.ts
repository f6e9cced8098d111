/** What people hold to be true of accounts and identifiers: kept for ever, taken back, never changed; the next run obeys. */
import { hash } from 'node:crypto'
import {
  type Asserted,
  assertedBy,
  nothingAsserted,
  standingAssertions,
} from '../graph/assertions/standing.ts'
import type { Doing } from '../graph/audit.ts'
import { AppError } from '../graph/errors.ts'
import { type Assertion, type assertionKinds, type IdentifierKey } from '../graph/model.ts'
import type { LinkStore } from '../graph/ports.ts'
import type { DetectionRun, Role } from '../graph/ring.ts'
import { compareText } from '../graph/state/order.ts'
import { checkedExpiry } from './expiry.ts'
import { checkedReason } from './reasons.ts'

export type AssertionKind = (typeof assertionKinds)[number]

export const subjectsMax = 50

export interface AssertionOrder
  extends Pick<Assertion, 'subjects' | 'author' | 'reason' | 'at' | 'expiresAt'> {
  readonly kind: AssertionKind
  readonly role?: Role
}

type Store = Pick<LinkStore, 'accounts' | 'users' | 'assertions' | 'assert' | 'published'>

export interface Made {
  readonly assertion: Assertion
  /** False where the same was asserted before and still stands. */
  readonly isNew: boolean
}

/** Throws `invalid_input`, `card_number`, `account_not_found`, and `not_found` for an identifier nobody used. */
export async function makeAssertion(store: Store, order: AssertionOrder): Promise<Made> {
  const subjects = [...new Set(order.subjects)].toSorted(compareText)
  checkShape(order, subjects)
  const content = { ...order, subjects, reason: checkedReason(order.reason) }
  if (order.expiresAt !== undefined) checkedExpiry(order.expiresAt, await store.published())
  await checkKnown(store, order.kind, subjects)
  const all = (await store.assertions()).toSorted((a, b) => newestFirst(b, a))
  const known = all.filter((one) => isAlike(one, content))
  const standing = known.findLast(({ retractedAt }) => retractedAt === undefined)
  if (standing && !all.some((one) => overrules(one, standing))) return { assertion: standing, isNew: false }
  const { kind, role, author, reason, at, expiresAt } = content
  const assertion: Assertion = {
    id: idOf(content, known.length),
    kind,
    subjects,
    ...(role !== undefined && { role }),
    author,
    reason,
    at,
    ...(expiresAt !== undefined && { expiresAt }),
  }
  await store.assert(assertion)
  return { assertion, isNew: true }
}

type Content = Pick<Assertion, 'kind' | 'subjects' | 'role' | 'reason' | 'author' | 'expiresAt'>

const textOf = ({ kind, subjects, role, author, reason, expiresAt }: Content): string =>
  JSON.stringify([kind, subjects, role ?? null, author, reason, expiresAt ?? null])

const isAlike = (one: Content, other: Content): boolean => textOf(one) === textOf(other)

/** Whether a later one says otherwise of some of the same. */
function overrules(one: Assertion, other: Assertion): boolean {
  if (one.retractedAt !== undefined || newestFirst(one, other) > 0) return false
  const common = one.subjects.filter((subject) => other.subjects.includes(subject)).length
  if (one.kind === 'role' && other.kind === 'role') return common > 0 && one.role !== other.role
  const pairs: readonly string[] = ['same_actor', 'not_the_same']
  return common > 1 && one.kind !== other.kind && pairs.includes(one.kind) && pairs.includes(other.kind)
}

export const newestFirst = (a: Pick<Assertion, 'at' | 'id'>, b: Pick<Assertion, 'at' | 'id'>): number =>
  b.at - a.at || compareText(b.id, a.id)

/** The same content has the same id, so that whoever asks twice asserts once; after it was taken back, the next one. */
const idOf = (content: Content, before: number): string =>
  `ast_${hash('sha256', `${textOf(content)} ${before}`).slice(0, 24)}`

function checkShape({ kind, role, subjects: given }: AssertionOrder, subjects: readonly string[]): void {
  const invalid = (pointer: string, detail: string) =>
    new AppError('invalid_input', detail, { issues: [{ pointer, detail }] })
  if ((kind === 'role') !== (role !== undefined))
    throw invalid(
      '/role',
      kind === 'role' ? 'A role has to be named' : 'Only an assertion of kind role has a role',
    )
  const [least, most] = sizes[kind]
  if (subjects.length < least || given.length > most)
    throw invalid(
      '/subjects',
      `An assertion of kind ${kind} has ${least === most ? least : `${least} to ${most}`} subjects`,
    )
}

const sizes = {
  same_actor: [2, subjectsMax],
  not_the_same: [2, subjectsMax],
  household: [2, subjectsMax],
  role: [1, subjectsMax],
  shared_by_design: [1, subjectsMax],
} satisfies Record<AssertionKind, readonly [number, number]>

async function checkKnown(store: Store, kind: AssertionKind, subjects: readonly string[]): Promise<void> {
  if (kind !== 'shared_by_design') {
    const known = new Set((await store.accounts(subjects)).map(({ account }) => account))
    const place = subjects.findIndex((account) => !known.has(account))
    if (place >= 0)
      throw new AppError('account_not_found', 'One of the accounts is not known: no event named it')
    return
  }
  const keys = subjects.map(keyOf)
  const found = await store.users(keys, { usesMax: 1 })
  if (found.length < keys.length)
    throw new AppError(
      'not_found',
      'Nobody used such an identifier: name it kind:ref, as explanations show it',
    )
}

/** Throws `invalid_input` for a text that names no identifier. */
export function keyOf(subject: string): IdentifierKey {
  const [, kind, ref] = /^([A-Za-z][A-Za-z0-9]*):(.+)$/s.exec(subject) ?? []
  if (kind === undefined || ref === undefined)
    throw new AppError('invalid_input', 'An identifier is named kind:ref, as explanations show it')
  return { kind, ref }
}

/** Throws `not_found` when there is none that was not taken back. */
export async function retractAssertion(
  store: Pick<LinkStore, 'assertions' | 'assert'>,
  id: string,
  { at, by }: Doing,
): Promise<Assertion> {
  const assertion = (await store.assertions()).find((one) => one.id === id && one.retractedAt === undefined)
  if (!assertion) throw new AppError('not_found', 'There is no such assertion that stands: list them')
  const retracted = { ...assertion, retractedAt: at }
  await store.assert(retracted, by)
  return retracted
}

/** What stands now, as explanations weigh it. By the end of the run's data; before any run nobody was judged, and nothing was obeyed. */
export const assertedIn = async (
  store: Pick<LinkStore, 'assertions'>,
  run: DetectionRun | undefined,
): Promise<Asserted> =>
  run ? assertedBy(standingAssertions(await store.assertions(), run.asOf)) : nothingAsserted
