/** A thread that partitions one graph after the other until it is ended. */
import { parentPort } from 'node:worker_threads'
import { partition } from '../../graph/kernel/partition.ts'
import { giveWay } from '../../src/engine/priority.ts'
import { benchGraph } from './graph.ts'

giveWay()

const { ids, edges } = benchGraph(50_000)
parentPort?.postMessage('begun')
for (;;) partition(edges, { gammaMicro: 40_000, ids })
