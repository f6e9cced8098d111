import { expect, test } from '@jest/globals'
import { secondCompromiseFeatures, secondRiskFeatures } from '../../../graph/judging/catalogue.ts'
import { reasonsOfFeature } from '../../../graph/rings/reasons.ts'

test.each([
  ['ring:size', 'household_size'],
  ['suspects:size', 'bad_company'],
  ['amongSuspects:riskMost', 'bad_company'],
  ['linked:compromise', 'bad_company'],
  ['linked:age', 'new_accounts'],
  ['linkedBornTogether', 'created_together'],
  ['linked:labelledFraud', 'labelled_fraud'],
  ['linked:chargebacks', 'chargebacks'],
  ['linkSum', 'strong_links'],
  ['ring:members:ownShare', 'no_own_device'],
  ['ring:visitorsTogether', 'new_identifier_on_established'],
])('%s is told as %s', (feature, code) => {
  expect(reasonsOfFeature(feature)?.for).toBe(code)
})

test('few features have no words', () => {
  const names = [...secondRiskFeatures, ...secondCompromiseFeatures].map(({ name }) => name)
  const silent = new Set(names.filter((name) => reasonsOfFeature(name) === undefined))

  expect([...silent].toSorted()).toEqual([
    'companyNew',
    'companyTroubled',
    'hostedShare',
    'labelledVictim',
    'loginsFailed',
    'loginsFailedShare',
    'referredBy',
    'refers',
    'ring:hostile',
    'ring:members:loginsFailedShare',
    'ring:members:slept',
    'ring:relatedInside',
    'ring:shareOn:document',
  ])
})
