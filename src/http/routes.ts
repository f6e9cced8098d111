/** Every endpoint there is. */
import type { Route } from './route.ts'
import {
  createKey,
  dropLetters,
  listDeadLetters,
  listKeys,
  replayLetters,
  requestRun,
  revokeKey,
  rotateKey,
} from './routes/admin.ts'
import { deleteAssertion, listAssertions, postAssertion } from './routes/assertions.ts'
import { listDecisions, patchRing, postDecision, retract } from './routes/decisions.ts'
import { explainLink } from './routes/explain-link.ts'
import { getMemberExplanation, getRingExplanation } from './routes/explain-ring.ts'
import { checkAudit, listAudit } from './routes/feed/audit.ts'
import { getChanges } from './routes/feed/changes.ts'
import { createTripwire, deleteTripwire, listTripwires } from './routes/feed/tripwires.ts'
import {
  createWebhook,
  deleteWebhook,
  listDeadMessages,
  listWebhooks,
  replayMessages,
  resumeWebhook,
  rotateWebhook,
} from './routes/feed/webhooks.ts'
import { getRisk, postRiskBatch } from './routes/get-risk.ts'
import { getLineage } from './routes/lineage.ts'
import { postMatch } from './routes/match.ts'
import { getMe } from './routes/me.ts'
import { chooseModels, listModels, requestModels } from './routes/models.ts'
import { getHealth, getMetrics, livez, readyz } from './routes/operations.ts'
import { postEvents, postLabels } from './routes/post-lines.ts'
import { getQueue } from './routes/queue.ts'
import { getAccount, getAccountLinks, getAccountTimeline } from './routes/reads/account.ts'
import { compareAccounts } from './routes/reads/compare.ts'
import { getIdentifier, postSearch, revealIdentifier } from './routes/reads/identifiers.ts'
import { listRings } from './routes/reads/list-rings.ts'
import { getReceipt } from './routes/reads/receipt.ts'
import { getRingBrief } from './routes/reads/ring-brief.ts'
import { getRingLinks, getRingMatrix, getRingWithout } from './routes/reads/ring-evidence.ts'
import { getRingGraph } from './routes/reads/ring-graph.ts'
import { getRingTimeline } from './routes/reads/ring-timeline.ts'
import { getTakeover, listTakeovers } from './routes/reads/takeovers.ts'
import { getMembers, getRing } from './routes/rings.ts'

export const routes: readonly Route[] = [
  postEvents,
  postLabels,
  getRisk,
  postRiskBatch,
  getAccount,
  getAccountLinks,
  getAccountTimeline,
  compareAccounts,
  getMe,
  getIdentifier,
  revealIdentifier,
  listTakeovers,
  getTakeover,
  postSearch,
  postMatch,
  listRings,
  getQueue,
  getRing,
  patchRing,
  getMembers,
  getRingBrief,
  getRingGraph,
  getRingLinks,
  getRingMatrix,
  getRingWithout,
  getRingTimeline,
  getLineage,
  getChanges,
  listTripwires,
  createTripwire,
  deleteTripwire,
  listWebhooks,
  createWebhook,
  deleteWebhook,
  rotateWebhook,
  resumeWebhook,
  listDeadMessages,
  replayMessages,
  listDecisions,
  postDecision,
  retract,
  listAssertions,
  postAssertion,
  deleteAssertion,
  getReceipt,
  getRingExplanation,
  getMemberExplanation,
  explainLink,
  listAudit,
  checkAudit,
  getHealth,
  listKeys,
  createKey,
  revokeKey,
  rotateKey,
  requestRun,
  listModels,
  requestModels,
  chooseModels,
  listDeadLetters,
  replayLetters,
  dropLetters,
  livez,
  readyz,
  getMetrics,
]

/** Of a process that only works. */
export const workerRoutes: readonly Route[] = [livez, readyz, getMetrics]
