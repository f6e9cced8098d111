import { expect, test } from '@jest/globals'
import { runScript } from '../../support/processes/child.ts'
import { until } from '../../support/processes/served.ts'

const isThere = (pid: number): boolean => {
  try {
    return process.kill(-pid, 0)
  } catch {
    return false
  }
}

test('a server ends with the process that started it, were that killed', async () => {
  await using child = runScript(new URL('watched-child.ts', import.meta.url), [])
  const pid = Number((await child.lines.next()).value)
  expect(isThere(pid)).toBe(true)

  await child.kill()

  expect(
    await until(
      async () => isThere(pid),
      (there) => !there,
      10_000,
    ),
  ).toBe(false)
})
