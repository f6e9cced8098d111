/** One world of one seed: made, admitted, and put to every method. */
import { readFileSync } from 'node:fs'
import { type Detection, detectRings } from '../../../graph/detect.ts'
import { type JudgingInput, judgingInput } from '../../../graph/judging/features/input.ts'
import { adapt, labelsMin } from '../../../graph/judging/local/adapt.ts'
import { countKnown, knownIn } from '../../../graph/judging/local/known.ts'
import { type JudgingModels, readModels } from '../../../graph/judging/models.ts'
import { shippedModels } from '../../../graph/judging/shipped.ts'
import type { FoundRing, Ring, RingBody, RingClass } from '../../../graph/ring.ts'
import { publishedRings } from '../../../graph/rings/assemble.ts'
import type { Grouping } from '../../../graph/rings/group.ts'
import { queueOf } from '../../../graph/rings/queue.ts'
import type { BaselineInput, Found } from '../../../range/baselines/baseline.ts'
import { baselines } from '../../../range/baselines/catalogue.ts'
import { communityMin, sizesOf } from '../../../range/baselines/flags.ts'
import type { MethodRun, WorldRun } from '../../../range/board/board.ts'
import { linkFigures } from '../../../range/metrics/links.ts'
import { measure } from '../../../range/metrics/measure.ts'
import { type PublishedGroup, verdictFigures } from '../../../range/metrics/verdicts.ts'
import type { PublishedMember } from '../../../range/score.ts'
import type { WorldOrder } from '../../../range/world.ts'
import { readPolicy } from '../../policy.ts'
import { admittedWorld } from './admitted-world.ts'
import { baselineInput } from './baseline-input.ts'
import { ours, oursAdapted, oursJudged, underOurJudge } from './methods.ts'

export interface BoardOrder extends WorldOrder {
  readonly methods: readonly string[]
  readonly policyFile: string | undefined
  /** Of the models to judge by, instead of those shipped. */
  readonly modelsFile?: string | undefined
}

export async function runWorld(order: BoardOrder): Promise<WorldRun> {
  const { methods } = order
  const { world, rings, linked, input, known, tookMs, adaptedRings, ringsOn } = await preparedWorld(order)
  const runs: MethodRun[] = []
  const add = (method: string, published: readonly PublishedMember[], took: number): void => {
    runs.push({ method, measure: measure(published, world.truth, known), tookMs: took })
  }
  if (methods.includes(ours.name)) add(ours.name, linked, tookMs)
  if (methods.includes(oursJudged.name)) add(oursJudged.name, judged(rings), tookMs)
  if (methods.includes(oursAdapted.name)) {
    const startedAt = performance.now()
    const own = adaptedRings()
    add(oursAdapted.name, judged(own), Math.round(performance.now() - startedAt))
  }
  for (const baseline of baselines) {
    const { name } = baseline
    const wanted = [name, underOurJudge(name)].map((method) => methods.includes(method))
    if (!wanted.includes(true)) continue
    const startedAt = performance.now()
    const found = baseline.find(input)
    const took = Math.round(performance.now() - startedAt)
    if (wanted[0]) add(name, publishedBy(found, input), took)
    if (wanted[1]) add(underOurJudge(name), judged(ringsOn(found.communityOf)), took)
  }
  const names = input.table.accounts.map(({ account }) => account)
  return {
    world: order.world,
    seed: order.seed,
    counts: world.counts,
    tempo: world.tempo,
    methods: runs,
    links: linkFigures(input.links, names, world.truth),
    verdicts: verdictFigures(...shownTo(rings), world.truth),
  }
}

/** All groups, and the queue an investigator would get of them. */
function shownTo(found: readonly FoundRing[]): [PublishedGroup[], PublishedGroup[]] {
  const rings = found.map(
    (ring, at): Ring => ({
      ...ring,
      id: String(at),
      status: 'active',
      bornVersion: 1,
      version: 1,
    }),
  )
  const group = ({ head, members }: RingBody): PublishedGroup => ({
    class: head.class,
    risk: head.risk,
    members,
  })
  return [rings.map(group), queueOf(rings, []).map(({ ring }) => group(ring))]
}

function readModelsFile(file: string): JudgingModels {
  const json: unknown = JSON.parse(readFileSync(file, 'utf8'))
  return readModels(json)
}

/** With our rings in it, and what baselines are given of it. */
export async function preparedWorld({ policyFile, modelsFile, ...order }: BoardOrder) {
  const { registry } = readPolicy(policyFile)
  const world = await admittedWorld(order, registry)
  const kindOf = (kind: string) => registry.get(kind)
  const startedAt = performance.now()
  const models = modelsFile === undefined ? shippedModels() : readModelsFile(modelsFile)
  const {
    table,
    asOf,
    pairs: links,
    rings,
    grouping,
    publicness,
  } = await detectRings(world.state, {
    kindOf,
    method: 'cpm-leiden',
    models,
    onProgress: () => {},
  })
  const tookMs = Math.round(performance.now() - startedAt)
  const input = baselineInput(table, links, new Set(registry.accepted()))
  const flagged = new Uint8Array(table.facts.length)
  const looked = (own: Grouping) =>
    judgingInput({ table, pairs: links, grouping: own, publicness, kindOf, asOf })
  return {
    adaptedRings: () => adaptedRingsOf(looked(grouping), { grouping, models, rings }),
    /** Our judge on another partition, which knows no takeovers. */
    ringsOn: (labels: Int32Array): readonly FoundRing[] => {
      const own = { labels, takeovers: new Map() }
      return publishedRings(looked(own), { grouping: own, models }).rings
    },
    world,
    rings,
    tookMs,
    input,
    /** With what accounts act upon, which ties suspects and which no baseline is given. */
    known: baselineInput(table, links, new Set([...registry.accepted(), 'target'])).table,
    linked: publishedBy({ communityOf: grouping.labels, flagged }, input),
  }
}

/** As they are where labels are too few to adapt to. */
function adaptedRingsOf(
  input: JudgingInput,
  { grouping, models, rings }: Pick<Detection, 'grouping' | 'rings'> & { readonly models: JudgingModels },
): readonly FoundRing[] {
  if (countKnown(knownIn(input.table.facts), 'fraud') < labelsMin) return rings
  return publishedRings(input, { grouping, models: adapt(input, models).models }).rings
}

/** Rings are not named before they are published; any names do here. What nobody is accused of is shown, not claimed. */
const judged = (rings: readonly FoundRing[]): readonly PublishedMember[] =>
  rings.flatMap(({ head, members }, ring) =>
    members.map(({ account, role, flagged, risk }) => ({
      account,
      risk,
      ring: String(ring),
      role: accusing.has(head.class) ? role : 'associate',
      flagged,
    })),
  )

const accusing: ReadonlySet<RingClass> = new Set(['fraud_ring', 'takeover_cluster'])

/** Communities of fewer than three are no rings, of ours or of anybody; a flag outside of one stands alone. */
export function publishedBy(
  { communityOf, flagged }: Found,
  { table }: BaselineInput,
): readonly PublishedMember[] {
  const sizes = sizesOf(communityOf)
  return table.accounts.flatMap(({ account }, number) => {
    const community = communityOf[number] ?? number
    const isRing = (sizes.get(community) ?? 0) >= communityMin
    const isFlagged = flagged[number] === 1
    if (isRing) return [{ account, ring: String(community), role: 'core', flagged: isFlagged }]
    return isFlagged ? [{ account, ring: `alone ${number}`, role: 'associate', flagged: true }] : []
  })
}
