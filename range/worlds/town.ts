/** A business with a bit of everything: it sells, pays out, and is used at home, at work and on the way. */
import { carrierCustomers } from '../benign/carrier.ts'
import { businesses } from '../benign/circles/business.ts'
import { friends } from '../benign/circles/friends.ts'
import { subscribers } from '../benign/circles/subscribers.ts'
import { kiosks } from '../benign/counters/kiosk.ts'
import { repairShops } from '../benign/counters/repair.ts'
import { retailTablets } from '../benign/counters/tablet.ts'
import { testers } from '../benign/counters/testers.ts'
import { cafeRegulars } from '../benign/crowds/cafe.ts'
import { campusPeople } from '../benign/crowds/campus.ts'
import { classrooms } from '../benign/crowds/classroom.ts'
import { dormitories } from '../benign/crowds/dorm.ts'
import { festivals } from '../benign/crowds/festival.ts'
import { households } from '../benign/household.ts'
import { plainCustomers } from '../benign/plain.ts'
import { comebacks } from '../benign/singles/comeback.ts'
import { movers } from '../benign/singles/mover.ts'
import { resetDevices } from '../benign/singles/reset.ts'
import { resoldPhones } from '../benign/singles/resold-phone.ts'
import { sellers } from '../benign/singles/seller.ts'
import { inShares, type WorldFigures } from './figures.ts'
import { usual } from './usual.ts'

export const town: WorldFigures = {
  ...usual,
  populations: inShares([
    [plainCustomers, 0.27, 1],
    [households, 0.42, 3.05],
    [carrierCustomers, 0.07, 1],
    [campusPeople, 0.06, 1],
    [movers, 0.025, 1],
    [comebacks, 0.015, 1],
    [resetDevices, 0.01, 1],
    [resoldPhones, 0.02, 2],
    [sellers, 0.01, 1],
    [cafeRegulars, 0.03, 15],
    [businesses, 0.015, 7.5],
    [friends, 0.012, 6],
    [subscribers, 0.008, 3.9],
    [kiosks, 0.01, 19],
    [retailTablets, 0.009, 37],
    [classrooms, 0.009, 21],
    [repairShops, 0.006, 11],
    [dormitories, 0.007, 35],
    [festivals, 0.008, 58],
    [testers, 0.003, 14],
  ]),
  customs: {
    addressed: 0.3,
    lockerUsers: 0.1,
    accountsPerLocker: 120,
    sellers: 0.12,
    coded: 0.15,
    pastimes: { stream: 0.02, follow: 0.015, message: 0.03, review: 0.03, list: 0.008 },
  },
}
