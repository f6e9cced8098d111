/** A ring's matrix as programs read it. */
import { blockName } from '../../../graph/explain/picture/blocks.ts'
import type { Block, MatrixCell, MatrixColumn, RingMatrix } from '../../../graph/explain/picture/matrix.ts'
import { accountsWord, kindsWord, kindWord } from '../../../graph/explain/words.ts'
import { dayMs } from '../../../graph/time.ts'
import { iso } from '../times.ts'
import { memberTieView } from './member-list.ts'

/** Used so lately, a cell is drawn full. */
const recentDays = 7

/** Kinds named of one block. */
const kindsMax = 2

/** `asOf`: the end of the data. */
export const matrixView = (found: RingMatrix, asOf: number) => ({
  ring: found.ring.id,
  version: found.ring.version,
  rows: found.rows.map(({ member, block, ...tie }) => ({
    account: member.account,
    role: member.role,
    risk: member.risk,
    compromise: member.compromise,
    flagged: member.flagged,
    block: nameOf(block),
    ...memberTieView({ member, ...tie }),
  })),
  columns: found.columns.map(columnView),
  cells: found.cells.map((cell) => cellView(cell, asOf)),
  hubs: found.hubs.map((hub) => ({ ...hub, users: [...hub.users] })),
  blocks: found.blocks.map(blockView),
  between: found.between.map(({ a, b, evidence }) => ({ a: blockName(a), b: blockName(b), evidence })),
  omitted: found.omitted,
  truncated: found.truncated,
})

const nameOf = (block: number | undefined): string | null => (block === undefined ? null : blockName(block))

const columnView = ({ blocks, ...column }: MatrixColumn) => ({
  ...column,
  blocks: blocks.map(blockName),
  sentence: holdsWords({ blocks, ...column }),
})

const cellView = ({ firstAt, lastAt, ...cell }: MatrixCell, asOf: number) => ({
  ...cell,
  firstSeen: iso(firstAt),
  lastSeen: iso(lastAt),
  isRecent: asOf - lastAt < recentDays * dayMs,
})

const blockView = ({ number, accounts, identifiers }: Block) => ({
  name: blockName(number),
  accounts,
  identifiers: identifiers.length,
  sentence: blockWords({ number, accounts, identifiers }),
})

/** `A: 7 accounts, 2 devices, 1 phone number`. */
function blockWords({ number, accounts, identifiers }: Block): string {
  const kinds = [...Map.groupBy(identifiers, ({ countsAs }) => countsAs)]
    .slice(0, kindsMax)
    .map(([kind, own]) => kindsWord(own.length, kind))
  return [`${blockName(number)}: ${accountsWord(accounts)}`, ...kinds].join(', ')
}

function holdsWords({ blocks, members, countsAs }: MatrixColumn): string {
  const names = blocks.map(blockName)
  if (names.length > 1)
    return `One ${kindWord(countsAs)} holds blocks ${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''} together`
  const where = names.length === 1 ? ` in block ${names[0] ?? ''}` : ''
  return `One ${kindWord(countsAs)} of ${accountsWord(members)}${where}`
}
