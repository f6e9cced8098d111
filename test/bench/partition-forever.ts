/** A thread that partitions one graph after the other until it is ended. */
import { parentPort } from 'node:worker_threads'
import { pairGraph } from '../../graph/communities/pair-graph.ts'
import { partition } from '../../graph/kernel/partition.ts'
import { yieldToServing } from '../../src/engine/yield-to-serving.ts'
import { benchGraph } from './graph.ts'

yieldToServing()

const { accounts, ids, edges } = benchGraph(50_000)
parentPort?.postMessage('begun')
for (;;) partition(pairGraph(accounts, edges), { gammaMicro: 40_000, ids })
