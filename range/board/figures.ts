/** The figures a board shows, as data. */
import type { Measure } from '../metrics/measure.ts'
import type { RingFigures } from '../metrics/ring-tallies.ts'

export interface Figure {
  readonly name: string
  readonly title: string
  /** Which way is good. */
  readonly better: 'high' | 'low'
  /** Digits behind the point. */
  readonly digits: number
  /** Whether it judges what was linked, or whom that would be held against. */
  readonly level: 'linking' | 'accounts'
  /** What is drawn again for its interval. */
  readonly over: 'rings' | 'worlds'
  readonly of: (measure: Measure) => number
}

/** Also read off the tallies of single rings, so that rings can be drawn again (range/metrics/ring-tallies.ts). */
const ofRings: readonly Omit<Figure, 'over' | 'level'>[] = [
  {
    name: 'recall50' satisfies keyof RingFigures,
    title: 'Ring recall, J ≥ .5',
    better: 'high',
    digits: 2,
    of: ({ score }) => score.rings.recall50,
  },
  {
    name: 'recall80' satisfies keyof RingFigures,
    title: 'Ring recall, J ≥ .8',
    better: 'high',
    digits: 2,
    of: ({ score }) => score.rings.recall80,
  },
  {
    name: 'pairPrecision' satisfies keyof RingFigures,
    title: 'Pair precision',
    better: 'high',
    digits: 2,
    of: ({ score }) => score.pairs.precision,
  },
  {
    name: 'pairRecall' satisfies keyof RingFigures,
    title: 'Pair recall',
    better: 'high',
    digits: 2,
    of: ({ score }) => score.pairs.recall,
  },
  {
    name: 'pairF1' satisfies keyof RingFigures,
    title: 'Pair F1',
    better: 'high',
    digits: 2,
    of: ({ score }) => score.pairs.f1,
  },
  {
    name: 'bcubedF1' satisfies keyof RingFigures,
    title: 'B³ F1',
    better: 'high',
    digits: 2,
    of: ({ score: { bcubed } }) => harmonic(bcubed.precision, bcubed.recall),
  },
  {
    name: 'fragmentation' satisfies keyof RingFigures,
    title: 'Fragments a ring',
    better: 'low',
    digits: 2,
    of: ({ score }) => score.rings.fragmentation,
  },
]

const linking = (figure: Omit<Figure, 'over' | 'level'>): Figure => ({
  ...figure,
  over: 'worlds',
  level: 'linking',
})
const accounts = (figure: Omit<Figure, 'over' | 'level'>): Figure => ({
  ...figure,
  over: 'worlds',
  level: 'accounts',
})

export const figures: readonly Figure[] = [
  ...ofRings.map((figure): Figure => ({ ...figure, over: 'rings', level: 'linking' })),
  linking({
    name: 'ringPrecision',
    title: 'Rings that are rings',
    better: 'high',
    digits: 2,
    of: ({ score }) => score.rings.precision,
  }),
  linking({
    name: 'contamination',
    title: 'Contamination',
    better: 'low',
    digits: 2,
    of: ({ score }) => score.rings.contamination,
  }),
  linking({ name: 'ari', title: 'ARI', better: 'high', digits: 2, of: ({ agreement }) => agreement.ari }),
  linking({ name: 'ami', title: 'AMI', better: 'high', digits: 2, of: ({ agreement }) => agreement.ami }),
  linking({
    name: 'disconnected',
    title: 'Disconnected',
    better: 'low',
    digits: 0,
    of: ({ disconnected }) => disconnected,
  }),
  accounts({
    name: 'accountPrecision',
    title: 'Account precision',
    better: 'high',
    digits: 2,
    of: ({ score }) => score.accounts.precision,
  }),
  accounts({
    name: 'accountRecall',
    title: 'Account recall',
    better: 'high',
    digits: 2,
    of: ({ score }) => score.accounts.recall,
  }),
  accounts({
    name: 'accountF1',
    title: 'Account F1',
    better: 'high',
    digits: 2,
    of: ({ score }) => score.accounts.f1,
  }),
  accounts({
    name: 'harmedPer10k',
    title: 'Harmed per 10 k',
    better: 'low',
    digits: 1,
    of: ({ score }) => score.accounts.harmedPer10k,
  }),
  accounts({
    name: 'bystandersFlagged',
    title: 'Bystanders flagged',
    better: 'low',
    digits: 0,
    of: ({ score }) => score.accounts.bystandersFlagged,
  }),
  accounts({
    name: 'victimsFlagged',
    title: 'Victims flagged, share',
    better: 'low',
    digits: 2,
    of: ({ score: { victims } }) => (victims.truth === 0 ? 0 : victims.flagged / victims.truth),
  }),
  accounts({
    name: 'victimsSuspected',
    title: 'Victims suspected, share',
    better: 'low',
    digits: 2,
    of: ({ reliability }) => reliability.victimsSuspected,
  }),
  accounts({
    name: 'calibrationError',
    title: 'Calibration error',
    better: 'low',
    digits: 3,
    of: ({ reliability }) => reliability.calibrationError,
  }),
]

/** In which ours is compared with each baseline, seed by seed. */
export const comparedFigures: readonly string[] = ['recall50', 'pairF1', 'ami', 'accountF1', 'harmedPer10k']

const harmonic = (a: number, b: number): number => (a + b === 0 ? 0 : (2 * a * b) / (a + b))
