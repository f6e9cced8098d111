/** A marketplace for second-hand goods: people sell to each other, by parcel, in browsers as much as in the app. */
import { carrierCustomers } from '../benign/carrier.ts'
import { businesses } from '../benign/circles/business.ts'
import { friends } from '../benign/circles/friends.ts'
import { kiosks } from '../benign/counters/kiosk.ts'
import { repairShops } from '../benign/counters/repair.ts'
import { retailTablets } from '../benign/counters/tablet.ts'
import { testers } from '../benign/counters/testers.ts'
import { cafeRegulars } from '../benign/crowds/cafe.ts'
import { campusPeople } from '../benign/crowds/campus.ts'
import { dormitories } from '../benign/crowds/dorm.ts'
import { households } from '../benign/household.ts'
import { plainCustomers } from '../benign/plain.ts'
import { comebacks } from '../benign/singles/comeback.ts'
import { movers } from '../benign/singles/mover.ts'
import { resetDevices } from '../benign/singles/reset.ts'
import { resoldPhones } from '../benign/singles/resold-phone.ts'
import { sellers } from '../benign/singles/seller.ts'
import { inShares, type WorldFigures } from './figures.ts'
import { usual } from './usual.ts'

export const market: WorldFigures = {
  ...usual,
  populations: inShares([
    [plainCustomers, 0.27, 1],
    [households, 0.3, 3.05],
    [sellers, 0.12, 1],
    [carrierCustomers, 0.07, 1],
    [campusPeople, 0.06, 1],
    [movers, 0.03, 1],
    [comebacks, 0.02, 1],
    [resetDevices, 0.01, 1],
    // Phones are what is sold here.
    [resoldPhones, 0.03, 2],
    [businesses, 0.03, 7.5],
    [cafeRegulars, 0.02, 15],
    [friends, 0.01, 6],
    [kiosks, 0.01, 19],
    [repairShops, 0.007, 11],
    [dormitories, 0.01, 35],
    [retailTablets, 0.004, 37],
    [testers, 0.003, 14],
  ]),
  customs: {
    addressed: 0.9,
    lockerUsers: 0.3,
    accountsPerLocker: 150,
    sellers: 0.3,
    coded: 0.05,
    pastimes: { stream: 0, follow: 0.03, message: 0.08, review: 0.06, list: 0.03 },
  },
  sight: { ...usual.sight, browsers: 0.5, browsersTellDevice: false },
  tempo: 1.2,
  campaigns: 1,
}
