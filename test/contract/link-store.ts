/** What every LinkStore promises. An adapter's test file is one call to this. */
import { describe } from '@jest/globals'
import { auditContract } from './audit.ts'
import { changeContract } from './changes.ts'
import { checkContract } from './checks.ts'
import { claimContract } from './claims.ts'
import { foretellContract } from './foretell.ts'
import { intakeContract } from './intake.ts'
import { modelContract } from './models.ts'
import type { OpenStore } from './open-store.ts'
import { ownerContract } from './owners.ts'
import { peopleContract } from './people.ts'
import { requestContract } from './requests.ts'
import { ringContract } from './rings.ts'
import { sealedContract } from './sealed.ts'
import { stateContract } from './state.ts'
import { stateReadContract } from './state-reads.ts'
import { tripwireContract } from './tripwires.ts'
import { webhookContract } from './webhooks.ts'

export function linkStoreContract(name: string, open: OpenStore): void {
  describe(`${name} as a LinkStore`, () => {
    describe('intake', () => intakeContract(open))
    describe('state', () => stateContract(open))
    describe('state reads', () => stateReadContract(open))
    describe('sealed values', () => sealedContract(open))
    describe('state changes', () => changeContract(open))
    describe('self-check', () => checkContract(open))
    describe('what would be', () => foretellContract(open))
    describe('rings', () => ringContract(open))
    describe('claims', () => claimContract(open))
    describe('people', () => peopleContract(open))
    describe('owners', () => ownerContract(open))
    describe('models', () => modelContract(open))
    describe('tripwires', () => tripwireContract(open))
    describe('webhooks', () => webhookContract(open))
    describe('a named request', () => requestContract(open))
    describe('audit', () => auditContract(open))
  })
}
