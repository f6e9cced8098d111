/** Links out of what accounts use, as graph/projection/project.ts finds them, byte for byte, by the kernel. */
import { asSaid, saidPairs } from '../assertions/links.ts'
import { partHalves, wholeHalves } from '../evidence/fade.ts'
import { capMicroNats, evidenceMin } from '../evidence/share.ts'
import { coarseDoubt, fineDoubt } from '../evidence/weight.ts'
import { entitiesOf, type KindLookup, type LinkingKind, linkingKinds } from '../projection/entities.ts'
import { type KindRange, kindRanges, ofRange } from '../projection/kinds-among.ts'
import type { LinkPairs } from '../projection/link-pairs.ts'
import { type Linkable, type LinkTable, linkable } from '../projection/link-table.ts'
import { projectEvidence, rarities } from '../projection/project.ts'
import {
  type EntityList,
  factorsOf,
  familyBits,
  measurePublicness,
  type PublicnessFactors,
  publicnessOf,
  thousandthsOf,
} from '../projection/publicness.ts'
import { strengthened, weakOf } from '../projection/weak/weak.ts'
import { dayMs } from '../time.ts'
import type { Kernel } from './instance.ts'
import { type WithKernel, withKernel } from './kept.ts'
import { addWeakDays, isByDay, isWeakOtherwise } from './weak-days.ts'

export interface ProjectionOptions {
  readonly kindOf: KindLookup
  /** Only decides which kinds' identifiers have expired. */
  readonly asOf: number
  /** Measured when not given. */
  readonly publicness?: PublicnessFactors
}

export interface Projection {
  readonly publicness: PublicnessFactors
  readonly pairs: LinkPairs
}

export const projection = projector()

/** The reference does what does not fit. */
export function projector(inKernel: WithKernel = withKernel) {
  return (table: LinkTable, options: ProjectionOptions): Projection =>
    withSaid(table, evidenceOf(linkable(table), options, inKernel))
}

/** By what identifiers show alone, whatever people hold to be true. */
export const evidenceOf = (
  table: Linkable,
  options: ProjectionOptions,
  inKernel: WithKernel = withKernel,
): Projection =>
  inKernel(
    (kernel) => evidenceIn(kernel, table, options),
    () => referenceEvidence(table, options),
  )

const withSaid = (table: LinkTable, { publicness, pairs }: Projection): Projection => ({
  publicness,
  pairs: asSaid(pairs, saidPairs(table)),
})

export const referenceProjection = (table: LinkTable, options: ProjectionOptions): Projection =>
  withSaid(table, referenceEvidence(linkable(table), options))

function referenceEvidence(
  table: Linkable,
  { kindOf, asOf, publicness: known }: ProjectionOptions,
): Projection {
  const entities = entitiesOf(table, kindOf, { asOf })
  const publicness = known ?? measurePublicness(entities, table)
  return { publicness, pairs: projectEvidence(table, entities, { publicness: publicnessOf(publicness) }) }
}

/** In an instance of the caller's; `KernelFull` when it does not fit. */
export const projectionIn = (kernel: Kernel, table: LinkTable, options: ProjectionOptions): Projection =>
  withSaid(table, evidenceIn(kernel, linkable(table), options))

function evidenceIn(
  kernel: Kernel,
  table: Linkable,
  { kindOf, asOf, publicness: known }: ProjectionOptions,
): Projection {
  const ranges = kindRanges(table, kindOf)
  const kinds = linkingKinds(ranges, asOf)
  giveUses(kernel, table, ranges)
  giveGrounds(kernel, kinds)
  const entities = findEntities(kernel, table, kinds)
  const thousandths = known
    ? knownThousandths(entities, table, known)
    : thousandthsOf(entities, richOf(kernel, entities))
  giveFigures(kernel, table, { entities, thousandths })
  const count = kernel.findLinks(evidenceMin)
  for (const range of ranges) if (isByDay(range.kind)) addWeakDays(kernel, table, range)
  kernel.listLinks()
  const publicness = known ?? factorsOf(entities, thousandths, table)
  const others = weakOf(table, ranges.filter(({ kind }) => isWeakOtherwise(kind)).map(ofRange))
  return { publicness, pairs: strengthened(table, others, pairsIn(kernel, count)) }
}

/** Days only of uses that lie among those of kinds that are sliced by them. */
function giveUses(
  kernel: Kernel,
  { identifiers, uses, birthDays }: Linkable,
  ranges: readonly KindRange[],
): void {
  const sliced = ranges.filter(({ kind }) => isByDay(kind) || kind.name === 'ip')
  const from = uses.starts[sliced[0]?.first ?? 0] ?? 0
  const end = uses.starts[sliced.at(-1)?.end ?? 0] ?? 0
  const [firstDay = 0, endDay = 0] = [uses.dayStarts[from], uses.dayStarts[end]]
  kernel.openUses(birthDays.length, identifiers.length, uses.accounts.length)
  kernel.openDays(from, end - from, endDay - firstDay)
  if (uses.through.length > 0) {
    kernel.openThrough(uses.through.length)
    put(kernel, kernel.throughStarts(), uses.throughStarts)
    put(kernel, kernel.through(), uses.through)
  }
  put(kernel, kernel.useStarts(), uses.starts)
  put(kernel, kernel.useAccounts(), uses.accounts)
  put(kernel, kernel.birthDays(), birthDays)
  put(kernel, kernel.dayStarts(), uses.dayStarts.subarray(from, end + 1))
  put(kernel, kernel.days(), uses.days.subarray(firstDay, endDay))
  kernel.checkColumns()
}

function giveGrounds(kernel: Kernel, kinds: readonly LinkingKind<KindRange>[]): void {
  const grounds = kinds.map(({ ground }) => ground)
  kernel.openGrounds(kinds.length)
  put(
    kernel,
    kernel.groundCaps(),
    grounds.map(({ policy }) => capMicroNats(policy)),
  )
  put(kernel, kernel.families(), familyBits(grounds))
  const halfLives = grounds.map(({ policy, gapless }) => (gapless ? Infinity : policy.halfLifeDays * dayMs))
  putDoubles(kernel, kernel.halfLivesMs(), halfLives)
  putDoubles(
    kernel,
    kernel.oldestAt(),
    kinds.map(({ oldestDay }) => oldestDay * dayMs),
  )
}

/** Views, which memory that grows takes away: copied. */
function findEntities(
  kernel: Kernel,
  { uses }: Linkable,
  kinds: readonly LinkingKind<KindRange>[],
): EntityList {
  const members = kinds.map(({ ground, of: { first, end }, accountsMax }) =>
    ground.gapless ? kernel.roomForSignups(first, end) : kernel.roomFor(first, end, accountsMax),
  )
  kernel.openEntities(members.reduce((sum, some) => sum + some, 0))
  kinds.forEach(({ ground, of: { first, end }, accountsMax }, place) => {
    if (ground.gapless) kernel.addSignupsOf(place, accountsMax)
    else kernel.addKind(place, first, end, accountsMax)
  })
  giveTimes(kernel, uses)
  const count = kernel.closeEntities()
  return {
    grounds: kinds.map(({ ground }) => ground),
    groundOf: kernel.view(kernel.entityGrounds(), count).slice(),
    identifiers: kernel.view(kernel.entityIdentifiers(), count).slice(),
    starts: kernel.view(kernel.entityStarts(), count + 1).slice(),
  }
}

function giveTimes(kernel: Kernel, uses: Linkable['uses']): void {
  const count = kernel.memberCount()
  const members = kernel.view(kernel.memberUses(), count)
  const [firstAt, lastAt] = [kernel.doubles(kernel.firstAt(), count), kernel.doubles(kernel.lastAt(), count)]
  for (let place = 0; place < count; place++) {
    const use = members[place] ?? 0
    firstAt[place] = uses.firstAt[use] ?? 0
    lastAt[place] = uses.lastAt[use] ?? 0
  }
}

function richOf(kernel: Kernel, { groundOf }: EntityList): Int32Array {
  const pointer = kernel.richPairs()
  return kernel.view(pointer, groundOf.length)
}

const knownThousandths = (
  { identifiers }: EntityList,
  table: Linkable,
  publicness: PublicnessFactors,
): Int32Array =>
  identifiers.map((identifier) => {
    const key = table.identifiers.at(identifier)
    return publicness.get(`${key?.kind}:${key?.ref}`) ?? 1_000
  })

function giveFigures(
  kernel: Kernel,
  table: Linkable,
  { entities, thousandths }: { readonly entities: EntityList; readonly thousandths: Int32Array },
): void {
  const { nats, weights } = rarities(
    entities,
    table.identifiers,
    (entity) => (thousandths[entity] ?? 1_000) / 1_000,
  )
  kernel.openFigures()
  // Weights are of what does not fade alone, so that it is the same product.
  putDoubles(
    kernel,
    kernel.entityNats(),
    nats.map((one, entity) => one * (weights[entity] ?? 1)),
  )
  putDoubles(kernel, kernel.wholeHalves(), wholeHalves)
  putDoubles(kernel, kernel.partHalves(), partHalves)
  putDoubles(kernel, kernel.coarseDoubt(), coarseDoubt)
  putDoubles(kernel, kernel.fineDoubt(), fineDoubt)
}

function pairsIn(kernel: Kernel, count: number): LinkPairs {
  return {
    a: kernel.view(kernel.linkLesser(), count).slice(),
    b: kernel.view(kernel.linkGreater(), count).slice(),
    evidence: kernel.view(kernel.linkEvidence(), count).slice(),
    weight: kernel.view(kernel.linkWeights(), count).slice(),
  }
}

const put = (kernel: Kernel, pointer: number, values: ArrayLike<number>): void =>
  kernel.view(pointer, values.length).set(values)

const putDoubles = (kernel: Kernel, pointer: number, values: ArrayLike<number>): void =>
  kernel.doubles(pointer, values.length).set(values)
