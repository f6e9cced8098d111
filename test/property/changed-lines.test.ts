import { expect, test } from '@jest/globals'
import { accountLines } from '../../graph/state/canonical.ts'

test('what a change of credentials was is in the digest where it is said, and nothing where it is not', () => {
  const linesWith = (more: object) =>
    accountLines({
      account: 'ada',
      activities: [
        {
          type: 'credential_change',
          firstAt: 1,
          lastAt: 1,
          days: [0],
          recent: [{ at: 1, id: 'e1', outcome: 'success', ...more }],
        },
      ],
      uses: [],
      relations: [],
      labels: [],
    })

  expect(linesWith({})[1]).toBe(
    '["activity","ada","credential_change",[1,1,[0]],[[1,"e1","success",null,null]]]',
  )
  const said = [{}, { changed: ['email'] }, { changed: ['email', 'password'] }].map(
    (more) => linesWith(more)[1],
  )
  expect(new Set(said).size).toBe(3)
})
