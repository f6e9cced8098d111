/** An account's page: both figures, what it uses and who else does, whom it is linked to, what happened. */
import { bornAtOf, type Tie, tiesOf } from '../../../graph/evidence/account-facts.ts'
import type { DirectLink } from '../../../graph/explain/link.ts'
import type { Moment } from '../../../graph/explain/picture/history.ts'
import { isHub, pairEvidence, type Weighing } from '../../../graph/explain/picture/pair-evidence.ts'
import type { AccountState, Activity, IdentifierKey, IdentifierState, Label } from '../../../graph/model.ts'
import type { IdentifierUsers, ReadingStore } from '../../../graph/ports.ts'
import { compareKeys } from '../../../graph/state/order.ts'
import { linkView } from '../explanation.ts'
import { changedView } from '../takeover.ts'
import { iso } from '../times.ts'

export const identifiersMax = 200

/** Happenings that the state keeps of one type. */
const keptOfType = 32

export const crowdings = ['alone', 'shared', 'hub', 'counts_for_nothing'] as const

type Users = Pick<ReadingStore, 'users'>

/** Strongest first. */
export async function accountView(store: Users, state: AccountState, weighing: Weighing) {
  const ties = tiesOf(state)
  const found = await usersOf(store, ties)
  const rows = ties.map((tie) => identifierView(tie, found.get(keyOf(tie)), weighing))
  const bornAt = bornAtOf(state)
  const seen = state.activities.flatMap(({ firstAt, lastAt }) => [firstAt, lastAt])
  const days = new Set(state.activities.flatMap((activity) => activity.days))
  return {
    account: state.account,
    createdAt: bornAt === undefined ? null : iso(bornAt),
    firstSeen: seen.length > 0 ? iso(seen.reduce((a, b) => Math.min(a, b))) : null,
    lastSeen: seen.length > 0 ? iso(seen.reduce((a, b) => Math.max(a, b))) : null,
    activeDays: days.size,
    activities: state.activities.map(activityView),
    labels: state.labels.map(labelView),
    identifiers: rows
      .toSorted(
        (x, y) =>
          y.evidence - x.evidence || x.accounts - y.accounts || compareKeys([x.kind, x.ref], [y.kind, y.ref]),
      )
      .slice(0, identifiersMax),
    relations: relationsView(state),
    omitted: { identifiers: Math.max(0, rows.length - identifiersMax) },
  }
}

/** Identifiers told of one link in a list. */
const rowsMax = 8

/** Most evidence first, each with the other account. */
export function accountLinksView(
  { links, truncated }: { readonly links: readonly DirectLink[]; readonly truncated: boolean },
  { account, limit }: { readonly account: string; readonly limit: number },
) {
  const strongest = links.toSorted((x, y) => y.evidence - x.evidence).slice(0, limit)
  return {
    links: strongest.map((link) => ({
      ...linkView({ ...link, chance: [] }, rowsMax),
      account: link.a === account ? link.b : link.a,
    })),
    total: links.length,
    truncated: truncated || links.length > limit,
  }
}

const keyOf = ({ kind, ref }: IdentifierKey): string => `${kind}:${ref}`

async function usersOf(
  store: Users,
  keys: readonly IdentifierKey[],
): Promise<ReadonlyMap<string, IdentifierUsers>> {
  const found = keys.length > 0 ? await store.users(keys, { usesMax: 1 }) : []
  return new Map(found.map((one) => [keyOf(one.identifier), one]))
}

function identifierView(tie: Tie, found: IdentifierUsers | undefined, weighing: Weighing) {
  const { kind, ref, firstAt, lastAt, days } = tie
  return {
    ...identifierFacts(found ?? { identifier: { kind, ref, mask: '' }, accounts: 1 }, weighing),
    firstSeen: iso(firstAt),
    lastSeen: iso(lastAt),
    days: days.length,
  }
}

type Facts = Pick<IdentifierUsers, 'accounts'> & {
  readonly identifier: Pick<IdentifierState, 'kind' | 'ref' | 'mask' | 'class' | 'asn' | 'display'>
}

/** What is told of an identifier wherever it is met. */
export function identifierFacts({ identifier, accounts }: Facts, weighing: Weighing) {
  const { kind, ref, mask, class: className, asn, display } = identifier
  return {
    kind,
    ref,
    mask,
    ...(display !== undefined && { display: display.text }),
    ...(className !== undefined && { class: className }),
    ...(asn !== undefined && { asn }),
    family: weighing.kindOf(kind)?.family ?? 'network',
    accounts,
    crowding: crowdingOf({ kind, accounts }, weighing),
    evidence: pairEvidence({ kind, ref, accounts }, weighing),
  }
}

function crowdingOf(
  { kind, accounts }: { kind: string; accounts: number },
  { kindOf }: Weighing,
): (typeof crowdings)[number] {
  const policy = kindOf(kind)?.evidence
  if (!policy || policy.links === 'never') return 'counts_for_nothing'
  if (accounts <= 1) return 'alone'
  return isHub({ kind, accounts }, kindOf) ? 'hub' : 'shared'
}

export const activityView = ({ type, firstAt, lastAt, days, recent }: Activity) => ({
  type,
  count: recent.length,
  isLeast: recent.length >= keptOfType,
  days: days.length,
  firstSeen: iso(firstAt),
  lastSeen: iso(lastAt),
})

const labelView = ({ label, reason, source, at }: Label) => ({
  label,
  ...(reason !== undefined && { reason }),
  source,
  at: iso(at),
})

const relationsMax = 100

/** Newest first. */
const relationsView = ({ relations }: AccountState) =>
  relations
    .toSorted((x, y) => y.lastAt - x.lastAt || compareKeys([x.relation, x.to], [y.relation, y.to]))
    .slice(0, relationsMax)
    .map(({ to, relation, type, firstAt, lastAt }) => ({
      account: to,
      relation,
      type,
      firstSeen: iso(firstAt),
      lastSeen: iso(lastAt),
    }))

/** Moments with what people may see of the identifiers they name. */
export async function momentViews(store: Users, moments: readonly Moment[]) {
  const found = await usersOf(
    store,
    moments.flatMap((moment) => (moment.what === 'met' ? [moment.identifier] : [])),
  )
  return moments.map((moment) => momentView(moment, found))
}

function momentView(moment: Moment, found: ReadonlyMap<string, IdentifierUsers>) {
  const at = iso(moment.at)
  if (moment.what === 'created') return { at, what: moment.what }
  if (moment.what === 'labelled') return { at, what: moment.what, label: labelView(moment.label) }
  if (moment.what === 'met') {
    const { kind, ref } = moment.identifier
    const users = found.get(keyOf(moment.identifier))
    const identifier = { kind, ref, mask: users?.identifier.mask ?? '', accounts: users?.accounts ?? 1 }
    return { at, what: moment.what, identifier }
  }
  const { outcome, amount, currency } = moment
  const money = {
    outcome,
    ...(amount !== undefined && { amount }),
    ...(currency !== undefined && { currency }),
  }
  return moment.what === 'happened'
    ? { at, what: moment.what, type: moment.type, ...money, ...changedView(moment.type, moment.changed) }
    : { at, what: moment.what, relation: moment.relation, account: moment.to, ...money }
}
