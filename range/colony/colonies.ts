/** The worlds by name. Every seed draws around these figures (tuning.ts). */
import { listenerTempers, marketTempers, type Tempers, walletTempers } from './folk/temper.ts'

export interface ColonyFigures {
  readonly days: number
  /** Accounts that carry a ring, of 1. */
  readonly prevalence: number
  /** Of 1: fraud that reviewers know of, and honest accounts they mistake. */
  readonly known: number
  readonly mistaken: number
  readonly currency: string
  /** Payments that go to another account, of 1. */
  readonly trades: number
  /** Payments that show an address, of 1. */
  readonly ships: number
  readonly tempers: Tempers
  /** Accounts that take part in a habit, of 1. */
  readonly habits: Weights
  /** Ring accounts of a crime against those of the others. */
  readonly crimes: Weights
}

type Weights = Readonly<Record<string, number>>

/** Where a city buys and sells; many live close and trade by the phone of a cousin. */
const bazaar: ColonyFigures = {
  days: 90,
  prevalence: 0.05,
  known: 0.12,
  mistaken: 0.0015,
  currency: 'EUR',
  trades: 0.7,
  ships: 0.65,
  tempers: marketTempers,
  habits: {
    family: 0.3,
    'joint-family': 0.06,
    houseshare: 0.08,
    dormitory: 0.06,
    'two-homes': 0.03,
    carer: 0.03,
    barracks: 0.04,
    again: 0.04,
    reseller: 0.04,
    fleet: 0.03,
    school: 0.08,
    till: 0.05,
    office: 0.1,
    'influencer-team': 0.01,
    cooperative: 0.04,
    studio: 0.02,
    cybercafe: 0.06,
    library: 0.03,
    remittance: 0.05,
    church: 0.04,
    kiosk: 0.06,
    'handset-resale': 0.04,
    number: 0.02,
    plan: 0.02,
    'parcel-point': 0.12,
    audience: 0.03,
    'repair-shop': 0.02,
    circle: 0.06,
  },
  crimes: {
    empty_box: 1,
    triangulation: 1,
    ticket_touts: 0.6,
    collusion: 1.2,
    phantom_lets: 1.2,
    account_rental: 1,
    sim_swap: 0.5,
    cracked_shop: 0.7,
    romance: 0.6,
    gift_wash: 0.4,
    shop_insider: 0.5,
    coupon_hands: 1,
    review_brigade: 1.2,
    puppet_show: 0.8,
    job_mules: 0.4,
  },
}

/** What a country listens to; pupils, families and shared plans. */
const airwaves: ColonyFigures = {
  ...bazaar,
  days: 100,
  currency: 'SEK',
  trades: 0.12,
  ships: 0.03,
  tempers: listenerTempers,
  habits: {
    ...bazaar.habits,
    family: 0.38,
    dormitory: 0.09,
    'two-homes': 0.05,
    reseller: 0.01,
    again: 0.06,
    school: 0.14,
    'influencer-team': 0.03,
    cooperative: 0.01,
    cybercafe: 0.04,
    remittance: 0.015,
    plan: 0.14,
    'parcel-point': 0.01,
    audience: 0.05,
    circle: 0.1,
  },
  crimes: {
    account_rental: 0.3,
    sim_swap: 0.2,
    cracked_shop: 1.6,
    romance: 0.2,
    gift_wash: 1.2,
    shop_insider: 0.5,
    coupon_hands: 1.4,
    review_brigade: 0.4,
    play_farm: 1.8,
    puppet_show: 1,
    subletting: 1.8,
  },
}

/** A purse on the telephone, for wages and for the family far away. */
const purse: ColonyFigures = {
  ...bazaar,
  days: 80,
  currency: 'KES',
  ships: 0.02,
  tempers: walletTempers,
  habits: {
    ...bazaar.habits,
    'joint-family': 0.11,
    family: 0.2,
    barracks: 0.08,
    carer: 0.05,
    reseller: 0.015,
    fleet: 0.05,
    cooperative: 0.07,
    remittance: 0.16,
    kiosk: 0.16,
    'handset-resale': 0.08,
    number: 0.04,
    'parcel-point': 0.01,
    circle: 0.12,
  },
  crimes: {
    account_rental: 0.9,
    sim_swap: 1.4,
    cracked_shop: 0.6,
    romance: 1.2,
    gift_wash: 0.8,
    shop_insider: 1.2,
    coupon_hands: 1.2,
    collusion: 0.8,
    puppet_show: 0.7,
    job_mules: 1.6,
  },
}

const calm = (figures: ColonyFigures): ColonyFigures => ({ ...figures, prevalence: 0.005 })

export const colonies: Readonly<Record<string, ColonyFigures>> = {
  bazaar,
  'bazaar-calm': calm(bazaar),
  airwaves,
  'airwaves-calm': calm(airwaves),
  purse,
  'purse-calm': calm(purse),
}

export const colonyNames: readonly string[] = Object.keys(colonies)
