/** What the core needs of the world, in the words of the domain. No driver type crosses a port. */
import type { AuditStore, Doing } from './audit.ts'
import type { NoteStore } from './feed/notes.ts'
import type { ForetellOrder, Foretold } from './foretold.ts'
import type {
  AccountState,
  IdentifierKey,
  IdentifierState,
  Label,
  Span,
  StateType,
  StoredEvent,
} from './model.ts'
import type { LocalModels, ModelStore } from './own-models.ts'
import type { OwnerStore } from './owners.ts'
import type { RequestStore } from './requests.ts'
import type { DetectionRun, Publication, Ring, RingChange, RingClass, RingStatus } from './ring.ts'
import type { RingListStore } from './ring-lists.ts'
import type { SelfCheck } from './run-work.ts'
import type { TripwireStore } from './tripwires/tripwire.ts'
import type { VerdictStore } from './verdicts.ts'
import type { WebhookStore } from './webhooks.ts'

/** What became of one delivered event or label. */
export type Receipt = 'accepted' | 'duplicate' | 'conflict'

/** Where events become durable before anybody is told so. */
export interface Intake {
  /** Resolves when every event would survive a crash; one receipt an event, in order. */
  accept(events: readonly StoredEvent[]): Promise<readonly Receipt[]>
  /** Joins some of what was accepted into the state; how many events that was, 0 when none waits. */
  foldSome(): Promise<number>
  /** Events that are durable but not yet joined. */
  waiting(): Promise<number>
}

/** The state: a join-semilattice of accounts, identifiers, uses, relations, labels. */
export interface StateStore {
  /** Joins events into the state. Repeating or reordering calls changes nothing. */
  record(events: readonly StoredEvent[]): Promise<void>
  /** Joins labels; a receipt each, in order. `act`: who gives them, for the audit. */
  label(labels: readonly Label[], act?: Doing): Promise<readonly Receipt[]>
  /**
   * Every account in batches, ascending by id (UTF-8 bytes): each that was known when the scan began, once, as it
   * was then or later. What is recorded meanwhile may be seen; it grows `progress`, so that nobody takes the scan
   * for the state after it.
   */
  scanAccounts(): AsyncIterable<readonly AccountState[]>
  /** Every identifier in batches, ascending by kind, then ref; as whole as the scan of accounts. */
  scanIdentifiers(): AsyncIterable<readonly IdentifierState[]>
  /** Those that are known, in the order asked. */
  accounts(ids: readonly string[]): Promise<readonly AccountState[]>
  /** Those that are known, in the order asked, each with who uses it and when. */
  users(keys: readonly IdentifierKey[], options: { usesMax: number }): Promise<readonly IdentifierUsers[]>
  /** What is kept of its value; `sealed` is missing where nothing is, and all of it where nobody used it. */
  sealedValue(key: IdentifierKey): Promise<{ readonly sealed?: string } | undefined>
  /** Digest of the whole state: equal states, equal text, whatever the store. */
  digest(): Promise<StateDigest>
  /** A number that grows with every change of the state, and the newest `occurredAt`. */
  progress(): Promise<StateProgress>
  /**
   * What was joined since the state had this number, as it is now; it may be newer than `changes` says, and is then told
   * again next time. `undefined` where it is not known any more: only the newest changes are. Of identifiers all that
   * were joined, or as `news` for whoever has the others: those that are new, or of which something is known anew.
   */
  changedSince(changes: number, identifiers?: 'joined' | 'news'): Promise<ChangedState | undefined>
}

export interface ChangedState extends StateProgress {
  readonly accounts: readonly AccountState[]
  readonly identifiers: readonly IdentifierState[]
}

export interface IdentifierUsers {
  readonly identifier: IdentifierState
  /** Accounts with any use of it. */
  readonly accounts: number
  /** Ascending by account and type; cut at `usesMax`. */
  readonly uses: readonly IdentifierUse[]
}

export interface IdentifierUse extends Span {
  readonly account: string
  /** The account's birth: the least of its `createdAt` and its first sign-up. */
  readonly bornAt?: number
  readonly type: StateType
  /** Of kind `target` only: the newest 8 times, newest first. */
  readonly times: readonly number[]
}

export interface StateDigest {
  readonly digest: string
  readonly accounts: number
  readonly identifiers: number
  readonly uses: number
  readonly relations: number
  readonly labels: number
}

export interface StateProgress {
  readonly changes: number
  /** `undefined` while nothing is stored. */
  readonly newestAt?: number
}

export interface RingFilter {
  readonly status?: RingStatus
  readonly class?: RingClass
  readonly minRisk?: number
  readonly minSize?: number
  /** Publish number; rings changed after it. */
  readonly changedSince?: number
  /** `asOf` of a run; rings that ended then or later. */
  readonly endedSince?: number
  readonly owner?: string
  /** Whether anybody looks after it. */
  readonly isOwned?: boolean
}

/** Published rings. Readers see all of one publish or none of it. */
export interface RingStore extends RingListStore {
  /**
   * Announces a run. The newest claim alone may publish, so that a run that was given up for dead cannot publish
   * over the one that took its place (a fencing token: Kleppmann 2017, "Designing Data-Intensive Applications", 8).
   */
  claim(): Promise<number>
  /**
   * Throws `publish_conflict` unless `run.version` is one more than what is published, and when a `claim` is
   * given that is not the newest. Publishing again what this claim published already changes nothing.
   */
  publish(publication: Publication, claim?: number): Promise<void>
  published(): Promise<DetectionRun | undefined>
  /** By risk descending, then id; `after` is the last ring of the page before. */
  rings(
    options: RingFilter & { limit?: number; after?: { risk: number; id: string } },
  ): Promise<readonly Ring[]>
  /** Also finds absorbed and dissolved rings. `version` rebuilds it as it was published then. */
  ring(id: string, options?: { version?: number }): Promise<Ring | undefined>
  /** Ids, ascending, of rings that it absorbed, that split off it, that absorbed it, that it split off. */
  kin(id: string): Promise<readonly string[]>
  /** Rows after a cursor, oldest first. */
  changes(options: { after?: ChangeCursor; ring?: string; limit: number }): Promise<readonly RingChange[]>
  /** The newest serving snapshot; `undefined` before the first publish. */
  snapshot(): Promise<{ version: number; bytes: Uint8Array } | undefined>
}

export interface ChangeCursor {
  readonly version: number
  readonly ring: string
}

export interface ApiKey {
  readonly id: string
  readonly name: string
  /** SHA-256 of the secret, hex. The secret itself is shown once and never stored. */
  readonly hash: string
  readonly scopes: readonly string[]
  readonly createdAt: number
  /** From when on it opens nothing; may lie ahead. */
  readonly revokedAt?: number
}

export interface KeyStore {
  /** `by`: who makes it, for the audit. */
  saveKey(key: ApiKey, by?: string): Promise<void>
  keys(): Promise<readonly ApiKey[]>
  /** From `at` on. False when there is no such key that is live until then; again with the same `at` is true. */
  revokeKey(id: string, at: number, by?: string): Promise<boolean>
}

/** A line that was refused. `sealed` is the encrypted raw line; absent when it must not be kept. */
export interface DeadLetter {
  readonly id: string
  readonly stream: 'events' | 'labels'
  readonly source: string
  readonly line: number
  readonly pointer: string
  readonly code: string
  readonly at: number
  readonly sealed?: Uint8Array
}

export interface DeadLetterStore {
  bury(letters: readonly DeadLetter[]): Promise<void>
  /** Oldest first; without `sealed` unless asked for. */
  deadLetters(options: { after?: string; limit: number; sealed?: boolean }): Promise<readonly DeadLetter[]>
  /** Counts what was dropped. `act`: who forgets them, for the audit. */
  dropDeadLetters(ids: readonly string[], act?: Doing): Promise<number>
  countDeadLetters(): Promise<number>
  /** Drops letters buried before a moment; how many those were. */
  expireDeadLetters(before: number): Promise<number>
}

export interface LinkStore
  extends StateStore,
    RingStore,
    VerdictStore,
    OwnerStore,
    NoteStore,
    KeyStore,
    DeadLetterStore,
    ModelStore,
    WebhookStore,
    TripwireStore,
    RequestStore,
    AuditStore,
    AsyncDisposable {}

/** A store whose writing methods are missing. */
export type ReadingStore = Pick<
  LinkStore,
  | 'scanAccounts'
  | 'scanIdentifiers'
  | 'accounts'
  | 'users'
  | 'sealedValue'
  | 'digest'
  | 'progress'
  | 'changedSince'
  | 'published'
  | 'rings'
  | 'ring'
  | 'kin'
  | 'changes'
  | 'snapshot'
  | 'decisions'
  | 'receipt'
  | 'standingVerdicts'
  | 'assertions'
  | 'assertionPage'
  | 'keys'
  | 'deadLetters'
  | 'countDeadLetters'
  | 'localModels'
  | 'modelChoices'
  | 'modelsInForce'
  | 'webhooks'
  | 'webhookProgress'
  | 'deadMessages'
  | 'tripwires'
  | 'notes'
  | 'feedEnd'
  | 'audit'
  | 'auditHead'
  | 'auditRow'
> &
  RingListStore &
  Pick<Intake, 'waiting'>

/** Finds rings; runs off the event loop. */
export interface DetectionEngine {
  detect(options: DetectOptions): Promise<Publication>
  /**
   * Compares what is known after many changes with all of it detected anew by the same statistics; `undefined` while
   * there is nothing to compare. What differs is forgotten: the next run detects in full.
   */
  check(options: Pick<DetectOptions, 'onProgress'>): Promise<SelfCheck | undefined>
  /**
   * What the next run would publish were something said. `undefined` where nothing is remembered that is published, or
   * too many ask.
   */
  foretell(order: ForetellOrder): Promise<Foretold | undefined>
  /** Makes models from the deployment's labels, to be saved. Throws `not_ready` while there are too few. */
  retrain(options: Pick<DetectOptions, 'onProgress'>): Promise<LocalModels>
}

export interface DetectOptions {
  /** Never earlier than the end of the day of the newest event. */
  readonly asOf?: number
  readonly method?: DetectionRun['method']
  readonly onProgress?: (progress: { step: string; done: number; of: number }) => void
}

/** Runs jobs: one at a time a name, a request while one runs makes one more run. */
export interface JobQueue extends AsyncDisposable {
  request(job: string, options?: { afterMs?: number }): Promise<void>
  /** Runs it at least this often, whoever else asks for it. */
  schedule(job: string, everyMs: number): Promise<void>
  /** Resolves when nothing runs and nothing is due. */
  idle(): Promise<void>
}

export type Clock = () => number

/** The deployment's key at work. */
export interface Secrets {
  /** Keyed hash of a text, 22 characters of base64url (128 bits); each domain has its own derived key. */
  readonly pseudonym: (domain: string, text: string) => string
  readonly seal: (plain: Uint8Array) => Uint8Array
  /** Throws `key_mismatch` when it was sealed with another key or altered. */
  readonly open: (sealed: Uint8Array) => Uint8Array
  /** The value of an identifier, encrypted for it alone: of another it does not open. The same again is equal. */
  readonly sealValue: (key: IdentifierKey, text: string) => string
  /** Throws `key_mismatch` when it was sealed with another key or for another identifier, or altered. */
  readonly openValue: (key: IdentifierKey, sealed: string) => string
  /** Tells stores whether two writers hold the same key. */
  readonly fingerprint: string
}
