import { test } from '@jest/globals'
import { expectOwnModels } from '../../support/processes/own-models.ts'
import { served } from '../../support/processes/served.ts'

test('models from labels are made, judge when they are chosen, and no longer', async () => {
  await using server = await served()

  await expectOwnModels(server)
}, 240_000)
