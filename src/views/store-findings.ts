/** How what is stored does, for whoever looks after the deployment. */
import type { ReadingStore } from '../../graph/ports.ts'
import type { Finding } from '../finding.ts'
import { modelsFinding } from './models-finding.ts'
import { iso } from './times.ts'

type Reads = Pick<ReadingStore, 'progress' | 'published' | 'countDeadLetters' | 'keys'>

/** `waiting`: events that are durable and not yet joined. */
export async function storeFindings(
  store: Reads,
  { waiting, now }: { readonly waiting: number; readonly now: number },
): Promise<readonly Finding[]> {
  const [progress, run, letters, keys] = await Promise.all([
    store.progress(),
    store.published(),
    store.countDeadLetters(),
    store.keys(),
  ])
  const live = keys.filter(({ revokedAt = Infinity }) => revokedAt > now).length
  return [
    newestEvent(progress.newestAt, waiting),
    run
      ? {
          check: 'detection',
          state: 'ok',
          detail: `run ${run.version}, ${run.rings} rings, published ${iso(run.publishedAt)}`,
        }
      : { check: 'detection', state: 'warning', detail: 'has not run yet: ringleader detect, or serve' },
    ...(run ? [modelsFinding(run)] : []),
    letters === 0
      ? { check: 'dead letters', state: 'ok', detail: 'none' }
      : { check: 'dead letters', state: 'warning', detail: `${letters}: see ringleader dead-letters list` },
    live > 0
      ? { check: 'API keys', state: 'ok', detail: `${live} live` }
      : {
          check: 'API keys',
          state: 'warning',
          detail: 'none, so nobody may call the API: ringleader keys create',
        },
  ]
}

function newestEvent(newestAt: number | undefined, waiting: number): Finding {
  if (newestAt === undefined && waiting === 0)
    return { check: 'events', state: 'warning', detail: 'none yet: ringleader ingest FILE' }
  const newest = newestAt === undefined ? 'none joined yet' : `newest happened ${iso(newestAt)}`
  return { check: 'events', state: 'ok', detail: `${newest}, ${waiting} waiting` }
}
