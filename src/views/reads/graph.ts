/** A ring's graph as JSON, as GraphML and as CSV. */
import { createHash } from 'node:crypto'
import type { MemberUse } from '../../../graph/explain/picture/hubs.ts'
import type { GraphUse, RingGraph } from '../../../graph/explain/picture/ring-graph.ts'
import { iso } from '../times.ts'

export const graphView = ({ ring, accounts, identifiers, uses, hubs, omitted, truncated }: RingGraph) => ({
  ring: ring.id,
  version: ring.version,
  accounts: accounts.map(({ member, tie }) => ({
    account: member.account,
    role: member.role,
    risk: member.risk,
    compromise: member.compromise,
    flagged: member.flagged,
    tie,
  })),
  identifiers: identifiers.map((one) => ({ ...one })),
  uses: uses.map(useView),
  hubs: hubs.map(({ users, ...hub }) => ({ ...hub, users: users.map(memberUseView) })),
  omitted,
  truncated,
})

export const memberUseView = ({ account, tie, firstAt, lastAt, days }: MemberUse) => ({
  account,
  tie,
  firstSeen: iso(firstAt),
  lastSeen: iso(lastAt),
  days,
})

const useView = ({ account, kind, ref, countsAs, evidence, firstAt, lastAt }: GraphUse) => ({
  account,
  kind,
  ref,
  countsAs,
  evidence,
  firstSeen: iso(firstAt),
  lastSeen: iso(lastAt),
})

type GraphView = ReturnType<typeof graphView>

const csvColumns = [
  'account',
  'role',
  'risk',
  'compromise',
  'flagged',
  'kind',
  'countsAs',
  'ref',
  'mask',
  'members',
  'accounts',
  'evidence',
  'firstSeen',
  'lastSeen',
] as const

/** A row a use (RFC 4180). */
export function graphCsv({ accounts, identifiers, uses }: GraphView): string {
  const accountOf = new Map(accounts.map((one) => [one.account, one]))
  const identifierOf = new Map(identifiers.map((one) => [identifierNode(one), one]))
  const rows = uses.map((use) => ({
    ...accountOf.get(use.account),
    ...identifierOf.get(identifierNode(use)),
    ...use,
  }))
  const lines = rows.map((row) => csvColumns.map((column) => csvCell(row[column])).join(','))
  return `${[csvColumns.join(','), ...lines].join('\r\n')}\r\n`
}

/** A sheet would run what looks like a formula (OWASP, CSV injection), so a quote stands before it. */
function csvCell(value: string | number | boolean | undefined): string {
  const text = String(value ?? '')
  const inert = /^[=+\-@\t\r]/.test(text) && typeof value === 'string' ? `'${text}` : text
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert
}

const graphMlKeys = [
  ['type', 'node', 'string'],
  ['label', 'node', 'string'],
  ['role', 'node', 'string'],
  ['risk', 'node', 'double'],
  ['compromise', 'node', 'double'],
  ['flagged', 'node', 'boolean'],
  ['tie', 'node', 'double'],
  ['kind', 'node', 'string'],
  ['countsAs', 'node', 'string'],
  ['family', 'node', 'string'],
  ['members', 'node', 'int'],
  ['accounts', 'node', 'int'],
  ['justifies', 'node', 'boolean'],
  ['evidence', 'all', 'double'],
  ['firstSeen', 'edge', 'string'],
  ['lastSeen', 'edge', 'string'],
] as const

/** As yEd, Gephi and networkx read it (graphml.graphdrawing.org). */
export function graphMl({ ring, accounts, identifiers, uses }: GraphView): string {
  const keys = graphMlKeys.map(
    ([name, of, type]) => `  <key id="${name}" for="${of}" attr.name="${name}" attr.type="${type}"/>`,
  )
  const nodes = [
    ...accounts.map(({ account, ...rest }) =>
      element('node', [['id', accountNode(account)]], { type: 'account', label: account, ...rest }),
    ),
    ...identifiers.map(
      ({ kind, ref, countsAs, mask, family, members, accounts: users, justifies, evidence }) =>
        element('node', [['id', identifierNode({ countsAs, ref })]], {
          type: 'identifier',
          label: mask === '' ? ref.slice(0, 8) : mask,
          kind,
          countsAs,
          family,
          members,
          accounts: users,
          justifies,
          evidence,
        }),
    ),
  ]
  const edges = uses.map(({ account, ref, countsAs, evidence, firstSeen, lastSeen }) =>
    element(
      'edge',
      [
        ['source', accountNode(account)],
        ['target', identifierNode({ countsAs, ref })],
      ],
      { evidence, firstSeen, lastSeen },
    ),
  )
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ...keys,
    `  <graph id="${xml(ring)}" edgedefault="undirected">`,
    ...nodes,
    ...edges,
    '  </graph>',
    '</graphml>',
    '',
  ].join('\n')
}

/** Account ids may hold what XML cannot, so nodes are named by what is made of them. */
const accountNode = (account: string): string =>
  `a_${createHash('sha256').update(account).digest('base64url').slice(0, 22)}`
const identifierNode = ({ countsAs, ref }: { countsAs: string; ref: string }): string => `${countsAs}_${ref}`

function element(
  name: string,
  attributes: readonly (readonly [string, string])[],
  values: Readonly<Record<string, string | number | boolean>>,
): string {
  const own = attributes.map(([key, value]) => `${key}="${xml(value)}"`).join(' ')
  const fields = Object.entries(values).map(
    ([key, value]) => `<data key="${key}">${xml(String(value))}</data>`,
  )
  return `    <${name} ${own}>${fields.join('')}</${name}>`
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}

/** What XML 1.0 cannot hold at all is shown as U+FFFD. */
const xml = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\u{FFFD}')
    .replaceAll(/[&<>"]/g, (letter) => entities[letter] ?? letter)
