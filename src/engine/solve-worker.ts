/** A thread that takes shares from boards that it is shown; it keeps its kernel between them. */
import { parentPort } from 'node:worker_threads'
import { withKernel } from '../../graph/kernel/kept.ts'
import type { Board } from '../../graph/kernel/shares/board.ts'
import { helpToSolve } from '../../graph/kernel/shares/solve.ts'

parentPort?.on('message', (board: Board) => helpToSolve(board, withKernel))
