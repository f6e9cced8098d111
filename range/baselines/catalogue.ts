/** Every baseline there is, in the order in which tables show them. */
import type { Baseline, BaselineInput, Found } from './baseline.ts'
import { evilCohort } from './evilcohort.ts'
import { fraudar } from './fraudar/fraudar.ts'
import { gdsP2p } from './gds-p2p.ts'
import { gdsPaySim } from './gds-paysim.ts'
import { modularityLeiden } from './leiden-modularity/modularity-leiden.ts'
import { parameters } from './parameters.ts'
import { sharedCount } from './shared-count.ts'
import { signupGroups } from './signup-groups.ts'
import { similarUsers } from './similar-users.ts'
import { supervised } from './supervised/supervised.ts'
import { synchroTrap } from './synchrotrap.ts'
import { wcc } from './wcc.ts'

const baseline = (
  name: string,
  { title, source, find }: Pick<Baseline, 'title' | 'source'> & { find: (input: BaselineInput) => Found },
): Baseline => ({ name, title, source, find })

export const baselines: readonly Baseline[] = [
  baseline('leiden-modularity', {
    title: 'Leiden, modularity, our weights',
    source: 'Traag et al. 2019',
    find: (input) => modularityLeiden(input, { resolution: 1 }),
  }),
  baseline('leiden-modularity-tuned', {
    title: `Leiden, modularity at ${parameters.leidenModularityTuned.resolution}, our weights, tuned`,
    source: 'Reichardt & Bornholdt 2006',
    find: (input) => modularityLeiden(input, parameters.leidenModularityTuned),
  }),
  ...[20, 50].map((usersMax) =>
    baseline(`louvain-${usersMax}`, {
      title: `Louvain, shared, cap ${usersMax}`,
      source: 'Blondel et al. 2008',
      find: (input) => sharedCount(input, { usersMax, addresses: 1 }),
    }),
  ),
  baseline('louvain-tuned', {
    title: `Louvain, shared, cap ${parameters.louvainTuned.usersMax}, tuned`,
    source: 'Blondel et al. 2008',
    find: (input) => sharedCount(input, parameters.louvainTuned),
  }),
  baseline('wcc', {
    title: `Components, ≤ ${parameters.wcc.usersMax} users`,
    source: 'common practice',
    find: (input) => wcc(input, parameters.wcc),
  }),
  baseline('wcc-tuned', {
    title: `Components, ≤ ${parameters.wccTuned.usersMax} users, tuned`,
    source: 'common practice',
    find: (input) => wcc(input, parameters.wccTuned),
  }),
  ...[2, 3, 5].map((sharedMin) =>
    baseline(`evilcohort-${sharedMin}`, {
      title: `EvilCohort, s = ${sharedMin}`,
      source: 'Stringhini et al. 2015',
      find: (input) => evilCohort(input, { sharedMin }),
    }),
  ),
  baseline('fraudar', {
    title: `FRAUDAR, ${parameters.fraudar.blocksPer10k} blocks in 10,000`,
    source: 'Hooi et al. 2016',
    find: (input) => fraudar(input, parameters.fraudar),
  }),
  baseline('gds-paysim', {
    title: 'GDS recipe, PaySim',
    source: 'Neo4j graph-examples',
    find: (input) => gdsPaySim(input, parameters.gdsPaySim),
  }),
  baseline('gds-p2p', {
    title: 'GDS recipe, P2P',
    source: 'Blumenfeld 2022',
    find: (input) => gdsP2p(input, parameters.gdsP2p),
  }),
  baseline('synchrotrap', {
    title: 'SynchroTrap, by day',
    source: 'Cao et al. 2014',
    find: (input) => synchroTrap(input, parameters.synchroTrap),
  }),
  baseline('lichess', {
    title: 'Lichess score',
    source: 'lila',
    find: (input) => similarUsers(input, parameters.similarUsers),
  }),
  baseline('linkedin', {
    title: 'Sign-ups by address and day',
    source: 'Xiao et al. 2015',
    find: (input) => signupGroups(input, parameters.signupGroups),
  }),
  baseline('boosted-trees', {
    title: 'Boosted trees, graph features',
    source: 'Friedman 2001',
    find: (input) => supervised(input, parameters.supervised),
  }),
]
