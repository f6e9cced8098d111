/** Both profiles, over the same events: the same state, the same rings, the same explanations. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { explainMember } from '../../graph/explain/member.ts'
import { explainAccounts } from '../../graph/explain/path.ts'
import { historyOf } from '../../graph/explain/picture/history.ts'
import { ringGraph } from '../../graph/explain/picture/ring-graph.ts'
import { ringTimeline } from '../../graph/explain/picture/ring-timeline.ts'
import { explainRing } from '../../graph/explain/ring.ts'
import type { LinkStore } from '../../graph/ports.ts'
import type { DetectionRun, Publication, Ring } from '../../graph/ring.ts'
import { writeWorld } from '../../range/write.ts'
import { makePublication } from '../../src/engine/make-publication.ts'
import { openSnapshot } from '../../src/snapshot/snapshot.ts'
import type { BorderOptions } from '../../src/sources/admit.ts'
import { parseMapping } from '../../src/sources/mapping.ts'
import { openNeo4jReader, openNeo4jStore } from '../../src/store/neo4j/store.ts'
import { memberExplanationView } from '../../src/views/member-explanation.ts'
import { accountView, momentViews } from '../../src/views/reads/account.ts'
import { readBrief } from '../../src/views/reads/brief.ts'
import { graphView } from '../../src/views/reads/graph.ts'
import { growthView, readGrowth } from '../../src/views/reads/growth.ts'
import { ringTimelineView } from '../../src/views/reads/ring-timeline.ts'
import { ringExplanationView } from '../../src/views/ring-explanation.ts'
import { type Admitted, admittedFrom, testBorder } from '../support/admitted.ts'
import { describeWithData } from '../support/shared-data.ts'
import { keyFingerprint, openTempStore } from '../support/stores/embedded.ts'
import { emptyNeo4j, neo4jOptions } from '../support/stores/production.ts'
import { describeOn } from '../support/stores/servers.ts'
import { tempDir } from '../support/temp-dir.ts'

const worldOf = (world: string, seed: number, accounts: number) => async (border: BorderOptions) => {
  using dir = tempDir()
  await writeWorld(dir.path, { world, seed, accounts })
  return await admittedFrom(
    (['events', 'labels'] as const).map((stream) => ({ file: join(dir.path, `${stream}.ndjson`), stream })),
    border,
  )
}

const p2pIn = (data: string) => async (border: BorderOptions) => {
  const files = [
    ['HAS_CC', 'cards'],
    ['USED', 'devices'],
    ['P2P', 'transfers'],
    ['REFERRED', 'referrals'],
    ['User', 'users'],
  ] as const
  const mapped = files.map(([file, map]) => {
    const text = readFileSync(join(import.meta.dirname, `../../examples/p2p/${map}.yaml`), 'utf8')
    const mapping = parseMapping(text, map)
    return { file: join(data, `${file}.csv.gz`), stream: mapping.stream, mapping }
  })
  return await admittedFrom(mapped, border)
}

describeOn(['neo4j'], 'both profiles agree', () => {
  describe('on a town', () => agree(worldOf('town', 11, 1_500), { byLouvainToo: true }))
  describe('on a quiet world', () => agree(worldOf('quiet', 13, 700)))
  describeWithData('p2p', (data) => agree(p2pIn(data)))
})

const groupsOf = ({ rings }: Publication): readonly string[] =>
  rings.map(({ members }) => members.map(({ account }) => account).join()).toSorted()

function agree(
  admit: (border: BorderOptions) => Promise<Admitted>,
  { byLouvainToo = false }: { readonly byLouvainToo?: boolean } = {},
): void {
  let border: BorderOptions
  let given: Admitted
  let embedded: Awaited<ReturnType<typeof openTempStore>>
  let production: LinkStore
  let publications: readonly [Publication, Publication]
  let byLouvain: readonly [Publication, Publication]

  const find = (store: LinkStore, method: DetectionRun['method'] = 'cpm-leiden'): Promise<Publication> =>
    makePublication(store, {
      kindOf: (kind) => border.registry.get(kind),
      policy: 'test',
      clock: () => 1_000,
      method,
    })

  const publish = async (store: LinkStore): Promise<Publication> => {
    const publication = await find(store)
    await store.publish(publication, await store.claim())
    return publication
  }

  beforeAll(async () => {
    await emptyNeo4j()
    border = await testBorder()
    given = await admit(border)
    embedded = await openTempStore()
    production = await openNeo4jStore({ ...(await neo4jOptions()), keyFingerprint })
    await embedded.record(given.events)
    await embedded.label(given.labels)
    // In another order, in parts, some of them twice.
    await production.label(given.labels.toReversed())
    const reversed = given.events.toReversed()
    for (let from = 0; from < reversed.length; from += 4_000)
      await production.record(reversed.slice(Math.max(0, from - 100), from + 4_000))
    // Before anything is published, when a publication holds all rings there are.
    if (byLouvainToo) byLouvain = [await find(embedded, 'louvain'), await find(production, 'louvain')]
    publications = [await publish(embedded), await publish(production)]
  }, 600_000)

  afterAll(async () => {
    await embedded[Symbol.asyncDispose]()
    await production[Symbol.asyncDispose]()
  })

  test('the state has one digest', async () => {
    expect(await production.digest()).toEqual(await embedded.digest())
  }, 120_000)

  test('the same rings, members, changes and snapshot are published', async () => {
    const [{ run: one, ...here }, { run: other, ...there }] = publications

    expect(here.rings.length).toBeGreaterThan(3)
    expect(there.rings).toEqual(here.rings)
    expect(there.changes).toEqual(here.changes)
    expect({ ...other, stateChanges: 0 }).toEqual({ ...one, stateChanges: 0 })
    expect(await production.rings({})).toEqual(await embedded.rings({}))
    expect(await production.changes({ limit: 1e6 })).toEqual(await embedded.changes({ limit: 1e6 }))
  })

  if (byLouvainToo) {
    test('Louvain instead finds the same rings on both, and they are others', () => {
      const [here, there] = byLouvain

      expect(there.rings).toEqual(here.rings)
      expect(groupsOf(here)).not.toEqual(groupsOf(publications[0]))
    })
  }

  test('a stranger to all files reads the same rings and gives the same explanations, by Cypher', async () => {
    const asked: string[] = []
    const opened = { ...(await neo4jOptions()), onStatement: (name: string) => asked.push(name) }
    await using reader = await openNeo4jReader(opened)
    const rings = await embedded.rings({})
    const [there, here] = [await explainingBy(reader, border), await explainingBy(embedded, border)]

    expect(await reader.rings({})).toEqual(rings)
    asked.length = 0
    for (const pair of pairsOf(rings)) {
      expect(await explainAccounts(reader, pair, there)).toEqual(await explainAccounts(embedded, pair, here))
    }
    expect([...new Set(asked)].toSorted()).toEqual(['state/accounts', 'state/users'])
  }, 120_000)

  test('why a ring is one, and why its members are in it, is told alike, by Cypher', async () => {
    const asked: string[] = []
    const opened = { ...(await neo4jOptions()), onStatement: (name: string) => asked.push(name) }
    await using reader = await openNeo4jReader(opened)
    const there = await explainingBy(reader, border)
    const here = await explainingBy(embedded, border)
    const rings = someOfEach(await embedded.rings({}))
    let members = 0

    for (const ring of rings) {
      asked.length = 0
      const found = ringExplanationView(await explainRing(reader, ring, there))
      expect(found).toEqual(ringExplanationView(await explainRing(embedded, ring, here)))
      expect([...new Set(asked)].toSorted()).toEqual(['state/accounts', 'state/users'])

      for (const account of oneOfEachRole(ring)) {
        asked.length = 0
        const member = await explainMember(reader, ring, { ...there, account })
        expect(member).toEqual(await explainMember(embedded, ring, { ...here, account }))
        expect(member && memberExplanationView(member)).toMatchObject({ account, ring: ring.id })
        expect([...new Set(asked)].toSorted()).toEqual(['state/accounts', 'state/users'])
        members += 1
      }
    }
    expect(rings.length).toBeGreaterThan(1)
    expect(members).toBeGreaterThanOrEqual(rings.length)
  }, 240_000)

  pagesAgree(
    () => [embedded, production],
    () => border,
  )
}

function pagesAgree(stores: () => readonly [LinkStore, LinkStore], border: () => BorderOptions): void {
  test('pages of rings and accounts show the same', async () => {
    const [one, other] = stores()

    const here = await pagesOf(one, border())
    const there = await pagesOf(other, border())

    expect(here.length).toBeGreaterThan(1)
    expect(there).toEqual(here)
  }, 240_000)
}

async function pagesOf(store: LinkStore, border: BorderOptions) {
  const options = await explainingBy(store, border)
  const pages: unknown[] = []
  for (const ring of someOfEach(await store.rings({}))) {
    const [account = ''] = ring.members.map((member) => member.account)
    const [state] = await store.accounts([account])
    const lanes = { from: -Infinity, to: Infinity, lanesMax: 100 }
    pages.push({
      graph: graphView(await ringGraph(store, ring, { ...options, budget: 300 })),
      timeline: ringTimelineView(await ringTimeline(store, ring, { ...options, ...lanes })),
      brief: await readBrief(store, ring, options),
      growth: growthView(await readGrowth(store, options.run, { days: 7, rings: [ring.id] }), ring),
      account: state && (await accountView(store, state, options)),
      moments: state && (await momentViews(store, historyOf(state))),
    })
  }
  return pages
}

/** What explanations need besides the state: as the store has it. */
async function explainingBy(
  store: Pick<LinkStore, 'published' | 'snapshot'>,
  { registry }: Pick<Awaited<ReturnType<typeof testBorder>>, 'registry'>,
) {
  const stored = await store.snapshot()
  return {
    kindOf: (kind: string) => registry.get(kind),
    publicness: openSnapshot(stored?.bytes ?? new Uint8Array()).publicness,
    run: await store.published(),
  }
}

/** The riskiest of each class; each takes seconds. */
const someOfEach = (rings: readonly Ring[]): readonly Ring[] =>
  [...Map.groupBy(rings, ({ head }) => head.class).values()].flatMap(([first]) => first ?? [])

const oneOfEachRole = ({ members }: Ring): readonly string[] =>
  [...Map.groupBy(members, ({ role }) => role).values()].flatMap(([one]) => one?.account ?? [])

/** In some rings the first with the last; and the first members of rings that follow each other. */
function pairsOf(rings: readonly Ring[]): readonly (readonly [string, string])[] {
  return rings.slice(0, 8).flatMap(({ members }, i) => {
    const [first] = members
    const last = members.at(-1)
    const [stranger] = rings[i + 1]?.members ?? []
    if (!first || !last || first === last) return []
    return [
      [first.account, last.account] as const,
      ...(stranger ? [[first.account, stranger.account] as const] : []),
    ]
  })
}
