/** Every attack there is, and how often a town sees each. */
import type { Attack } from '../plan.ts'
import { counterfeit } from './content/counterfeit.ts'
import { fakeEngagement } from './content/engagement.ts'
import { householdClone } from './evasion/household-clone.ts'
import { lowAndSlow } from './evasion/low-and-slow.ts'
import { pair } from './evasion/pair.ts'
import { serial } from './evasion/serial.ts'
import { twos } from './evasion/twos.ts'
import { antiDetectFarm } from './farms/anti-detect-farm.ts'
import { emulatorFarm } from './farms/emulator-farm.ts'
import { ipFarm } from './farms/ip-farm.ts'
import { promoAbuse } from './farms/promo-abuse.ts'
import { signupFarm } from './farms/signup-farm.ts'
import { sleepers } from './farms/sleepers.ts'
import { bridged } from './hiding/bridge.ts'
import { camouflaged } from './hiding/camouflage.ts'
import { crowdedLineFarm } from './hiding/crowded-line.ts'
import { poisoning } from './hiding/poisoning.ts'
import { cardTesting } from './money/card-testing.ts'
import { chargebackRing } from './money/chargeback-ring.ts'
import { mules } from './money/mules.ts'
import { refundAbuse } from './money/refund-abuse.ts'
import { accountResale } from './takeovers/account-resale.ts'
import { takeoverByThrees } from './takeovers/by-threes.ts'
import { takeoverDaily } from './takeovers/daily.ts'
import { takeoverRemote } from './takeovers/remote.ts'
import { takeover } from './takeovers/takeover.ts'
import { takeoverOnVictimsLine } from './takeovers/victims-line.ts'

const hidden = [signupFarm, ipFarm, antiDetectFarm, promoAbuse, chargebackRing]

/** Weights among themselves. */
export const townAttacks: readonly (readonly [Attack, number])[] = [
  [signupFarm, 2],
  [ipFarm, 1],
  [antiDetectFarm, 1],
  [emulatorFarm, 1],
  [promoAbuse, 1],
  [sleepers, 1],
  [cardTesting, 2],
  [mules, 1],
  [chargebackRing, 1],
  [refundAbuse, 1],
  [takeover, 2],
  [takeoverByThrees, 1],
  [takeoverDaily, 1],
  [takeoverRemote, 1],
  [takeoverOnVictimsLine, 1],
  [accountResale, 1],
  [counterfeit, 1],
  [fakeEngagement, 1],
  [lowAndSlow, 1],
  [twos, 1],
  [pair, 1],
  [serial, 1],
  [householdClone, 1],
  [camouflaged({ name: 'camouflage_random', mode: 'random', attacks: hidden }), 1],
  [camouflaged({ name: 'camouflage_hubs', mode: 'hubs', attacks: hidden }), 1],
  [camouflaged({ name: 'camouflage_hijacked', mode: 'hijacked', attacks: hidden }), 1],
  [bridged(hidden), 1],
  [poisoning(hidden), 1],
  [crowdedLineFarm, 1],
]

/** Where hardly anybody is paid: little for mules and refunds, more for stolen seats and bought praise. */
const streamed: ReadonlyMap<Attack, number> = new Map([
  [mules, 0.4],
  [refundAbuse, 0.5],
  [chargebackRing, 0.5],
  [takeoverByThrees, 0.5],
  [takeoverRemote, 0.5],
  [accountResale, 3],
  [fakeEngagement, 2],
])

export const streamAttacks: typeof townAttacks = townAttacks.map(([attack, weight]) => [
  attack,
  streamed.get(attack) ?? weight,
])
