/** Every job that runs by itself. */

import { check } from './check.ts'
import { deliver } from './deliver.ts'
import { detect } from './detect.ts'
import { expire } from './expire.ts'
import { record } from './record.ts'
import { retrain } from './retrain.ts'
import type { Job, JobName } from './services.ts'

export const jobs: Readonly<Record<JobName, Job>> = { record, detect, expire, retrain, deliver, check }
