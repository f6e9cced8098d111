/** How the models of the published run do, for whoever looks after the deployment. */
import type { DetectionRun } from '../../graph/ring.ts'
import type { Finding } from '../finding.ts'

const check = 'models'

export function modelsFinding({
  calibration,
  localModels,
  unreadableModels,
  shift,
}: Pick<DetectionRun, 'calibration' | 'localModels' | 'unreadableModels' | 'shift'>): Finding {
  if (shift?.alarm) {
    return {
      check,
      state: 'wrong',
      detail: `would flag ${percent(shift.flagged)} of accounts and review ${percent(shift.reviewed)}, far more than they were ever right about. Nobody is flagged: label some of them (POST /v1/labels), then ringleader retrain`,
    }
  }
  if (unreadableModels !== undefined) {
    return {
      check,
      state: 'warning',
      detail: `${unreadableModels} were made by another version and cannot be read, so those that are shipped judge: ringleader retrain, then ringleader models use`,
    }
  }
  if (calibration === 'local') return { check, state: 'ok', detail: `${localModels}, from your labels` }
  return {
    check,
    state: 'ok',
    detail: 'as shipped, confirmed by no label of yours: flags are few (ringleader retrain)',
  }
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`
