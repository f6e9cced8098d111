/** A streaming service: televisions and accounts that several homes share, codes for trials, and hardly a payout. */
import { streamAttacks } from '../attacks/catalogue.ts'
import { carrierCustomers } from '../benign/carrier.ts'
import { friends } from '../benign/circles/friends.ts'
import { subscribers } from '../benign/circles/subscribers.ts'
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
import { inShares, type WorldFigures } from './figures.ts'
import { usual } from './usual.ts'

export const stream: WorldFigures = {
  ...usual,
  attacks: streamAttacks,
  populations: inShares([
    [plainCustomers, 0.23, 1],
    [households, 0.3, 3.05],
    [subscribers, 0.2, 3.9],
    [carrierCustomers, 0.06, 1],
    [campusPeople, 0.06, 1],
    [movers, 0.03, 1],
    [comebacks, 0.03, 1],
    [resetDevices, 0.015, 1],
    [resoldPhones, 0.02, 2],
    [cafeRegulars, 0.015, 15],
    [friends, 0.01, 6],
    // Sold with new televisions.
    [retailTablets, 0.012, 37],
    [classrooms, 0.005, 21],
    [repairShops, 0.004, 11],
    [dormitories, 0.012, 35],
    [festivals, 0.005, 58],
    [testers, 0.003, 14],
  ]),
  customs: {
    addressed: 0.02,
    lockerUsers: 0,
    accountsPerLocker: 150,
    // Artists and their houses.
    sellers: 0.07,
    coded: 0.4,
    pastimes: { stream: 0.3, follow: 0.03, message: 0.015, review: 0.03, list: 0.003 },
  },
  tempo: 1.5,
  campaigns: 4,
}
