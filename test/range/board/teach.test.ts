import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { readModels } from '../../../graph/judging/models.ts'
import type { Board } from '../../../range/board/board.ts'
import { runCommand } from '../../support/processes/command.ts'
import { tempDir } from '../../support/temp-dir.ts'

const dir = tempDir()
afterAll(() => dir[Symbol.dispose]())

test('what worlds teach is written, and a board judges by it', async () => {
  const out = join(dir.path, 'models.json')
  const size = ['--accounts', '700']

  const taught = await runCommand([
    'range',
    'teach',
    '--world',
    'town',
    '--seeds',
    '1-3',
    ...size,
    '--out',
    out,
  ])
  const board = ['range', 'board', '--seeds', '5', ...size, '--methods', 'wcc', '--out', dir.path, '--json']
  const [own, shipped] = [await runCommand([...board, '--models', out]), await runCommand(board)]

  expect(taught).toMatchObject({ code: 0, stdout: expect.stringContaining('Taught by 3 worlds') })
  expect(readModels(JSON.parse(readFileSync(out, 'utf8'))).calibration).toBe('shipped')
  expect([own.code, shipped.code]).toEqual([0, 0])
  expect(figuresOf(own.stdout)).not.toEqual(figuresOf(shipped.stdout))
}, 120_000)

/** How what is published stands. */
function figuresOf(text: string): unknown {
  const { worlds } = JSON.parse(text) as Board
  return worlds[0]?.methods.find(({ name }) => name === 'ringleader-judged')?.figures
}

test('too few worlds, and worlds of reports, teach nothing', async () => {
  const out = ['--out', join(dir.path, 'none.json')]

  const few = await runCommand(['range', 'teach', '--world', 'town', '--seeds', '1-2', ...out])
  const reports = await runCommand(['range', 'teach', '--world', 'town', '--seeds', '1000-1002', ...out])

  expect(few).toMatchObject({ code: 2, stderr: expect.stringContaining('three worlds') })
  expect(reports).toMatchObject({ code: 2, stderr: expect.stringContaining('for reports') })
})
