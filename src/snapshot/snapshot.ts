/** Answers from a serving snapshot. */
import type { Publicness } from '../../graph/projection/publicness.ts'
import { type DetectionRun, type Reason, type Role, roles } from '../../graph/ring.ts'
import { accountFinder, type IdSpans } from './find.ts'
import { checkWhole, checkWholeAside, readLayout, reasonsPerAccount, type SnapshotRing } from './format.ts'
import { type PublicColumns, publicnessIn } from './publicness.ts'
import { type SnapshotUses, usesIn } from './uses/read.ts'

export interface AccountRisk {
  readonly risk: number
  readonly compromise: number
  readonly flagged: boolean
  readonly ring?: SnapshotRing & { readonly role: Role; readonly membership: number }
  readonly reasons: readonly Reason[]
}

export interface Snapshot {
  readonly run: DetectionRun
  readonly accounts: number
  readonly baseRate: number
  readonly rings: readonly SnapshotRing[]
  /** Of the run's evidence; 1 for an identifier that has none of its own. */
  readonly publicness: Publicness
  /** What that is read from. */
  readonly publicColumns: PublicColumns
  /** Who uses which identifier; `undefined` of a snapshot made before they knew. */
  readonly uses: SnapshotUses | undefined
  /** `undefined` for an account that was not known when it was made. */
  risk(account: string): AccountRisk | undefined
  /** The same of many at once. */
  risks(ids: IdSpans): readonly (AccountRisk | undefined)[]
}

const micro = 1_000_000

/** Throws `snapshot_corrupt` for anything that is not a whole snapshot. */
export function openSnapshot(bytes: Uint8Array): Snapshot {
  checkWhole(bytes)
  return snapshotOf(bytes)
}

/** The same, without keeping anybody waiting for the check. */
export async function openSnapshotAside(bytes: Uint8Array<ArrayBuffer>): Promise<Snapshot> {
  await checkWholeAside(bytes)
  return snapshotOf(bytes)
}

function snapshotOf(bytes: Uint8Array): Snapshot {
  const { header, columns } = readLayout(bytes)
  const { find, findAll } = accountFinder(header, columns)
  const millionths = (column: Uint32Array, number: number): number => (column[number] ?? 0) / micro

  function reasonsOf(number: number): readonly Reason[] {
    const from = number * reasonsPerAccount
    const reasons: Reason[] = []
    for (let i = from; i < from + reasonsPerAccount; i++) {
      const reason = header.reasons[(columns.reasons[i] ?? 0) - 1]
      if (reason) reasons.push(reason)
    }
    return reasons
  }

  const nameOf = (number: number): string =>
    fromUtf8.decode(columns.ids.subarray(columns.idOffsets[number], columns.idOffsets[number + 1]))
  const isInRing = (number: number): boolean => columns.rings[number] !== 0

  const ringless: AccountRisk = { risk: header.baseRate, compromise: 0, flagged: false, reasons: [] }

  function riskOf(number: number): AccountRisk | undefined {
    if (number < 0) return undefined
    const ring = header.rings[(columns.rings[number] ?? 0) - 1]
    if (!ring) return ringless
    return {
      risk: millionths(columns.risks, number),
      compromise: millionths(columns.compromises, number),
      flagged: columns.flagged[number] === 1,
      ring: {
        ...ring,
        role: roles[columns.roles[number] ?? 0] ?? 'bystander',
        membership: millionths(columns.memberships, number),
      },
      reasons: reasonsOf(number),
    }
  }

  return {
    run: header.run,
    accounts: header.accounts,
    baseRate: header.baseRate,
    rings: header.rings,
    publicness: publicnessIn(columns),
    publicColumns: columns,
    uses: header.uses && usesIn(columns, header.uses, { find, nameOf, isInRing }),
    risk: (account) => riskOf(find(account)),
    risks(ids) {
      const found: (AccountRisk | undefined)[] = []
      for (const number of findAll(ids)) found.push(riskOf(number))
      return found
    },
  }
}

const fromUtf8 = new TextDecoder()
