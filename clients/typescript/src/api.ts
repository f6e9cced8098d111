/** Made from the OpenAPI document by `npm run client-types`: change the server’s schemas, not this. */

export type Event = {
  readonly eventId: string
  readonly type: 'signup' | 'login' | 'login_failed' | 'payment' | 'payment_failed' | 'payout' | 'credential_change' | 'payout_change' | 'chargeback' | 'report' | 'other'
  readonly occurredAt: string
  readonly account: string
  readonly identifiers?: Readonly<Record<string, string | {
    readonly value: string
    readonly display?: string | undefined
  } | readonly (string | {
    readonly value: string
    readonly display?: string | undefined
  })[]>> | undefined
  readonly counterparties?: readonly {
    readonly account: string
    readonly relation: 'paid' | 'refunded' | 'referred' | 'gifted' | 'messaged' | 'reviewed' | 'reported_by'
  }[] | undefined
  readonly action?: string | undefined
  readonly target?: string | undefined
  readonly outcome?: 'success' | 'failure' | 'pending' | 'reversed' | undefined
  readonly sessionId?: string | undefined
  readonly accountCreatedAt?: string | undefined
  /** Of a credential_change, which; without it that is not known */
  readonly changed?: readonly ('email' | 'password' | 'phone' | 'mfa' | 'passkey' | 'recovery' | 'username')[] | undefined
  readonly attributes?: {
    readonly amount?: number | undefined
    readonly currency?: string | undefined
  } | undefined
}

export type Label = {
  readonly account: string
  readonly label: 'fraud' | 'victim' | 'legit' | 'none'
  readonly reason?: 'takeover' | 'phishing' | 'chargeback' | 'prohibited_item' | 'counterfeit' | 'spam' | 'fake_engagement' | 'promo_abuse' | 'multi_account' | undefined
  readonly source: string
  readonly at: string
}

export type RiskBatch = {
  readonly accounts: readonly string[]
}

export type Reveal = {
  /** Why; it stays in the audit */
  readonly reason: string
}

export type Search = {
  readonly text: string
}

export type Match = {
  readonly identifiers: Readonly<Record<string, string | {
    readonly value: string
    readonly display?: string | undefined
  } | readonly (string | {
    readonly value: string
    readonly display?: string | undefined
  })[]>>
  readonly type?: 'signup' | 'login' | 'login_failed' | 'payment' | 'payment_failed' | 'payout' | 'credential_change' | 'payout_change' | 'chargeback' | 'report' | 'other' | undefined
  /** Now, without it */
  readonly occurredAt?: string | undefined
  readonly accountCreatedAt?: string | undefined
  readonly sessionId?: string | undefined
}

export type RingPatch = {
  /** A name; null for nobody */
  readonly owner: string | null
}

export type NewTripwire = {
  readonly ring?: string | undefined
  readonly identifiers?: Readonly<Record<string, string | {
    readonly value: string
    readonly display?: string | undefined
  } | readonly (string | {
    readonly value: string
    readonly display?: string | undefined
  })[]>> | undefined
  readonly reason: string
}

export type NewWebhook = {
  /** https, and at a public address */
  readonly url: string
  /** Empty: all */
  readonly types?: readonly ('ring.born' | 'ring.continued' | 'ring.grew' | 'ring.shrank' | 'ring.split' | 'ring.merged' | 'ring.dissolved' | 'ring.revived' | 'ring.reclassified' | 'ring.decided' | 'ring.assigned' | 'tripwire.hit')[] | undefined
  /** Place in the feed to begin after */
  readonly after?: string | undefined
}

export type SecretRotation = {
  /** How long the old one signs too */
  readonly keepHours?: number | undefined
}

export type MessageReplay = {
  readonly ids?: readonly string[] | undefined
}

export type NewDecision = {
  readonly verdict: 'confirm' | 'benign'
  readonly reason: string
  /** The version that was looked at; today’s when absent */
  readonly version?: number | undefined
  /** It stands while this is after the last day of the data; for ever when absent */
  readonly expiresAt?: string | undefined
}

export type NewAssertion = {
  readonly kind: 'same_actor' | 'not_the_same' | 'household' | 'role' | 'shared_by_design'
  readonly subjects: readonly string[]
  /** Of kind role only */
  readonly role?: 'victim' | 'receiver' | 'core' | 'bridge' | 'associate' | 'bystander' | undefined
  readonly reason: string
  /** It stands while this is after the last day of the data */
  readonly expiresAt?: string | undefined
}

export type NewKey = {
  readonly name: string
  readonly scopes: readonly ('ingest' | 'risk:read' | 'rings:read' | 'pii:reveal' | 'decide' | 'mitigate:plan' | 'mitigate:approve' | 'admin')[]
}

export type KeyRotation = {
  /** How long the old key goes on */
  readonly keepHours?: number | undefined
}

export type NewRun = {
}

export type NewModels = {
}

export type NewModelsChoice = {
  readonly models: string
}

export type DeadLettersToReplay = {
  readonly ids: readonly string[]
}

export type DeadLettersToDrop = {
  readonly ids: readonly string[]
}

export type IngestReply = {
  readonly read: number
  readonly accepted: number
  readonly duplicate: number
  readonly conflict: number
  readonly rejected: number
  readonly results: readonly LineResult[]
}

export type LineResult = {
  readonly line: number
  readonly status: 'accepted' | 'duplicate' | 'conflict' | 'rejected'
  readonly code?: string | undefined
  readonly pointer?: string | undefined
  readonly detail?: string | undefined
  /** With wait=links, of lines that were taken */
  readonly links?: LineLinks | undefined
}

export type LineLinks = {
  readonly ring: {
    readonly ring: string
    readonly class: 'fraud_ring' | 'takeover_cluster' | 'benign_shared' | 'uncertain'
    readonly size: number
    readonly risk: number
    /** That the newcomer belongs to it */
    readonly probability: number
    /** Members it is linked to */
    readonly linked: number
    /** Not of the last run: by what the event shares with its members */
    readonly provisional: boolean
  } | null
  /** Accounts that one actor is most likely behind as well, and why */
  readonly reasons: readonly {
    readonly account: string
    readonly probability: number
    readonly sentence: string
  }[]
  readonly tripwires: readonly {
    readonly tripwire: string
    readonly ring: string | null
    readonly kind: string
    readonly ref: string
    readonly mask: string
  }[]
  readonly truncated: boolean
}

export type Problem = {
  readonly type: string
  readonly title: string
  readonly status: number
  /** Public and permanent: docs/errors.md */
  readonly code: 'invalid_input' | 'invalid_json' | 'invalid_gzip' | 'body_too_large' | 'too_many_items' | 'unsupported_media_type' | 'card_number' | 'time_in_future' | 'time_too_old' | 'unauthenticated' | 'forbidden' | 'issuer_unavailable' | 'not_found' | 'ring_not_found' | 'account_not_found' | 'value_not_sealed' | 'method_not_allowed' | 'conflict' | 'idempotency_key_reused' | 'request_in_progress' | 'answer_not_kept' | 'publish_conflict' | 'store_locked' | 'store_missing' | 'store_unavailable' | 'store_too_new' | 'key_mismatch' | 'config_invalid' | 'mapping_invalid' | 'snapshot_corrupt' | 'snapshot_stale' | 'no_event_log' | 'not_ready' | 'overloaded' | 'rate_limited' | 'headers_too_large' | 'request_timeout' | 'internal_error'
  readonly detail: string
  readonly instance: string
  readonly errors?: readonly {
    readonly pointer: string
    readonly detail: string
    readonly line?: number | undefined
  }[] | undefined
}

export type Reason = {
  readonly code: string
  readonly text: string
}

export type Meta = {
  /** End of the day of the newest event that detection saw */
  readonly asOf: string | null
  /** Milliseconds since what is answered was published */
  readonly lagMs: number | null
  /** Number of the publish; 0 before the first */
  readonly run: number
  /** Name and digest of the evidence policy */
  readonly policy: string | null
  /** Who confirmed the models that judge: worlds they were taught by, or your own labels */
  readonly calibration: 'shipped' | 'local' | null
  /** Answered from less than the whole */
  readonly degraded: boolean
}

export type AccountRisk = {
  readonly account: string
  readonly known: boolean
  /** That the account’s owner takes part in fraud */
  readonly risk: number
  /** That somebody else controls the account */
  readonly compromise: number
  readonly band: 'low' | 'review' | 'high'
  /** Whether today’s policy would act on the account */
  readonly flagged: boolean
  readonly class: 'fraud_ring' | 'takeover_cluster' | 'benign_shared' | 'uncertain' | null
  readonly ring: {
    readonly id: string
    readonly class: 'fraud_ring' | 'takeover_cluster' | 'benign_shared' | 'uncertain'
    /** What a benign one most likely is */
    readonly subtype?: 'household' | 'workplace_campus' | 'kiosk' | undefined
    readonly size: number
    readonly role: 'victim' | 'receiver' | 'core' | 'bridge' | 'associate' | 'bystander'
    readonly membership: number
  } | null
  readonly reasons: readonly Reason[]
  /** Of no run yet: what happened since the last one links the account to this ring */
  readonly provisional: boolean
  /** Of a provisional answer: links to members of the ring, most evidence first */
  readonly evidence?: readonly {
    readonly account: string
    readonly probability: number
    /** Nats: p = 1 - exp(-evidence); 6 is the end of the scale */
    readonly evidence: number
    readonly sentence: string
  }[] | undefined
}

export type AccountLink = {
  readonly a: string
  readonly b: string
  /** Nats; the probability is 1 - exp(-evidence) */
  readonly evidence: number
  readonly probability: number
  /** The probability as a word: from 2, 50, 90 and 99 % */
  readonly strength: 'none' | 'weak' | 'likely' | 'very_likely' | 'all_but_certain'
  readonly sentence: string
  readonly shared: readonly {
    readonly kind: string
    readonly ref: string
    readonly mask: string
    readonly family: 'hardware' | 'network' | 'money' | 'contact' | 'content'
    readonly countsAs: string
    readonly evidence: number
    /** What the time between the two uses took of it */
    readonly faded: number
    readonly share: number
    readonly accounts: number
    readonly a: {
      readonly firstSeen: string
      readonly lastSeen: string
      /** Absent where only the first and the last are known */
      readonly days?: number | undefined
    }
    readonly b: {
      readonly firstSeen: string
      readonly lastSeen: string
      /** Absent where only the first and the last are known */
      readonly days?: number | undefined
    }
    readonly gapDays: number
    /** Days on which both used it, where days are known */
    readonly daysTogether?: number | undefined
    /** By what its odds are multiplied: below 1 where its users share little else */
    readonly publicness?: number | undefined
    /** Of a target: windows of 15 minutes in which both did it; each counts half */
    readonly moments?: readonly {
      readonly start: string
      readonly accounts: number
    }[] | undefined
    /** Of a band: how many bands of its picture or text agree; fewer than 3 count for nothing */
    readonly agreeing?: number | undefined
    readonly note?: 'hub' | 'corroborates_only' | 'told_already' | 'shared_by_design' | 'not_the_same' | undefined
    /** Who says that it is shared by design */
    readonly saidBy?: {
      readonly assertion: string
      readonly kind: 'same_actor' | 'not_the_same' | 'household' | 'role' | 'shared_by_design'
      readonly author: string
      readonly reason: string
      readonly at: string
    } | undefined
    readonly sentence: string
  }[]
  /** Identifiers they share that say less than those told */
  readonly sharedOmitted: number
  /** Asserted of the two */
  readonly said?: {
    readonly assertion: string
    readonly kind: 'same_actor' | 'not_the_same' | 'household' | 'role' | 'shared_by_design'
    readonly author: string
    readonly reason: string
    readonly at: string
    /** Nats: p = 1 - exp(-evidence); 6 is the end of the scale */
    readonly evidence: number
    readonly share: number
  } | undefined
  /** What would be left without the identifier that says most */
  readonly without?: {
    readonly kind: string
    readonly ref: string
    readonly mask: string
    readonly countsAs: string
    /** Nats: p = 1 - exp(-evidence); 6 is the end of the scale */
    readonly evidence: number
    readonly probability: number
    readonly sentence: string
  } | undefined
  /** Whether chance explains it; empty before the first run */
  readonly chance: readonly ChanceTest[]
  /** The other one */
  readonly account: string
  readonly risk: number
  readonly compromise: number
  readonly ring: string | null
  readonly role: 'victim' | 'receiver' | 'core' | 'bridge' | 'associate' | 'bystander' | null
}

export type ChanceTest = {
  readonly kind: string
  readonly shared: number
  /** How many chance would bring */
  readonly expected: number
  /** The chance of so many or more */
  readonly p: number
  readonly sentence: string
}

export type Moment = {
  readonly at: string
  readonly what: 'happened' | 'related' | 'met' | 'labelled' | 'created'
  readonly type?: string | undefined
  readonly relation?: 'paid' | 'refunded' | 'referred' | 'gifted' | 'messaged' | 'reviewed' | 'reported_by' | undefined
  /** The other one of a relation */
  readonly account?: string | undefined
  readonly outcome?: 'success' | 'failure' | 'pending' | 'reversed' | undefined
  readonly amount?: number | undefined
  readonly currency?: string | undefined
  /** Of a change of credentials; null where nobody said which */
  readonly changed?: readonly ('email' | 'password' | 'phone' | 'mfa' | 'passkey' | 'recovery' | 'username')[] | null | undefined
  readonly identifier?: {
    readonly kind: string
    readonly ref: string
    readonly mask: string
    readonly accounts: number
  } | undefined
  readonly label?: {
    readonly label: 'fraud' | 'victim' | 'legit' | 'none'
    readonly reason?: 'takeover' | 'phishing' | 'chargeback' | 'prohibited_item' | 'counterfeit' | 'spam' | 'fake_engagement' | 'promo_abuse' | 'multi_account' | undefined
    readonly source: string
    readonly at: string
  } | undefined
}

export type Link = {
  readonly a: string
  readonly b: string
  /** Nats; the probability is 1 - exp(-evidence) */
  readonly evidence: number
  readonly probability: number
  /** The probability as a word: from 2, 50, 90 and 99 % */
  readonly strength: 'none' | 'weak' | 'likely' | 'very_likely' | 'all_but_certain'
  readonly sentence: string
  readonly shared: readonly {
    readonly kind: string
    readonly ref: string
    readonly mask: string
    readonly family: 'hardware' | 'network' | 'money' | 'contact' | 'content'
    readonly countsAs: string
    readonly evidence: number
    /** What the time between the two uses took of it */
    readonly faded: number
    readonly share: number
    readonly accounts: number
    readonly a: {
      readonly firstSeen: string
      readonly lastSeen: string
      /** Absent where only the first and the last are known */
      readonly days?: number | undefined
    }
    readonly b: {
      readonly firstSeen: string
      readonly lastSeen: string
      /** Absent where only the first and the last are known */
      readonly days?: number | undefined
    }
    readonly gapDays: number
    /** Days on which both used it, where days are known */
    readonly daysTogether?: number | undefined
    /** By what its odds are multiplied: below 1 where its users share little else */
    readonly publicness?: number | undefined
    /** Of a target: windows of 15 minutes in which both did it; each counts half */
    readonly moments?: readonly {
      readonly start: string
      readonly accounts: number
    }[] | undefined
    /** Of a band: how many bands of its picture or text agree; fewer than 3 count for nothing */
    readonly agreeing?: number | undefined
    readonly note?: 'hub' | 'corroborates_only' | 'told_already' | 'shared_by_design' | 'not_the_same' | undefined
    /** Who says that it is shared by design */
    readonly saidBy?: {
      readonly assertion: string
      readonly kind: 'same_actor' | 'not_the_same' | 'household' | 'role' | 'shared_by_design'
      readonly author: string
      readonly reason: string
      readonly at: string
    } | undefined
    readonly sentence: string
  }[]
  /** Identifiers they share that say less than those told */
  readonly sharedOmitted: number
  /** Asserted of the two */
  readonly said?: {
    readonly assertion: string
    readonly kind: 'same_actor' | 'not_the_same' | 'household' | 'role' | 'shared_by_design'
    readonly author: string
    readonly reason: string
    readonly at: string
    /** Nats: p = 1 - exp(-evidence); 6 is the end of the scale */
    readonly evidence: number
    readonly share: number
  } | undefined
  /** What would be left without the identifier that says most */
  readonly without?: {
    readonly kind: string
    readonly ref: string
    readonly mask: string
    readonly countsAs: string
    /** Nats: p = 1 - exp(-evidence); 6 is the end of the scale */
    readonly evidence: number
    readonly probability: number
    readonly sentence: string
  } | undefined
  /** Whether chance explains it; empty before the first run */
  readonly chance: readonly ChanceTest[]
}

export type LinkExplanation = {
  readonly a: string
  readonly b: string
  readonly linked: boolean
  readonly probability: number
  readonly sentence: string
  readonly path: readonly Link[]
  /** The next best paths, most probable first; none goes through an account twice */
  readonly others: readonly {
    readonly probability: number
    readonly path: readonly Link[]
  }[]
  readonly direct: Link
  readonly truncated: boolean
}

export type ForetoldSaying = {
  /** The publish by whose statistics it was detected and judged */
  readonly run: number
  readonly accounts: readonly {
    readonly account: string
    readonly before: ForetoldStanding
    readonly after: ForetoldStanding
    readonly sentence: string
  }[]
  /** Accounts that are not named, of another ring, role or figure then */
  readonly others: number
  readonly sentence: string
}

export type ForetoldStanding = {
  readonly ring: {
    /** Null of a ring that is not published: it would be new */
    readonly id: string | null
    readonly class: 'fraud_ring' | 'takeover_cluster' | 'benign_shared' | 'uncertain'
    readonly subtype?: 'household' | 'workplace_campus' | 'kiosk' | undefined
    readonly size: number
    readonly role: 'victim' | 'receiver' | 'core' | 'bridge' | 'associate' | 'bystander'
    readonly membership: number
  } | null
  /** Without a ring the base rate */
  readonly risk: number
  readonly compromise: number
  readonly flagged: boolean
}

export type Facet = {
  readonly kind: string
  readonly ref: string
  readonly mask: string
  /** That use it */
  readonly accounts: number
  /** People said that strangers share it */
  readonly sharedByDesign: boolean
}

export type TakeoverRow = {
  readonly ring: string
  readonly status?: 'active' | 'merged' | 'dissolved' | undefined
  readonly movedTo?: string | undefined
  readonly class: 'fraud_ring' | 'takeover_cluster' | 'benign_shared' | 'uncertain'
  /** What it is, in one line: the same wherever it is named */
  readonly headline: string
  /** With how many of its accounts carry risk */
  readonly lead: string
  /** What the people of a benign_shared group likely are to each other, where that is clear */
  readonly subtype?: 'household' | 'workplace_campus' | 'kiosk' | undefined
  /** Of its three surest accounts, by the higher of both figures; of an uncertain one not that it is a fraud ring */
  readonly risk: number
  readonly size: number
  /** Accounts that carry the ring’s risk */
  readonly core: number
  readonly roles: {
    readonly victim: number
    readonly receiver: number
    readonly core: number
    readonly bridge: number
    readonly associate: number
    readonly bystander: number
  }
  /** The publish that changed it last */
  readonly version: number
  /** The publish it was born in */
  readonly bornVersion: number
  readonly firstSeen: string
  readonly lastSeen: string
  readonly topEvidence: readonly RingEvidence[]
  readonly verdict?: {
    readonly decision: string
    readonly verdict: 'confirm' | 'benign'
    /** False once the ring changed too much for it: somebody has to look again */
    readonly holds: boolean
    /** It stands while this is after the last day of the data */
    readonly expiresAt?: string | undefined
  } | undefined
  /** Who looks after it today; null: nobody */
  readonly owner: {
    readonly name: string
    readonly since: string
  } | null
  /** Of its risk, 95 % */
  readonly interval: {
    readonly low: number
    readonly high: number
  }
  /** When it was published first */
  readonly born: {
    /** End of the data it saw */
    readonly asOf: string
    /** By the clock */
    readonly at: string
  } | null
  /** When it was published last */
  readonly changed: {
    /** End of the data it saw */
    readonly asOf: string
    /** By the clock */
    readonly at: string
  } | null
  /** Where people are with it; `again`: what they decided no longer holds */
  readonly stage: {
    readonly stage: 'new' | 'open' | 'again' | 'decided'
    readonly since: string | null
    readonly by: string | null
  }
  readonly growth: Growth
  /** The link of most evidence between two of its accounts; null where there is none */
  readonly strongest: {
    readonly a: string
    readonly b: string
    /** Nats; the probability is 1 - exp(-evidence) */
    readonly evidence: number
    readonly probability: number
    /** The probability as a word: from 2, 50, 90 and 99 % */
    readonly strength: 'none' | 'weak' | 'likely' | 'very_likely' | 'all_but_certain'
    readonly sentence: string
    readonly shared: readonly {
      readonly kind: string
      readonly ref: string
      readonly mask: string
      readonly family: 'hardware' | 'network' | 'money' | 'contact' | 'content'
      readonly countsAs: string
      readonly evidence: number
      /** What the time between the two uses took of it */
      readonly faded: number
      readonly share: number
      readonly accounts: number
      readonly a: {
        readonly firstSeen: string
        readonly lastSeen: string
        /** Absent where only the first and the last are known */
        readonly days?: number | undefined
      }
      readonly b: {
        readonly firstSeen: string
        readonly lastSeen: string
        /** Absent where only the first and the last are known */
        readonly days?: number | undefined
      }
      readonly gapDays: number
      /** Days on which both used it, where days are known */
      readonly daysTogether?: number | undefined
      /** By what its odds are multiplied: below 1 where its users share little else */
      readonly publicness?: number | undefined
      /** Of a target: windows of 15 minutes in which both did it; each counts half */
      readonly moments?: readonly {
        readonly start: string
        readonly accounts: number
      }[] | undefined
      /** Of a band: how many bands of its picture or text agree; fewer than 3 count for nothing */
      readonly agreeing?: number | undefined
      readonly note?: 'hub' | 'corroborates_only' | 'told_already' | 'shared_by_design' | 'not_the_same' | undefined
      /** Who says that it is shared by design */
      readonly saidBy?: {
        readonly assertion: string
        readonly kind: 'same_actor' | 'not_the_same' | 'household' | 'role' | 'shared_by_design'
        readonly author: string
        readonly reason: string
        readonly at: string
      } | undefined
      readonly sentence: string
    }[]
    /** Identifiers they share that say less than those told */
    readonly sharedOmitted: number
    /** Asserted of the two */
    readonly said?: {
      readonly assertion: string
      readonly kind: 'same_actor' | 'not_the_same' | 'household' | 'role' | 'shared_by_design'
      readonly author: string
      readonly reason: string
      readonly at: string
      /** Nats: p = 1 - exp(-evidence); 6 is the end of the scale */
      readonly evidence: number
      readonly share: number
    } | undefined
    /** What would be left without the identifier that says most */
    readonly without?: {
      readonly kind: string
      readonly ref: string
      readonly mask: string
      readonly countsAs: string
      /** Nats: p = 1 - exp(-evidence); 6 is the end of the scale */
      readonly evidence: number
      readonly probability: number
      readonly sentence: string
    } | undefined
    /** Whether chance explains it; empty before the first run */
    readonly chance: readonly ChanceTest[]
    /** What each of the two is in the ring */
    readonly roles: {
      readonly a: 'victim' | 'receiver' | 'core' | 'bridge' | 'associate' | 'bystander' | null
      readonly b: 'victim' | 'receiver' | 'core' | 'bridge' | 'associate' | 'bystander' | null
    }
  } | null
  /** Absent where nobody in the ring is a victim any more, or the ring is too large to be read whole */
  readonly takeover?: Takeover | undefined
  /** Whether limits were met: then a part is told */
  readonly truncated: boolean
}

export type RingEvidence = {
  readonly kind: string
  readonly ref: string
  readonly mask: string
  readonly members: number
  readonly accounts: number
  /** Of the evidence inside the ring */
  readonly share: number
  readonly family: 'hardware' | 'network' | 'money' | 'contact' | 'content'
  /** What it says of two of its users; 0 of a hub */
  readonly evidence: number
}

export type Growth = {
  readonly days: number
  readonly joined: number
  readonly left: number
  /** Accounts that came within the last 7 of them, less those that went */
  readonly week: number
  /** Accounts before those days */
  readonly sizeBefore: number
  /** Accounts after each change, oldest first */
  readonly sizes: readonly {
    readonly version: number
    readonly asOf: string
    readonly size: number
  }[]
}

export type Takeover = {
  readonly pivots: readonly {
    readonly kind: string
    readonly ref: string
    readonly mask: string
    readonly victims: number
    /** That use it anywhere */
    readonly accounts: number
    /** Victims that met nothing else of the takeover */
    readonly only: number
    /** By the first victim */
    readonly firstSeen: string
    /** By the last victim that met it */
    readonly lastSeen: string
    /** Between the two */
    readonly minutes: number
    readonly chance?: ChanceTest | undefined
    readonly sentence: string
  }[]
  readonly victims: number
  /** The highest own risk of a victim */
  readonly ownRiskMax: number
  /** Over all victims */
  readonly revoke: {
    readonly sessions: number
    /** Accounts whose credentials changed */
    readonly resets: number
    /** Those of which it is said that the password did */
    readonly passwords: number
    /** Those of which it is not known, of some change, what it was */
    readonly unsaid: number
    readonly payouts: number
    readonly emails: number
    readonly keep: number
    readonly sentence: string
  }
  /** What victims moved within three days, by outcome; the least there was */
  readonly money: readonly {
    readonly outcome: 'success' | 'failure' | 'pending' | 'reversed'
    readonly currency: string
    readonly amount: number
    readonly count: number
  }[]
  /** Payout identifiers that were new to victims then */
  readonly payouts: readonly {
    readonly kind: string
    readonly ref: string
    readonly mask: string
    readonly victims: number
  }[]
  readonly receivers: readonly {
    readonly account: string
    readonly victims: number
    readonly risk: number
    readonly createdAt: string | null
    readonly moves: readonly {
      readonly at: string
      readonly what: 'payment' | 'payout'
      readonly outcome: 'success' | 'failure' | 'pending' | 'reversed'
      readonly amount?: number | undefined
      readonly currency?: string | undefined
      /** Who got it, where that is known */
      readonly to?: string | undefined
    }[]
    readonly money: readonly {
      readonly outcome: 'success' | 'failure' | 'pending' | 'reversed'
      readonly currency: string
      readonly amount: number
      readonly count: number
    }[]
    /** Set for victims, and its own too */
    readonly payouts: readonly {
      readonly kind: string
      readonly ref: string
      readonly mask: string
    }[]
    readonly sentence: string
  }[]
  /** In the order they were got into */
  readonly stories: readonly VictimStory[]
}

export type VictimStory = {
  readonly account: string
  readonly createdAt: string | null
  /** Its own */
  readonly risk: number
  readonly compromise: number
  /** When it first met what was new to it */
  readonly at: string | null
  readonly met: readonly {
    readonly kind: string
    readonly ref: string
    readonly mask: string
    readonly victims: number
    readonly firstSeen: string
  }[]
  readonly changed: readonly {
    readonly what: 'credentials' | 'payout'
    readonly at: string
    /** Which credentials; null where nobody said */
    readonly parts?: readonly ('email' | 'password' | 'phone' | 'mfa' | 'passkey' | 'recovery' | 'username')[] | null | undefined
    readonly sentence: string
  }[]
  readonly paid: readonly string[]
  /** Money within three days of that, oldest first */
  readonly moves: readonly {
    readonly at: string
    readonly what: 'payment' | 'payout'
    readonly outcome: 'success' | 'failure' | 'pending' | 'reversed'
    readonly amount?: number | undefined
    readonly currency?: string | undefined
    /** Who got it, where that is known */
    readonly to?: string | undefined
  }[]
  readonly safe: readonly {
    readonly kind: string
    readonly ref: string
    readonly mask: string
    readonly accounts: number
    readonly name: string
    readonly firstSeen: string
    readonly lastSeen: string
  }[]
  /** What to take back from whoever got in */
  readonly revoke: {
    /** Known ones on what was new to it; of each identifier the newest 8 are kept */
    readonly sessions: number
    /** Credentials changed */
    readonly reset: boolean
    /** Null where credentials changed and nobody said which */
    readonly password: boolean | null
    readonly payout: boolean
    /** An e-mail address was new to it then, or is said to have changed */
    readonly email: boolean
    /** Own devices, which stay signed in */
    readonly keep: number
  }
  readonly sentences: readonly string[]
  /** The address it was entered from, on the page of one takeover; null where none is known */
  readonly entry?: {
    readonly kind: string
    readonly ref: string
    readonly mask: string
    /** Null where no table places the address */
    readonly place: {
      readonly latitude: number
      readonly longitude: number
    } | null
    /** Where it mostly was; null where that is not known */
    readonly home: {
      /** Degrees, to a tenth */
      readonly place: {
        readonly latitude: number
        readonly longitude: number
      }
      /** On which it was there before */
      readonly days: number
    } | null
    /** Between the two, to ten; null where either is not known */
    readonly kmFromHome: number | null
    readonly sentence: string
  } | null | undefined
}

export type Ring = {
  readonly ring: string
  readonly status?: 'active' | 'merged' | 'dissolved' | undefined
  readonly movedTo?: string | undefined
  readonly class: 'fraud_ring' | 'takeover_cluster' | 'benign_shared' | 'uncertain'
  /** What it is, in one line: the same wherever it is named */
  readonly headline: string
  /** With how many of its accounts carry risk */
  readonly lead: string
  /** What the people of a benign_shared group likely are to each other, where that is clear */
  readonly subtype?: 'household' | 'workplace_campus' | 'kiosk' | undefined
  /** Of its three surest accounts, by the higher of both figures; of an uncertain one not that it is a fraud ring */
  readonly risk: number
  readonly size: number
  /** Accounts that carry the ring’s risk */
  readonly core: number
  readonly roles: {
    readonly victim: number
    readonly receiver: number
    readonly core: number
    readonly bridge: number
    readonly associate: number
    readonly bystander: number
  }
  /** The publish that changed it last */
  readonly version: number
  /** The publish it was born in */
  readonly bornVersion: number
  readonly firstSeen: string
  readonly lastSeen: string
  readonly topEvidence: readonly RingEvidence[]
  readonly verdict?: {
    readonly decision: string
    readonly verdict: 'confirm' | 'benign'
    /** False once the ring changed too much for it: somebody has to look again */
    readonly holds: boolean
    /** It stands while this is after the last day of the data */
    readonly expiresAt?: string | undefined
  } | undefined
  /** Who looks after it today; null: nobody */
  readonly owner: {
    readonly name: string
    readonly since: string
  } | null
}

export type Identifier = {
  readonly kind: string
  readonly ref: string
  readonly mask: string
  /** As the customer shows it to people */
  readonly display?: string | undefined
  readonly class?: string | undefined
  readonly asn?: number | undefined
  readonly family: string
  /** That use it */
  readonly accounts: number
  /** A hub is shared by too many to link them */
  readonly crowding: 'alone' | 'shared' | 'hub' | 'counts_for_nothing'
  /** What it says of two of its users */
  readonly evidence: number
  /** People said that strangers share it */
  readonly sharedByDesign: boolean
}

export type MatchedAccount = {
  readonly account: string
  /** That one actor is behind both */
  readonly probability: number
  readonly evidence: number
  readonly sentence: string
  readonly shared: readonly {
    readonly kind: string
    readonly ref: string
    readonly mask: string
    readonly family: 'hardware' | 'network' | 'money' | 'contact' | 'content'
    readonly countsAs: string
    readonly evidence: number
    /** What the time between the two uses took of it */
    readonly faded: number
    readonly share: number
    readonly accounts: number
    readonly a: {
      readonly firstSeen: string
      readonly lastSeen: string
      /** Absent where only the first and the last are known */
      readonly days?: number | undefined
    }
    readonly b: {
      readonly firstSeen: string
      readonly lastSeen: string
      /** Absent where only the first and the last are known */
      readonly days?: number | undefined
    }
    readonly gapDays: number
    /** Days on which both used it, where days are known */
    readonly daysTogether?: number | undefined
    /** By what its odds are multiplied: below 1 where its users share little else */
    readonly publicness?: number | undefined
    /** Of a target: windows of 15 minutes in which both did it; each counts half */
    readonly moments?: readonly {
      readonly start: string
      readonly accounts: number
    }[] | undefined
    /** Of a band: how many bands of its picture or text agree; fewer than 3 count for nothing */
    readonly agreeing?: number | undefined
    readonly note?: 'hub' | 'corroborates_only' | 'told_already' | 'shared_by_design' | 'not_the_same' | undefined
    /** Who says that it is shared by design */
    readonly saidBy?: {
      readonly assertion: string
      readonly kind: 'same_actor' | 'not_the_same' | 'household' | 'role' | 'shared_by_design'
      readonly author: string
      readonly reason: string
      readonly at: string
    } | undefined
    readonly sentence: string
  }[]
  /** Of the account; null where it was not known at the last publish */
  readonly risk: number | null
  readonly compromise: number | null
  readonly ring: string | null
  readonly role: 'victim' | 'receiver' | 'core' | 'bridge' | 'associate' | 'bystander' | null
}

export type MatchedRing = {
  readonly ring: string
  readonly class: 'fraud_ring' | 'takeover_cluster' | 'benign_shared' | 'uncertain'
  readonly size: number
  readonly risk: number
  /** That the newcomer belongs to it */
  readonly probability: number
  /** Members it is linked to */
  readonly linked: number
}

export type RingRow = {
  readonly ring: string
  readonly status?: 'active' | 'merged' | 'dissolved' | undefined
  readonly movedTo?: string | undefined
  readonly class: 'fraud_ring' | 'takeover_cluster' | 'benign_shared' | 'uncertain'
  /** What it is, in one line: the same wherever it is named */
  readonly headline: string
  /** With how many of its accounts carry risk */
  readonly lead: string
  /** What the people of a benign_shared group likely are to each other, where that is clear */
  readonly subtype?: 'household' | 'workplace_campus' | 'kiosk' | undefined
  /** Of its three surest accounts, by the higher of both figures; of an uncertain one not that it is a fraud ring */
  readonly risk: number
  readonly size: number
  /** Accounts that carry the ring’s risk */
  readonly core: number
  readonly roles: {
    readonly victim: number
    readonly receiver: number
    readonly core: number
    readonly bridge: number
    readonly associate: number
    readonly bystander: number
  }
  /** The publish that changed it last */
  readonly version: number
  /** The publish it was born in */
  readonly bornVersion: number
  readonly firstSeen: string
  readonly lastSeen: string
  readonly topEvidence: readonly RingEvidence[]
  readonly verdict?: {
    readonly decision: string
    readonly verdict: 'confirm' | 'benign'
    /** False once the ring changed too much for it: somebody has to look again */
    readonly holds: boolean
    /** It stands while this is after the last day of the data */
    readonly expiresAt?: string | undefined
  } | undefined
  /** Who looks after it today; null: nobody */
  readonly owner: {
    readonly name: string
    readonly since: string
  } | null
  /** Of its risk, 95 % */
  readonly interval: {
    readonly low: number
    readonly high: number
  }
  /** When it was published first */
  readonly born: {
    /** End of the data it saw */
    readonly asOf: string
    /** By the clock */
    readonly at: string
  } | null
  /** When it was published last */
  readonly changed: {
    /** End of the data it saw */
    readonly asOf: string
    /** By the clock */
    readonly at: string
  } | null
  /** Where people are with it; `again`: what they decided no longer holds */
  readonly stage: {
    readonly stage: 'new' | 'open' | 'again' | 'decided'
    readonly since: string | null
    readonly by: string | null
  }
  readonly growth: Growth
  /** The link of most evidence between two of its accounts; null where there is none */
  readonly strongest: {
    readonly a: string
    readonly b: string
    /** Nats; the probability is 1 - exp(-evidence) */
    readonly evidence: number
    readonly probability: number
    /** The probability as a word: from 2, 50, 90 and 99 % */
    readonly strength: 'none' | 'weak' | 'likely' | 'very_likely' | 'all_but_certain'
    readonly sentence: string
    readonly shared: readonly {
      readonly kind: string
      readonly ref: string
      readonly mask: string
      readonly family: 'hardware' | 'network' | 'money' | 'contact' | 'content'
      readonly countsAs: string
      readonly evidence: number
      /** What the time between the two uses took of it */
      readonly faded: number
      readonly share: number
      readonly accounts: number
      readonly a: {
        readonly firstSeen: string
        readonly lastSeen: string
        /** Absent where only the first and the last are known */
        readonly days?: number | undefined
      }
      readonly b: {
        readonly firstSeen: string
        readonly lastSeen: string
        /** Absent where only the first and the last are known */
        readonly days?: number | undefined
      }
      readonly gapDays: number
      /** Days on which both used it, where days are known */
      readonly daysTogether?: number | undefined
      /** By what its odds are multiplied: below 1 where its users share little else */
      readonly publicness?: number | undefined
      /** Of a target: windows of 15 minutes in which both did it; each counts half */
      readonly moments?: readonly {
        readonly start: string
        readonly accounts: number
      }[] | undefined
      /** Of a band: how many bands of its picture or text agree; fewer than 3 count for nothing */
      readonly agreeing?: number | undefined
      readonly note?: 'hub' | 'corroborates_only' | 'told_already' | 'shared_by_design' | 'not_the_same' | undefined
      /** Who says that it is shared by design */
      readonly saidBy?: {
        readonly assertion: string
        readonly kind: 'same_actor' | 'not_the_same' | 'household' | 'role' | 'shared_by_design'
        readonly author: string
        readonly reason: string
        readonly at: string
      } | undefined
      readonly sentence: string
    }[]
    /** Identifiers they share that say less than those told */
    readonly sharedOmitted: number
    /** Asserted of the two */
    readonly said?: {
      readonly assertion: string
      readonly kind: 'same_actor' | 'not_the_same' | 'household' | 'role' | 'shared_by_design'
      readonly author: string
      readonly reason: string
      readonly at: string
      /** Nats: p = 1 - exp(-evidence); 6 is the end of the scale */
      readonly evidence: number
      readonly share: number
    } | undefined
    /** What would be left without the identifier that says most */
    readonly without?: {
      readonly kind: string
      readonly ref: string
      readonly mask: string
      readonly countsAs: string
      /** Nats: p = 1 - exp(-evidence); 6 is the end of the scale */
      readonly evidence: number
      readonly probability: number
      readonly sentence: string
    } | undefined
    /** Whether chance explains it; empty before the first run */
    readonly chance: readonly ChanceTest[]
    /** What each of the two is in the ring */
    readonly roles: {
      readonly a: 'victim' | 'receiver' | 'core' | 'bridge' | 'associate' | 'bystander' | null
      readonly b: 'victim' | 'receiver' | 'core' | 'bridge' | 'associate' | 'bystander' | null
    }
  } | null
}

export type QueueEntry = {
  readonly ring: string
  readonly status?: 'active' | 'merged' | 'dissolved' | undefined
  readonly movedTo?: string | undefined
  readonly class: 'fraud_ring' | 'takeover_cluster' | 'benign_shared' | 'uncertain'
  /** What it is, in one line: the same wherever it is named */
  readonly headline: string
  /** With how many of its accounts carry risk */
  readonly lead: string
  /** What the people of a benign_shared group likely are to each other, where that is clear */
  readonly subtype?: 'household' | 'workplace_campus' | 'kiosk' | undefined
  /** Of its three surest accounts, by the higher of both figures; of an uncertain one not that it is a fraud ring */
  readonly risk: number
  readonly size: number
  /** Accounts that carry the ring’s risk */
  readonly core: number
  readonly roles: {
    readonly victim: number
    readonly receiver: number
    readonly core: number
    readonly bridge: number
    readonly associate: number
    readonly bystander: number
  }
  /** The publish that changed it last */
  readonly version: number
  /** The publish it was born in */
  readonly bornVersion: number
  readonly firstSeen: string
  readonly lastSeen: string
  readonly topEvidence: readonly RingEvidence[]
  readonly verdict?: {
    readonly decision: string
    readonly verdict: 'confirm' | 'benign'
    /** False once the ring changed too much for it: somebody has to look again */
    readonly holds: boolean
    /** It stands while this is after the last day of the data */
    readonly expiresAt?: string | undefined
  } | undefined
  /** Who looks after it today; null: nobody */
  readonly owner: {
    readonly name: string
    readonly since: string
  } | null
  /** Of its risk, 95 % */
  readonly interval: {
    readonly low: number
    readonly high: number
  }
  /** When it was published first */
  readonly born: {
    /** End of the data it saw */
    readonly asOf: string
    /** By the clock */
    readonly at: string
  } | null
  /** When it was published last */
  readonly changed: {
    /** End of the data it saw */
    readonly asOf: string
    /** By the clock */
    readonly at: string
  } | null
  /** Where people are with it; `again`: what they decided no longer holds */
  readonly stage: {
    readonly stage: 'new' | 'open' | 'again' | 'decided'
    readonly since: string | null
    readonly by: string | null
  }
  readonly growth: Growth
  /** The link of most evidence between two of its accounts; null where there is none */
  readonly strongest: {
    readonly a: string
    readonly b: string
    /** Nats; the probability is 1 - exp(-evidence) */
    readonly evidence: number
    readonly probability: number
    /** The probability as a word: from 2, 50, 90 and 99 % */
    readonly strength: 'none' | 'weak' | 'likely' | 'very_likely' | 'all_but_certain'
    readonly sentence: string
    readonly shared: readonly {
      readonly kind: string
      readonly ref: string
      readonly mask: string
      readonly family: 'hardware' | 'network' | 'money' | 'contact' | 'content'
      readonly countsAs: string
      readonly evidence: number
      /** What the time between the two uses took of it */
      readonly faded: number
      readonly share: number
      readonly accounts: number
      readonly a: {
        readonly firstSeen: string
        readonly lastSeen: string
        /** Absent where only the first and the last are known */
        readonly days?: number | undefined
      }
      readonly b: {
        readonly firstSeen: string
        readonly lastSeen: string
        /** Absent where only the first and the last are known */
        readonly days?: number | undefined
      }
      readonly gapDays: number
      /** Days on which both used it, where days are known */
      readonly daysTogether?: number | undefined
      /** By what its odds are multiplied: below 1 where its users share little else */
      readonly publicness?: number | undefined
      /** Of a target: windows of 15 minutes in which both did it; each counts half */
      readonly moments?: readonly {
        readonly start: string
        readonly accounts: number
      }[] | undefined
      /** Of a band: how many bands of its picture or text agree; fewer than 3 count for nothing */
      readonly agreeing?: number | undefined
      readonly note?: 'hub' | 'corroborates_only' | 'told_already' | 'shared_by_design' | 'not_the_same' | undefined
      /** Who says that it is shared by design */
      readonly saidBy?: {
        readonly assertion: string
        readonly kind: 'same_actor' | 'not_the_same' | 'household' | 'role' | 'shared_by_design'
        readonly author: string
        readonly reason: string
        readonly at: string
      } | undefined
      readonly sentence: string
    }[]
    /** Identifiers they share that say less than those told */
    readonly sharedOmitted: number
    /** Asserted of the two */
    readonly said?: {
      readonly assertion: string
      readonly kind: 'same_actor' | 'not_the_same' | 'household' | 'role' | 'shared_by_design'
      readonly author: string
      readonly reason: string
      readonly at: string
      /** Nats: p = 1 - exp(-evidence); 6 is the end of the scale */
      readonly evidence: number
      readonly share: number
    } | undefined
    /** What would be left without the identifier that says most */
    readonly without?: {
      readonly kind: string
      readonly ref: string
      readonly mask: string
      readonly countsAs: string
      /** Nats: p = 1 - exp(-evidence); 6 is the end of the scale */
      readonly evidence: number
      readonly probability: number
      readonly sentence: string
    } | undefined
    /** Whether chance explains it; empty before the first run */
    readonly chance: readonly ChanceTest[]
    /** What each of the two is in the ring */
    readonly roles: {
      readonly a: 'victim' | 'receiver' | 'core' | 'bridge' | 'associate' | 'bystander' | null
      readonly b: 'victim' | 'receiver' | 'core' | 'bridge' | 'associate' | 'bystander' | null
    }
  } | null
  /** Accounts expected to take part in fraud */
  readonly expectedParticipants: number
  /** Accounts expected to be in other hands */
  readonly expectedTaken: number
  /** What a look is reckoned to take an investigator */
  readonly minutes: number
  /** Both by the minute; entries come by it */
  readonly perMinute: number
  readonly why: string
}

export type QueueCounts = {
  /** The whole queue */
  readonly toDecide: number
  /** Of the queue, grown within 7 days */
  readonly growing: number
  readonly takeovers: number
  readonly uncertain: number
  /** Decided once, and changed too much since */
  readonly again: number
  /** Of the queue, that nobody looks after */
  readonly unowned: number
  /** Active rings of the owner asked for; null where none is */
  readonly mine: number | null
  /** Active rings on which a verdict holds */
  readonly decided: number
  /** Verdicts of the 7 days before the last publish */
  readonly decidedInWeek: number
  /** Of the queue, new with the last publish */
  readonly bornInRun: number
}

export type Counterfactual = {
  readonly outcome: 'stays' | 'loses' | 'splits' | 'dissolves'
  /** Accounts of the ring in each ring that is left of it */
  readonly parts: readonly number[]
  /** Accounts of the ring that no ring holds any more */
  readonly lost: number
  readonly lostAccounts: readonly string[]
  /** Whether a detection would find just this; otherwise the links alone would */
  readonly isCertain: boolean
  readonly sentence: string
}

export type ForetoldParts = {
  /** The publish by whose statistics it was detected and judged */
  readonly run: number
  readonly risk: {
    readonly before: number
    /** Of the riskiest ring that is left; null where none is */
    readonly after: number | null
  }
  /** Those that would hold its accounts, most of them first */
  readonly rings: readonly {
    /** Null of a ring that is not published: it would be new */
    readonly id: string | null
    readonly class: 'fraud_ring' | 'takeover_cluster' | 'benign_shared' | 'uncertain'
    readonly subtype?: 'household' | 'workplace_campus' | 'kiosk' | undefined
    readonly size: number
    /** Of this ring */
    readonly accounts: number
    readonly risk: number
  }[]
  /** Accounts that are not named, of another ring, role or figure then */
  readonly others: number
  readonly sentence: string
}

export type RingLane = {
  readonly ring: string
  readonly status: 'active' | 'merged' | 'dissolved'
  readonly class: 'fraud_ring' | 'takeover_cluster' | 'benign_shared' | 'uncertain'
  readonly size: number
  readonly parent?: string | undefined
  readonly movedTo?: string | undefined
  /** Oldest first */
  readonly changes: readonly RingChange[]
}

export type RingChange = {
  /** Publish number */
  readonly version: number
  /** End of the day of the newest event that run saw */
  readonly asOf: string | null
  readonly kind: 'born' | 'continued' | 'grew' | 'shrank' | 'split' | 'merged' | 'dissolved' | 'revived' | 'reclassified' | 'decided'
  readonly cause: string
  readonly class: 'fraud_ring' | 'takeover_cluster' | 'benign_shared' | 'uncertain'
  readonly risk: number
  /** After the change */
  readonly size: number
  readonly joined: number
  readonly left: number
  /** The ring it split off from */
  readonly parent?: string | undefined
  /** The ring that absorbed it */
  readonly movedTo?: string | undefined
  readonly flow: {
    /** How far the ring most accounts came from is ahead of the second */
    readonly unicity: number
    /** How much of the rings they came from is here */
    readonly identity: number
    /** Accounts that were in no ring before; of a ring that ended, are in none now */
    readonly outflow: number
  } | null
}

export type Change = {
  /** Its place in the feed: `after` it comes the next */
  readonly cursor: string
  readonly type: 'ring.born' | 'ring.continued' | 'ring.grew' | 'ring.shrank' | 'ring.split' | 'ring.merged' | 'ring.dissolved' | 'ring.revived' | 'ring.reclassified' | 'ring.decided'
  readonly ring: string
  /** Publish number */
  readonly version: number
  /** End of the day of the newest event that run saw */
  readonly asOf: string | null
  readonly cause: string
  readonly status: 'active' | 'merged' | 'dissolved'
  readonly class: 'fraud_ring' | 'takeover_cluster' | 'benign_shared' | 'uncertain'
  readonly risk: number
  readonly verdict: {
    readonly decision: string
    readonly verdict: 'confirm' | 'benign'
    /** False once the ring changed too much for it: somebody has to look again */
    readonly holds: boolean
    /** It stands while this is after the last day of the data */
    readonly expiresAt?: string | undefined
  } | null
  /** The ring it split off from */
  readonly parent: string | null
  /** The ring that absorbed it */
  readonly movedTo: string | null
  readonly joined: readonly MemberFigures[]
  /** Accounts */
  readonly left: readonly string[]
  /** Members that stayed, with their new figures */
  readonly changed: readonly MemberFigures[]
}

export type MemberFigures = {
  readonly account: string
  readonly role: 'victim' | 'receiver' | 'core' | 'bridge' | 'associate' | 'bystander'
  readonly membership: number
  readonly risk: number
  readonly compromise: number
  readonly flagged: boolean
}

export type RingAssignment = {
  readonly cursor: string
  readonly type: "ring.assigned"
  readonly ring: string
  /** The publish that was the newest then */
  readonly version: number
  readonly at: string
  /** Who looks after it from now on; null: nobody */
  readonly owner: string | null
  /** Who said so */
  readonly by: string
  /** The ring whose owner went on with what became of it */
  readonly from: string | null
}

export type TripwireHit = {
  readonly cursor: string
  readonly type: "tripwire.hit"
  /** Whose identifier it is */
  readonly ring: string | null
  /** The publish that was the newest then */
  readonly version: number
  /** Of the event */
  readonly at: string
  readonly tripwire: string
  /** Who came with it, and is not of the ring */
  readonly account: string
  /** Type of the event */
  readonly event: string
  readonly kind: string
  readonly ref: string
  readonly mask: string
}

export type Tripwire = {
  readonly id: string
  /** Whose identifiers these are */
  readonly ring: string | null
  /** The verdict that armed it */
  readonly decision: string | null
  readonly author: string
  readonly reason: string
  readonly at: string
  readonly disarmedAt: string | null
  /** With its verdict: what happens from then on trips nothing */
  readonly expiresAt: string | null
  readonly identifiers: readonly {
    readonly kind: string
    readonly ref: string
    readonly mask: string
  }[]
  /** What is not watched: too many accounts are on it, a household shares it, or it tells nobody apart */
  readonly unwired: readonly {
    readonly kind: string
    readonly why: 'hub' | 'household' | 'weak'
    readonly identifiers: number
  }[]
}

export type Webhook = {
  readonly id: string
  readonly url: string
  /** Of the feed’s items it is sent those; empty: all */
  readonly types: readonly string[]
  readonly author: string
  readonly createdAt: string
  /** gone: it answered 410, and is sent nothing more */
  readonly state: 'ok' | 'failing' | 'gone'
  /** Place in the feed up to which all was taken, is not wanted, or is dead */
  readonly after: string
  readonly deliveredAt: string | null
  readonly failing: {
    readonly since: string
    /** Of the message that is next */
    readonly tries: number
    readonly nextAt: string | null
    readonly error: string
  } | null
}

export type DeadMessage = {
  /** As the receiver saw it in webhook-id */
  readonly id: string
  /** Of its item in the feed */
  readonly cursor: string
  readonly type: string
  readonly at: string
  readonly tries: number
  readonly error: string
  /** Is about to be sent once more */
  readonly again: boolean
}

export type Decision = {
  readonly id: string
  /** The ring it was made on; of a part that split off, the ring it came from */
  readonly ring: string
  /** Of the ring, as it was seen */
  readonly version: number
  /** As it was seen */
  readonly class: 'fraud_ring' | 'takeover_cluster' | 'benign_shared' | 'uncertain'
  /** Accounts it was made on: those that made the ring */
  readonly accounts: number
  readonly verdict: 'confirm' | 'benign'
  readonly author: string
  readonly reason: string
  readonly at: string
  readonly retractedAt: string | null
  /** By the days of the data */
  readonly expiresAt: string | null
  /** Hash of what it was taken on; null of one taken before receipts */
  readonly receipt: string | null
  /** False once the ring changed too much for it; null when it does not stand on the ring */
  readonly holds: boolean | null
}

export type Assertion = {
  readonly id: string
  readonly kind: 'same_actor' | 'not_the_same' | 'household' | 'role' | 'shared_by_design'
  /** Accounts, or identifiers as kind:ref */
  readonly subjects: readonly string[]
  readonly role: 'victim' | 'receiver' | 'core' | 'bridge' | 'associate' | 'bystander' | null
  readonly author: string
  readonly reason: string
  readonly at: string
  /** By the days of the data */
  readonly expiresAt: string | null
  readonly retractedAt: string | null
  /** False once it was taken back, or the data is past its expiry */
  readonly stands: boolean
}

export type Receipt = {
  readonly format: "ringleader-receipt-1"
  readonly parts: {
    /** The verdict: by whom, when, why, on which version */
    readonly decision: {
    }
    /** The program and the run: statistics, models, policy */
    readonly basis: {
    }
    /** As `GET /v1/rings/{ring}` told it */
    readonly ring: {
    }
    /** Roles and figures; those of the highest risk first where there are too many */
    readonly members: {
    }
    /** As `GET /v1/rings/{ring}/explain` told it */
    readonly explanation: {
    }
  }
  /** SHA-256 of each part as canonical JSON (RFC 8785) */
  readonly hashes: {
    readonly decision: string
    readonly basis: string
    readonly ring: string
    readonly members: string
    readonly explanation: string
  }
  /** SHA-256 of {format, hashes} as canonical JSON; stands in the audit */
  readonly hash: string
}

export type AuditRow = {
  readonly seq: number
  readonly at: string
  readonly by: string
  readonly action: string
  readonly subject: string
  /** SHA-256 of what was written */
  readonly content: string | null
  /** Why, as who opened a sealed value said it */
  readonly reason: string | null
  /** Hash of the row before; empty of the first */
  readonly previous: string
  readonly hash: string
}

export type ApiKey = {
  readonly id: string
  readonly name: string
  readonly scopes: readonly string[]
  readonly createdAt: string
  /** From when on it opens nothing; may lie ahead */
  readonly revokedAt: string | null
}

export type LocalModels = {
  readonly id: string
  readonly madeAt: string
  /** What `ringleader retrain --json` prints */
  readonly report: {
  }
}

export type ModelsChoice = {
  readonly models: string
  readonly author: string
  readonly at: string
}

export type DeadLetter = {
  readonly id: string
  readonly stream: 'events' | 'labels'
  readonly source: string
  readonly line: number
  readonly pointer: string
  readonly code: string
  readonly at: string
  readonly replayable: boolean
}

/** What each operation takes and gives. */
export interface Operations {
  /** Takes events: a JSON array of at most 1,000, or NDJSON. Durable when it answers. */
  'POST /v1/events': {
    readonly input: {
      readonly query?: {
        /** Say of each line where it leads, from memory */
        readonly wait?: 'links' | undefined
      } | undefined
      readonly body: readonly Event[]
    }
    readonly reply: IngestReply
  }
  /** Takes labels: a JSON array of at most 1,000, or NDJSON. Durable when it answers. */
  'POST /v1/labels': {
    readonly input: {
      readonly body: readonly Label[]
    }
    readonly reply: IngestReply
  }
  /** Risk, compromise and ring of one account, from memory. An unknown account answers the base rate. */
  'GET /v1/accounts/{account}/risk': {
    readonly input: {
      readonly params: {
        /** The customer’s own id of the account */
        readonly account: string
      }
      readonly query?: {
        /** Answer `snapshot_stale` rather than from what was published longer ago than this */
        readonly maxStalenessMs?: number | undefined
      } | undefined
    }
    readonly reply: {
      readonly account: string
      readonly known: boolean
      /** That the account’s owner takes part in fraud */
      readonly risk: number
      /** That somebody else controls the account */
      readonly compromise: number
      readonly band: 'low' | 'review' | 'high'
      /** Whether today’s policy would act on the account */
      readonly flagged: boolean
      readonly class: 'fraud_ring' | 'takeover_cluster' | 'benign_shared' | 'uncertain' | null
      readonly ring: {
        readonly id: string
        readonly class: 'fraud_ring' | 'takeover_cluster' | 'benign_shared' | 'uncertain'
        /** What a benign one most likely is */
        readonly subtype?: 'household' | 'workplace_campus' | 'kiosk' | undefined
        readonly size: number
        readonly role: 'victim' | 'receiver' | 'core' | 'bridge' | 'associate' | 'bystander'
        readonly membership: number
      } | null
      readonly reasons: readonly Reason[]
      /** Of no run yet: what happened since the last one links the account to this ring */
      readonly provisional: boolean
      /** Of a provisional answer: links to members of the ring, most evidence first */
      readonly evidence?: readonly {
        readonly account: string
        readonly probability: number
        /** Nats: p = 1 - exp(-evidence); 6 is the end of the scale */
        readonly evidence: number
        readonly sentence: string
      }[] | undefined
      readonly meta: Meta
    }
  }
  /** Risk of up to 1,000 accounts, in the order asked. */
  'POST /v1/risk:batch': {
    readonly input: {
      readonly query?: {
        /** Answer `snapshot_stale` rather than from what was published longer ago than this */
        readonly maxStalenessMs?: number | undefined
      } | undefined
      readonly body: RiskBatch
    }
    readonly reply: {
      readonly items: readonly AccountRisk[]
      readonly meta: Meta
    }
  }
  /** An account: both figures, its ring, what it uses and how many others do, labels and relations. */
  'GET /v1/accounts/{account}': {
    readonly input: {
      readonly params: {
        /** The customer’s own id of the account */
        readonly account: string
      }
    }
    readonly reply: {
      readonly account: string
      readonly risk: AccountRisk
      /** Null where neither its creation nor a sign-up is known */
      readonly createdAt: string | null
      readonly firstSeen: string | null
      readonly lastSeen: string | null
      readonly activeDays: number
      readonly activities: readonly {
        readonly type: string
        readonly count: number
        /** 32 are kept of a type: there may have been more */
        readonly isLeast: boolean
        readonly days: number
        readonly firstSeen: string
        readonly lastSeen: string
      }[]
      readonly labels: readonly {
        readonly label: 'fraud' | 'victim' | 'legit' | 'none'
        readonly reason?: 'takeover' | 'phishing' | 'chargeback' | 'prohibited_item' | 'counterfeit' | 'spam' | 'fake_engagement' | 'promo_abuse' | 'multi_account' | undefined
        readonly source: string
        readonly at: string
      }[]
      readonly identifiers: readonly {
        readonly kind: string
        readonly ref: string
        readonly mask: string
        /** As the customer shows it to people */
        readonly display?: string | undefined
        readonly class?: string | undefined
        readonly asn?: number | undefined
        readonly family: string
        /** That use it anywhere */
        readonly accounts: number
        /** A hub is shared by too many to link them */
        readonly crowding: 'alone' | 'shared' | 'hub' | 'counts_for_nothing'
        /** What it says of two of its users */
        readonly evidence: number
        readonly days: number
        readonly firstSeen: string
        readonly lastSeen: string
      }[]
      readonly relations: readonly {
        readonly account: string
        readonly relation: 'paid' | 'refunded' | 'referred' | 'gifted' | 'messaged' | 'reviewed' | 'reported_by'
        readonly type: string
        readonly firstSeen: string
        readonly lastSeen: string
      }[]
      readonly omitted: {
        readonly identifiers: number
      }
      readonly meta: Meta
    }
  }
  /** Accounts it is linked to, most evidence first, with what each link is made of. */
  'GET /v1/accounts/{account}/links': {
    readonly input: {
      readonly params: {
        /** The customer’s own id of the account */
        readonly account: string
      }
      readonly query?: {
        readonly limit?: number | undefined
      } | undefined
    }
    readonly reply: {
      readonly account: string
      readonly items: readonly AccountLink[]
      /** Links found, shown or not */
      readonly total: number
      /** A limit was met: there may be more */
      readonly truncated: boolean
      readonly meta: Meta
    }
  }
  /** What an account did, met and was called, newest first. */
  'GET /v1/accounts/{account}/timeline': {
    readonly input: {
      readonly params: {
        /** The customer’s own id of the account */
        readonly account: string
      }
      readonly query?: {
        readonly limit?: number | undefined
        readonly cursor?: string | undefined
      } | undefined
    }
    readonly reply: {
      readonly account: string
      readonly items: readonly Moment[]
      readonly nextCursor: string | null
      readonly meta: Meta
    }
  }
  /** Two accounts side by side: how they are linked, what only one uses, when both were active, what people could say. */
  'GET /v1/compare': {
    readonly input: {
      readonly query: {
        /** The customer’s own id of the account */
        readonly a: string
        /** The customer’s own id of the account */
        readonly b: string
        /** Paths between them */
        readonly k?: number | undefined
        /** Also detect and judge as the next run would; `null` where that cannot be told now: no run was made since the start, one is being made, or more than 5,000 accounts are concerned */
        readonly foretell?: 'true' | 'false' | undefined
      }
    }
    readonly reply: {
      readonly accounts: {
        readonly a: {
          readonly risk: AccountRisk
          /** 95 %, of the models’ own word: no verdict is on one account */
          readonly riskInterval: {
            readonly low: number
            readonly high: number
          }
          /** 95 %, of the models’ own word: no verdict is on one account */
          readonly compromiseInterval: {
            readonly low: number
            readonly high: number
          }
          readonly createdAt: string | null
          readonly firstSeen: string | null
          readonly identifiers: number
          readonly activities: readonly {
            readonly type: string
            readonly count: number
            /** 32 are kept of a type: there may have been more */
            readonly isLeast: boolean
            readonly days: number
            readonly firstSeen: string
            readonly lastSeen: string
          }[]
        }
        readonly b: {
          readonly risk: AccountRisk
          /** 95 %, of the models’ own word: no verdict is on one account */
          readonly riskInterval: {
            readonly low: number
            readonly high: number
          }
          /** 95 %, of the models’ own word: no verdict is on one account */
          readonly compromiseInterval: {
            readonly low: number
            readonly high: number
          }
          readonly createdAt: string | null
          readonly firstSeen: string | null
          readonly identifiers: number
          readonly activities: readonly {
            readonly type: string
            readonly count: number
            /** 32 are kept of a type: there may have been more */
            readonly isLeast: boolean
            readonly days: number
            readonly firstSeen: string
            readonly lastSeen: string
          }[]
        }
      }
      /** As /v1/links/explain tells it */
      readonly link: LinkExplanation
      /** Kinds of which they share nothing, which speaks against one owner */
      readonly unshared: readonly {
        readonly kind: string
        readonly family: 'hardware' | 'network' | 'money' | 'contact' | 'content'
        readonly a: {
          readonly told: readonly {
            readonly kind: string
            readonly ref: string
            readonly mask: string
            /** As the customer shows it to people */
            readonly display?: string | undefined
            readonly class?: string | undefined
            readonly asn?: number | undefined
            readonly family: string
            /** That use it anywhere */
            readonly accounts: number
            /** A hub is shared by too many to link them */
            readonly crowding: 'alone' | 'shared' | 'hub' | 'counts_for_nothing'
            /** What it says of two of its users */
            readonly evidence: number
            readonly days: number
            readonly firstSeen: string
            readonly lastSeen: string
          }[]
          readonly omitted: number
        }
        readonly b: {
          readonly told: readonly {
            readonly kind: string
            readonly ref: string
            readonly mask: string
            /** As the customer shows it to people */
            readonly display?: string | undefined
            readonly class?: string | undefined
            readonly asn?: number | undefined
            readonly family: string
            /** That use it anywhere */
            readonly accounts: number
            /** A hub is shared by too many to link them */
            readonly crowding: 'alone' | 'shared' | 'hub' | 'counts_for_nothing'
            /** What it says of two of its users */
            readonly evidence: number
            readonly days: number
            readonly firstSeen: string
            readonly lastSeen: string
          }[]
          readonly omitted: number
        }
        readonly sentence: string
      }[]
      readonly activity: {
        readonly from: string
        readonly to: string
        /** On which either was active */
        readonly days: readonly {
          readonly day: string
          /** Types of event it had that day */
          readonly a: number
          readonly b: number
          readonly isSameMinute: boolean
        }[]
        readonly daysBoth: number
        /** Both within one minute; the least there were: the newest 32 of each type are kept */
        readonly daysSameMinute: number
      }
      /** What people could assert of the two */
      readonly sayings: readonly {
        readonly kind: 'household' | 'same_actor' | 'not_the_same'
        /** What the evidence fits best; none may */
        readonly fits: boolean
        /** What the next run does once it is said */
        readonly sentence: string
        /** How both would be judged then, and by whom else it is felt */
        readonly foretold?: ForetoldSaying | null | undefined
      }[]
      readonly meta: Meta
    }
  }
  /** Who asks, as decisions and the audit would name it, and what it may do. */
  'GET /v1/me': {
    readonly input: Readonly<Record<never, never>>
    readonly reply: {
      /** `key:` and the name of a key, or `person:` and who a token is of */
      readonly name: string
      readonly scopes: readonly ('ingest' | 'risk:read' | 'rings:read' | 'pii:reveal' | 'decide' | 'mitigate:plan' | 'mitigate:approve' | 'admin')[]
      readonly meta: Meta
    }
  }
  /** An identifier: how many use it, what it says of two of them, and who they are, first come first. */
  'GET /v1/identifiers/{kind}/{ref}': {
    readonly input: {
      readonly params: {
        readonly kind: string
        /** As explanations and accounts show it */
        readonly ref: string
      }
      readonly query?: {
        readonly limit?: number | undefined
        /** Only users who are members of this ring, most tied to it first */
        readonly ring?: string | undefined
      } | undefined
    }
    readonly reply: {
      readonly kind: string
      readonly ref: string
      readonly mask: string
      /** As the customer shows it to people */
      readonly display?: string | undefined
      readonly class?: string | undefined
      readonly asn?: number | undefined
      readonly family: string
      /** That use it */
      readonly accounts: number
      /** A hub is shared by too many to link them */
      readonly crowding: 'alone' | 'shared' | 'hub' | 'counts_for_nothing'
      /** What it says of two of its users */
      readonly evidence: number
      /** People said that strangers share it */
      readonly sharedByDesign: boolean
      /** What follows from its value, as far as its accounts tell; each is an identifier of its own */
      readonly facets: readonly Facet[]
      readonly firstSeen: string | null
      readonly lastSeen: string | null
      /** Pairs of accounts that share any of its kind; null before the first run */
      readonly strangers: {
        readonly share: number
        readonly sentence: string
      } | null
      /** Where a ring was named */
      readonly inRing?: {
        readonly ring: string
        readonly version: number
        /** That use it */
        readonly members: number
      } | undefined
      readonly users: readonly {
        readonly account: string
        readonly firstSeen: string
        readonly lastSeen: string
        readonly days: number
        /** To the ring that was named: evidence of links to members that carry risk */
        readonly tie?: number | undefined
        readonly risk: number
        readonly compromise: number
        readonly ring: string | null
        readonly role: 'victim' | 'receiver' | 'core' | 'bridge' | 'associate' | 'bystander' | null
      }[]
      /** There are more users than are listed */
      readonly truncated: boolean
      readonly meta: Meta
    }
  }
  /** The value of an identifier in clear, where its kind is one that is kept encrypted. Who opened it and why is written to the audit first. */
  'POST /v1/identifiers/{kind}/{ref}/reveal': {
    readonly input: {
      readonly params: {
        readonly kind: string
        /** As explanations and accounts show it */
        readonly ref: string
      }
      readonly body: Reveal
    }
    readonly reply: {
      readonly kind: string
      readonly ref: string
      /** As it is linked by: normalised by its kind */
      readonly value: string
      /** Names this opening in the audit */
      readonly opening: string
      readonly by: string
      readonly at: string
    }
  }
  /** Takeovers, riskiest first: what the victims met, what was then changed, and who was paid. */
  'GET /v1/takeovers': {
    readonly input: {
      readonly query?: {
        readonly limit?: number | undefined
        readonly cursor?: string | undefined
      } | undefined
    }
    readonly reply: {
      readonly items: readonly TakeoverRow[]
      readonly nextCursor: string | null
      readonly meta: Meta
    }
  }
  /** One takeover: what was met, each victim’s story by the minute, what to take back, who was paid. */
  'GET /v1/takeovers/{ring}': {
    readonly input: {
      readonly params: {
        /** Id of a ring, absorbed ones too */
        readonly ring: string
      }
      readonly query?: {
        /** As it was at this publish */
        readonly v?: number | undefined
      } | undefined
    }
    readonly reply: {
      readonly ring: string
      readonly status?: 'active' | 'merged' | 'dissolved' | undefined
      readonly movedTo?: string | undefined
      readonly class: 'fraud_ring' | 'takeover_cluster' | 'benign_shared' | 'uncertain'
      /** What it is, in one line: the same wherever it is named */
      readonly headline: string
      /** With how many of its accounts carry risk */
      readonly lead: string
      /** What the people of a benign_shared group likely are to each other, where that is clear */
      readonly subtype?: 'household' | 'workplace_campus' | 'kiosk' | undefined
      /** Of its three surest accounts, by the higher of both figures; of an uncertain one not that it is a fraud ring */
      readonly risk: number
      readonly size: number
      /** Accounts that carry the ring’s risk */
      readonly core: number
      readonly roles: {
        readonly victim: number
        readonly receiver: number
        readonly core: number
        readonly bridge: number
        readonly associate: number
        readonly bystander: number
      }
      /** The publish that changed it last */
      readonly version: number
      /** The publish it was born in */
      readonly bornVersion: number
      readonly firstSeen: string
      readonly lastSeen: string
      readonly topEvidence: readonly RingEvidence[]
      readonly verdict?: {
        readonly decision: string
        readonly verdict: 'confirm' | 'benign'
        /** False once the ring changed too much for it: somebody has to look again */
        readonly holds: boolean
        /** It stands while this is after the last day of the data */
        readonly expiresAt?: string | undefined
      } | undefined
      /** Who looks after it today; null: nobody */
      readonly owner: {
        readonly name: string
        readonly since: string
      } | null
      /** Of its risk, 95 % */
      readonly interval: {
        readonly low: number
        readonly high: number
      }
      /** When it was published first */
      readonly born: {
        /** End of the data it saw */
        readonly asOf: string
        /** By the clock */
        readonly at: string
      } | null
      /** When it was published last */
      readonly changed: {
        /** End of the data it saw */
        readonly asOf: string
        /** By the clock */
        readonly at: string
      } | null
      /** Where people are with it; `again`: what they decided no longer holds */
      readonly stage: {
        readonly stage: 'new' | 'open' | 'again' | 'decided'
        readonly since: string | null
        readonly by: string | null
      }
      readonly growth: Growth
      /** The link of most evidence between two of its accounts; null where there is none */
      readonly strongest: {
        readonly a: string
        readonly b: string
        /** Nats; the probability is 1 - exp(-evidence) */
        readonly evidence: number
        readonly probability: number
        /** The probability as a word: from 2, 50, 90 and 99 % */
        readonly strength: 'none' | 'weak' | 'likely' | 'very_likely' | 'all_but_certain'
        readonly sentence: string
        readonly shared: readonly {
          readonly kind: string
          readonly ref: string
          readonly mask: string
          readonly family: 'hardware' | 'network' | 'money' | 'contact' | 'content'
          readonly countsAs: string
          readonly evidence: number
          /** What the time between the two uses took of it */
          readonly faded: number
          readonly share: number
          readonly accounts: number
          readonly a: {
            readonly firstSeen: string
            readonly lastSeen: string
            /** Absent where only the first and the last are known */
            readonly days?: number | undefined
          }
          readonly b: {
            readonly firstSeen: string
            readonly lastSeen: string
            /** Absent where only the first and the last are known */
            readonly days?: number | undefined
          }
          readonly gapDays: number
          /** Days on which both used it, where days are known */
          readonly daysTogether?: number | undefined
          /** By what its odds are multiplied: below 1 where its users share little else */
          readonly publicness?: number | undefined
          /** Of a target: windows of 15 minutes in which both did it; each counts half */
          readonly moments?: readonly {
            readonly start: string
            readonly accounts: number
          }[] | undefined
          /** Of a band: how many bands of its picture or text agree; fewer than 3 count for nothing */
          readonly agreeing?: number | undefined
          readonly note?: 'hub' | 'corroborates_only' | 'told_already' | 'shared_by_design' | 'not_the_same' | undefined
          /** Who says that it is shared by design */
          readonly saidBy?: {
            readonly assertion: string
            readonly kind: 'same_actor' | 'not_the_same' | 'household' | 'role' | 'shared_by_design'
            readonly author: string
            readonly reason: string
            readonly at: string
          } | undefined
          readonly sentence: string
        }[]
        /** Identifiers they share that say less than those told */
        readonly sharedOmitted: number
        /** Asserted of the two */
        readonly said?: {
          readonly assertion: string
          readonly kind: 'same_actor' | 'not_the_same' | 'household' | 'role' | 'shared_by_design'
          readonly author: string
          readonly reason: string
          readonly at: string
          /** Nats: p = 1 - exp(-evidence); 6 is the end of the scale */
          readonly evidence: number
          readonly share: number
        } | undefined
        /** What would be left without the identifier that says most */
        readonly without?: {
          readonly kind: string
          readonly ref: string
          readonly mask: string
          readonly countsAs: string
          /** Nats: p = 1 - exp(-evidence); 6 is the end of the scale */
          readonly evidence: number
          readonly probability: number
          readonly sentence: string
        } | undefined
        /** Whether chance explains it; empty before the first run */
        readonly chance: readonly ChanceTest[]
        /** What each of the two is in the ring */
        readonly roles: {
          readonly a: 'victim' | 'receiver' | 'core' | 'bridge' | 'associate' | 'bystander' | null
          readonly b: 'victim' | 'receiver' | 'core' | 'bridge' | 'associate' | 'bystander' | null
        }
      } | null
      /** Absent where nobody in the ring is a victim any more, or the ring is too large to be read whole */
      readonly takeover?: Takeover | undefined
      /** Whether limits were met: then a part is told */
      readonly truncated: boolean
      readonly meta: Meta
    }
  }
  /** Whatever one has, found: an account, a ring, or a value of an identifier, which is not stored. What no event named is answered by the base rate. */
  'POST /v1/search': {
    readonly input: {
      readonly body: Search
    }
    readonly reply: {
      /** Of the account of that id; not known where nothing named it */
      readonly account: AccountRisk
      /** Of that id; of an absorbed one the ring that it became */
      readonly ring: Ring | null
      /** Known ones of which it may be the value, most used last */
      readonly identifiers: readonly Identifier[]
      readonly meta: Meta
    }
  }
  /** Accounts and rings that an account with these identifiers would be linked to. Stores nothing. */
  'POST /v1/match': {
    readonly input: {
      readonly body: Match
    }
    readonly reply: {
      /** Most evidence first */
      readonly accounts: readonly MatchedAccount[]
      /** Most probable first */
      readonly rings: readonly MatchedRing[]
      /** A limit was met: there may be more */
      readonly truncated: boolean
      readonly meta: Meta
    }
  }
  /** Rings, riskiest first, or by what a look is worth, by growth or by birth. */
  'GET /v1/rings': {
    readonly input: {
      readonly query?: {
        readonly status?: 'active' | 'merged' | 'dissolved' | undefined
        readonly class?: 'fraud_ring' | 'takeover_cluster' | 'benign_shared' | 'uncertain' | undefined
        readonly minRisk?: number | undefined
        readonly minSize?: number | undefined
        /** Publish number */
        readonly changedSince?: number | undefined
        /** Of the data */
        readonly changedWithinDays?: number | undefined
        /** Kind of an identifier that ties it most */
        readonly tiedBy?: string | undefined
        /** What people decided; `none` also where what they decided no longer holds */
        readonly verdict?: 'confirm' | 'benign' | 'none' | undefined
        /** Who looks after it */
        readonly owner?: string | undefined
        /** Whether anybody looks after it */
        readonly owned?: 'true' | 'false' | undefined
        /** Tells how each ring grew in so many days */
        readonly growthDays?: number | undefined
        /** `priority`: harm a look is expected to prevent a minute; `new`: newest birth first; rings that ended come by risk */
        readonly sort?: 'risk' | 'priority' | 'growth' | 'new' | undefined
        readonly limit?: number | undefined
        readonly cursor?: string | undefined
      } | undefined
    }
    readonly reply: {
      readonly items: readonly RingRow[]
      readonly nextCursor: string | null
      /** Rings that are asked for; null of those that ended */
      readonly total: number | null
      readonly meta: Meta
    }
  }
  /** Rings that nobody decided on, by the harm a look is expected to prevent a minute. */
  'GET /v1/queue': {
    readonly input: {
      readonly query?: {
        readonly tab?: 'all' | 'growing' | 'takeovers' | 'uncertain' | 'again' | undefined
        readonly class?: 'fraud_ring' | 'takeover_cluster' | 'benign_shared' | 'uncertain' | undefined
        readonly minRisk?: number | undefined
        readonly minSize?: number | undefined
        /** Publish number */
        readonly changedSince?: number | undefined
        /** Of the data */
        readonly changedWithinDays?: number | undefined
        /** Kind of an identifier that ties it most */
        readonly tiedBy?: string | undefined
        /** What people decided; `none` also where what they decided no longer holds */
        readonly verdict?: 'confirm' | 'benign' | 'none' | undefined
        /** Who looks after it */
        readonly owner?: string | undefined
        /** Whether anybody looks after it */
        readonly owned?: 'true' | 'false' | undefined
        /** Tells how each ring grew in so many days */
        readonly growthDays?: number | undefined
        readonly limit?: number | undefined
        readonly cursor?: string | undefined
      } | undefined
    }
    readonly reply: {
      readonly items: readonly QueueEntry[]
      readonly nextCursor: string | null
      /** Entries that are asked for */
      readonly total: number
      /** Of each tab, whatever is asked for */
      readonly counts: QueueCounts
      readonly meta: Meta
    }
  }
  /** One ring. An absorbed one answers with movedTo: the ring that its id leads to today. */
  'GET /v1/rings/{ring}': {
    readonly input: {
      readonly params: {
        /** Id of a ring, absorbed ones too */
        readonly ring: string
      }
      readonly query?: {
        /** As it was at this publish */
        readonly v?: number | undefined
      } | undefined
    }
    readonly reply: {
      readonly ring: string
      readonly status?: 'active' | 'merged' | 'dissolved' | undefined
      readonly movedTo?: string | undefined
      readonly class: 'fraud_ring' | 'takeover_cluster' | 'benign_shared' | 'uncertain'
      /** What it is, in one line: the same wherever it is named */
      readonly headline: string
      /** With how many of its accounts carry risk */
      readonly lead: string
      /** What the people of a benign_shared group likely are to each other, where that is clear */
      readonly subtype?: 'household' | 'workplace_campus' | 'kiosk' | undefined
      /** Of its three surest accounts, by the higher of both figures; of an uncertain one not that it is a fraud ring */
      readonly risk: number
      readonly size: number
      /** Accounts that carry the ring’s risk */
      readonly core: number
      readonly roles: {
        readonly victim: number
        readonly receiver: number
        readonly core: number
        readonly bridge: number
        readonly associate: number
        readonly bystander: number
      }
      /** The publish that changed it last */
      readonly version: number
      /** The publish it was born in */
      readonly bornVersion: number
      readonly firstSeen: string
      readonly lastSeen: string
      readonly topEvidence: readonly RingEvidence[]
      readonly verdict?: {
        readonly decision: string
        readonly verdict: 'confirm' | 'benign'
        /** False once the ring changed too much for it: somebody has to look again */
        readonly holds: boolean
        /** It stands while this is after the last day of the data */
        readonly expiresAt?: string | undefined
      } | undefined
      /** Who looks after it today; null: nobody */
      readonly owner: {
        readonly name: string
        readonly since: string
      } | null
      /** Of its risk, 95 % */
      readonly interval: {
        readonly low: number
        readonly high: number
      }
      /** When it was published first */
      readonly born: {
        /** End of the data it saw */
        readonly asOf: string
        /** By the clock */
        readonly at: string
      } | null
      /** When it was published last */
      readonly changed: {
        /** End of the data it saw */
        readonly asOf: string
        /** By the clock */
        readonly at: string
      } | null
      /** Where people are with it; `again`: what they decided no longer holds */
      readonly stage: {
        readonly stage: 'new' | 'open' | 'again' | 'decided'
        readonly since: string | null
        readonly by: string | null
      }
      readonly growth: Growth
      /** The link of most evidence between two of its accounts; null where there is none */
      readonly strongest: {
        readonly a: string
        readonly b: string
        /** Nats; the probability is 1 - exp(-evidence) */
        readonly evidence: number
        readonly probability: number
        /** The probability as a word: from 2, 50, 90 and 99 % */
        readonly strength: 'none' | 'weak' | 'likely' | 'very_likely' | 'all_but_certain'
        readonly sentence: string
        readonly shared: readonly {
          readonly kind: string
          readonly ref: string
          readonly mask: string
          readonly family: 'hardware' | 'network' | 'money' | 'contact' | 'content'
          readonly countsAs: string
          readonly evidence: number
          /** What the time between the two uses took of it */
          readonly faded: number
          readonly share: number
          readonly accounts: number
          readonly a: {
            readonly firstSeen: string
            readonly lastSeen: string
            /** Absent where only the first and the last are known */
            readonly days?: number | undefined
          }
          readonly b: {
            readonly firstSeen: string
            readonly lastSeen: string
            /** Absent where only the first and the last are known */
            readonly days?: number | undefined
          }
          readonly gapDays: number
          /** Days on which both used it, where days are known */
          readonly daysTogether?: number | undefined
          /** By what its odds are multiplied: below 1 where its users share little else */
          readonly publicness?: number | undefined
          /** Of a target: windows of 15 minutes in which both did it; each counts half */
          readonly moments?: readonly {
            readonly start: string
            readonly accounts: number
          }[] | undefined
          /** Of a band: how many bands of its picture or text agree; fewer than 3 count for nothing */
          readonly agreeing?: number | undefined
          readonly note?: 'hub' | 'corroborates_only' | 'told_already' | 'shared_by_design' | 'not_the_same' | undefined
          /** Who says that it is shared by design */
          readonly saidBy?: {
            readonly assertion: string
            readonly kind: 'same_actor' | 'not_the_same' | 'household' | 'role' | 'shared_by_design'
            readonly author: string
            readonly reason: string
            readonly at: string
          } | undefined
          readonly sentence: string
        }[]
        /** Identifiers they share that say less than those told */
        readonly sharedOmitted: number
        /** Asserted of the two */
        readonly said?: {
          readonly assertion: string
          readonly kind: 'same_actor' | 'not_the_same' | 'household' | 'role' | 'shared_by_design'
          readonly author: string
          readonly reason: string
          readonly at: string
          /** Nats: p = 1 - exp(-evidence); 6 is the end of the scale */
          readonly evidence: number
          readonly share: number
        } | undefined
        /** What would be left without the identifier that says most */
        readonly without?: {
          readonly kind: string
          readonly ref: string
          readonly mask: string
          readonly countsAs: string
          /** Nats: p = 1 - exp(-evidence); 6 is the end of the scale */
          readonly evidence: number
          readonly probability: number
          readonly sentence: string
        } | undefined
        /** Whether chance explains it; empty before the first run */
        readonly chance: readonly ChanceTest[]
        /** What each of the two is in the ring */
        readonly roles: {
          readonly a: 'victim' | 'receiver' | 'core' | 'bridge' | 'associate' | 'bystander' | null
          readonly b: 'victim' | 'receiver' | 'core' | 'bridge' | 'associate' | 'bystander' | null
        }
      } | null
      readonly reasons: readonly Reason[]
      readonly meta: Meta
    }
  }
  /** Gives a ring to somebody who looks after it, or to nobody. It holds at once, goes on with what becomes of the ring, and is told in the feed. */
  'PATCH /v1/rings/{ring}': {
    readonly input: {
      readonly params: {
        /** Id of a ring, absorbed ones too */
        readonly ring: string
      }
      readonly body: RingPatch
    }
    readonly reply: Ring
  }
  /** The accounts of one ring with their roles and both figures, page by page: whoever stays in the ring is listed once, whatever is published meanwhile. */
  'GET /v1/rings/{ring}/members': {
    readonly input: {
      readonly params: {
        /** Id of a ring, absorbed ones too */
        readonly ring: string
      }
      readonly query?: {
        /** As it was at this publish */
        readonly v?: number | undefined
        /** By id, or by the higher of both figures */
        readonly sort?: 'account' | 'risk' | undefined
        /** Adds what ties each account, which takes reading all that is around the ring */
        readonly ties?: 'true' | 'false' | undefined
        readonly limit?: number | undefined
        readonly cursor?: string | undefined
      } | undefined
    }
    readonly reply: {
      readonly ring: string
      /** Of an absorbed ring, which has no members */
      readonly movedTo?: string | undefined
      readonly version: number
      /** Of the whole ring */
      readonly size: number
      readonly items: readonly {
        readonly account: string
        readonly ring: string
        readonly class: 'fraud_ring' | 'takeover_cluster' | 'benign_shared' | 'uncertain'
        readonly role: 'victim' | 'receiver' | 'core' | 'bridge' | 'associate' | 'bystander'
        readonly membership: number
        readonly risk: number
        readonly compromise: number
        readonly flagged: boolean
        readonly reasons: readonly Reason[]
        readonly ties?: {
          /** Evidence of its links to accounts that carry risk, together */
          readonly tie: number
          /** Accounts of the ring it is linked to */
          readonly linked: number
          /** When it first used what links it to another account here */
          readonly since: string | null
          readonly createdAt: string | null
          /** The newest that anybody gave it */
          readonly label: 'fraud' | 'victim' | 'legit' | 'none' | null
          /** Its strongest link to another account here */
          readonly heldBy: {
            readonly a: string
            readonly b: string
            /** Nats; the probability is 1 - exp(-evidence) */
            readonly evidence: number
            readonly probability: number
            /** The probability as a word: from 2, 50, 90 and 99 % */
            readonly strength: 'none' | 'weak' | 'likely' | 'very_likely' | 'all_but_certain'
            readonly sentence: string
            readonly shared: readonly {
              readonly kind: string
              readonly ref: string
              readonly mask: string
              readonly family: 'hardware' | 'network' | 'money' | 'contact' | 'content'
              readonly countsAs: string
              readonly evidence: number
              /** What the time between the two uses took of it */
              readonly faded: number
              readonly share: number
              readonly accounts: number
              readonly a: {
                readonly firstSeen: string
                readonly lastSeen: string
                /** Absent where only the first and the last are known */
                readonly days?: number | undefined
              }
              readonly b: {
                readonly firstSeen: string
                readonly lastSeen: string
                /** Absent where only the first and the last are known */
                readonly days?: number | undefined
              }
              readonly gapDays: number
              /** Days on which both used it, where days are known */
              readonly daysTogether?: number | undefined
              /** By what its odds are multiplied: below 1 where its users share little else */
              readonly publicness?: number | undefined
              /** Of a target: windows of 15 minutes in which both did it; each counts half */
              readonly moments?: readonly {
                readonly start: string
                readonly accounts: number
              }[] | undefined
              /** Of a band: how many bands of its picture or text agree; fewer than 3 count for nothing */
              readonly agreeing?: number | undefined
              readonly note?: 'hub' | 'corroborates_only' | 'told_already' | 'shared_by_design' | 'not_the_same' | undefined
              /** Who says that it is shared by design */
              readonly saidBy?: {
                readonly assertion: string
                readonly kind: 'same_actor' | 'not_the_same' | 'household' | 'role' | 'shared_by_design'
                readonly author: string
                readonly reason: string
                readonly at: string
              } | undefined
              readonly sentence: string
            }[]
            /** Identifiers they share that say less than those told */
            readonly sharedOmitted: number
            /** Asserted of the two */
            readonly said?: {
              readonly assertion: string
              readonly kind: 'same_actor' | 'not_the_same' | 'household' | 'role' | 'shared_by_design'
              readonly author: string
              readonly reason: string
              readonly at: string
              /** Nats: p = 1 - exp(-evidence); 6 is the end of the scale */
              readonly evidence: number
              readonly share: number
            } | undefined
            /** What would be left without the identifier that says most */
            readonly without?: {
              readonly kind: string
              readonly ref: string
              readonly mask: string
              readonly countsAs: string
              /** Nats: p = 1 - exp(-evidence); 6 is the end of the scale */
              readonly evidence: number
              readonly probability: number
              readonly sentence: string
            } | undefined
            /** Whether chance explains it; empty before the first run */
            readonly chance: readonly ChanceTest[]
            /** The other one */
            readonly account: string
          } | null
        } | undefined
      }[]
      readonly nextCursor: string | null
      readonly meta: Meta
    }
  }
  /** A ring in six questions: what, how sure, what ties it, who is at risk, what to do, what would change that. */
  'GET /v1/rings/{ring}/brief': {
    readonly input: {
      readonly params: {
        /** Id of a ring, absorbed ones too */
        readonly ring: string
      }
      readonly query?: {
        /** As it was at this publish */
        readonly v?: number | undefined
      } | undefined
    }
    readonly reply: {
      readonly ring: string
      readonly movedTo?: string | undefined
      readonly version: number
      readonly class: 'fraud_ring' | 'takeover_cluster' | 'benign_shared' | 'uncertain'
      readonly subtype?: 'household' | 'workplace_campus' | 'kiosk' | undefined
      readonly what: {
        /** As lists show it */
        readonly lead: string
        readonly sentence: string
        readonly size: number
        readonly roles: {
          readonly victim: number
          readonly receiver: number
          readonly core: number
          readonly bridge: number
          readonly associate: number
          readonly bystander: number
        }
        readonly firstSeen: string
        readonly lastSeen: string
        readonly growth: Growth
      }
      readonly howSure: {
        readonly risk: number
        /** 95 % */
        readonly interval: {
          readonly low: number
          readonly high: number
        }
        /** Rings of such a risk that people decided on */
        readonly decided: {
          readonly from: number
          readonly to: number
          readonly rings: number
          readonly confirmed: number
        }
        readonly calibration: 'shipped' | 'local'
        readonly sentence: string
      }
      readonly ties: {
        readonly kinds: readonly {
          readonly kind: string
          readonly identifiers: number
          readonly share: number
        }[]
        readonly decisive: readonly {
          readonly kind: string
          readonly ref: string
          readonly mask: string
          readonly countsAs: string
          /** Accounts of the ring that use it */
          readonly members: number
          /** Accounts that use it anywhere */
          readonly accounts: number
          /** Nats over all links it makes */
          readonly evidence: number
          /** Of the evidence */
          readonly share: number
          readonly sentence: string
          readonly family: 'hardware' | 'network' | 'money' | 'contact' | 'content'
          /** Nats: p = 1 - exp(-evidence); 6 is the end of the scale */
          readonly perPair: number
          readonly adds: number
        }[]
        /** The strongest between two of its accounts */
        readonly links: readonly {
          readonly a: string
          readonly b: string
          /** Nats; the probability is 1 - exp(-evidence) */
          readonly evidence: number
          readonly probability: number
          /** The probability as a word: from 2, 50, 90 and 99 % */
          readonly strength: 'none' | 'weak' | 'likely' | 'very_likely' | 'all_but_certain'
          readonly sentence: string
          readonly shared: readonly {
            readonly kind: string
            readonly ref: string
            readonly mask: string
            readonly family: 'hardware' | 'network' | 'money' | 'contact' | 'content'
            readonly countsAs: string
            readonly evidence: number
            /** What the time between the two uses took of it */
            readonly faded: number
            readonly share: number
            readonly accounts: number
            readonly a: {
              readonly firstSeen: string
              readonly lastSeen: string
              /** Absent where only the first and the last are known */
              readonly days?: number | undefined
            }
            readonly b: {
              readonly firstSeen: string
              readonly lastSeen: string
              /** Absent where only the first and the last are known */
              readonly days?: number | undefined
            }
            readonly gapDays: number
            /** Days on which both used it, where days are known */
            readonly daysTogether?: number | undefined
            /** By what its odds are multiplied: below 1 where its users share little else */
            readonly publicness?: number | undefined
            /** Of a target: windows of 15 minutes in which both did it; each counts half */
            readonly moments?: readonly {
              readonly start: string
              readonly accounts: number
            }[] | undefined
            /** Of a band: how many bands of its picture or text agree; fewer than 3 count for nothing */
            readonly agreeing?: number | undefined
            readonly note?: 'hub' | 'corroborates_only' | 'told_already' | 'shared_by_design' | 'not_the_same' | undefined
            /** Who says that it is shared by design */
            readonly saidBy?: {
              readonly assertion: string
              readonly kind: 'same_actor' | 'not_the_same' | 'household' | 'role' | 'shared_by_design'
              readonly author: string
              readonly reason: string
              readonly at: string
            } | undefined
            readonly sentence: string
          }[]
          /** Identifiers they share that say less than those told */
          readonly sharedOmitted: number
          /** Asserted of the two */
          readonly said?: {
            readonly assertion: string
            readonly kind: 'same_actor' | 'not_the_same' | 'household' | 'role' | 'shared_by_design'
            readonly author: string
            readonly reason: string
            readonly at: string
            /** Nats: p = 1 - exp(-evidence); 6 is the end of the scale */
            readonly evidence: number
            readonly share: number
          } | undefined
          /** What would be left without the identifier that says most */
          readonly without?: {
            readonly kind: string
            readonly ref: string
            readonly mask: string
            readonly countsAs: string
            /** Nats: p = 1 - exp(-evidence); 6 is the end of the scale */
            readonly evidence: number
            readonly probability: number
            readonly sentence: string
          } | undefined
          /** Whether chance explains it; empty before the first run */
          readonly chance: readonly ChanceTest[]
          /** What each of the two is in the ring */
          readonly roles: {
            readonly a: 'victim' | 'receiver' | 'core' | 'bridge' | 'associate' | 'bystander' | null
            readonly b: 'victim' | 'receiver' | 'core' | 'bridge' | 'associate' | 'bystander' | null
          }
        }[]
        /** Links there are between two of its accounts */
        readonly linked: number
        /** That tie it and are told of by /explain */
        readonly identifiers: number
      }
      readonly atRisk: {
        readonly carryRisk: number
        readonly flagged: number
        readonly victims: number
        readonly bystanders: number
        readonly associates: number
        /** The least that accounts which carry risk moved: the newest 32 of each type are kept */
        readonly money: readonly {
          readonly what: string
          readonly outcome: 'success' | 'failure' | 'pending' | 'reversed'
          readonly currency: string
          readonly amount: number
          readonly count: number
        }[]
        readonly moneySentence: string
        readonly sentence: string
      }
      readonly whatToDo: {
        readonly action: 'decided' | 'leave' | 'confirm' | 'protect' | 'look'
        readonly targets: number
        /** Targets that are expected to be honest */
        readonly expectedWrong: number
        /** The middle 95 % of how many that may be */
        readonly wrongBetween: {
          readonly low: number
          readonly high: number
        }
        /** Victims to reset, never to act against */
        readonly protect: number
        readonly sentence: string
      }
      readonly changeMind: {
        readonly without?: Counterfactual | undefined
        readonly speaksForHonest: readonly string[]
        readonly sentence: string
      }
      /** In the queue; null for a ring that is not in it */
      readonly rank: {
        readonly place: number
        readonly of: number
        readonly perMinute: number
        readonly sentence: string
      } | null
      readonly truncated: boolean
      readonly meta: Meta
    }
  }
  /** A ring to draw: its accounts, the identifiers that tie them, and who uses which. */
  'GET /v1/rings/{ring}/graph': {
    readonly input: {
      readonly params: {
        /** Id of a ring, absorbed ones too */
        readonly ring: string
      }
      readonly query?: {
        /** As it was at this publish */
        readonly v?: number | undefined
        /** The most accounts and identifiers together; those that matter most come first */
        readonly budget?: number | undefined
        readonly format?: 'json' | 'graphml' | 'csv' | undefined
      } | undefined
    }
    readonly reply: {
      readonly ring: string
      readonly movedTo?: string | undefined
      readonly version: number
      readonly accounts: readonly {
        readonly account: string
        readonly role: 'victim' | 'receiver' | 'core' | 'bridge' | 'associate' | 'bystander'
        readonly risk: number
        readonly compromise: number
        readonly flagged: boolean
        /** Evidence of its links to accounts that carry risk, together */
        readonly tie: number
      }[]
      readonly identifiers: readonly {
        readonly kind: string
        readonly ref: string
        readonly mask: string
        /** The kind, or signupIp: sign-ups from one address on one day */
        readonly countsAs: string
        readonly family: 'hardware' | 'network' | 'money' | 'contact' | 'content'
        /** Accounts of the ring that use it */
        readonly members: number
        /** Accounts that use it anywhere */
        readonly accounts: number
        /** Over all links it makes in the ring */
        readonly evidence: number
        /** What it says of two of its users, on the scale */
        readonly perPair: number
        /** One of the fewest that hold every account in the ring */
        readonly justifies: boolean
      }[]
      readonly uses: readonly {
        readonly account: string
        readonly kind: string
        readonly ref: string
        /** The kind, or signupIp: sign-ups from one address on one day */
        readonly countsAs: string
        /** Of the account’s links by this identifier, together */
        readonly evidence: number
        readonly firstSeen: string
        readonly lastSeen: string
      }[]
      /** Shared by many here, and counted as nothing: never drawn as a fan */
      readonly hubs: readonly {
        readonly kind: string
        readonly ref: string
        readonly mask: string
        readonly family: 'hardware' | 'network' | 'money' | 'contact' | 'content'
        readonly class?: string | undefined
        /** As the customer shows it to people */
        readonly display?: string | undefined
        readonly members: number
        readonly accounts: number
        /** Of the accounts above, who uses it: most tied first */
        readonly users: readonly {
          readonly account: string
          /** Evidence of its links to accounts that carry risk, together */
          readonly tie: number
          readonly firstSeen: string
          readonly lastSeen: string
          readonly days: number
        }[]
      }[]
      readonly omitted: {
        readonly accounts: number
        readonly identifiers: number
        readonly uses: number
        readonly hubs: number
      }
      readonly truncated: boolean
      readonly meta: Meta
    } | string
  }
  /** The links inside a ring, most evidence first: all of them, of one account, or by one identifier. */
  'GET /v1/rings/{ring}/links': {
    readonly input: {
      readonly params: {
        /** Id of a ring, absorbed ones too */
        readonly ring: string
      }
      readonly query?: {
        /** As it was at this publish */
        readonly v?: number | undefined
        readonly account?: string | undefined
        readonly identifier?: string | undefined
        readonly limit?: number | undefined
        readonly cursor?: string | undefined
      } | undefined
    }
    readonly reply: {
      readonly ring: string
      readonly movedTo?: string | undefined
      readonly version: number
      readonly items: readonly {
        readonly a: string
        readonly b: string
        /** Nats; the probability is 1 - exp(-evidence) */
        readonly evidence: number
        readonly probability: number
        /** The probability as a word: from 2, 50, 90 and 99 % */
        readonly strength: 'none' | 'weak' | 'likely' | 'very_likely' | 'all_but_certain'
        readonly sentence: string
        readonly shared: readonly {
          readonly kind: string
          readonly ref: string
          readonly mask: string
          readonly family: 'hardware' | 'network' | 'money' | 'contact' | 'content'
          readonly countsAs: string
          readonly evidence: number
          /** What the time between the two uses took of it */
          readonly faded: number
          readonly share: number
          readonly accounts: number
          readonly a: {
            readonly firstSeen: string
            readonly lastSeen: string
            /** Absent where only the first and the last are known */
            readonly days?: number | undefined
          }
          readonly b: {
            readonly firstSeen: string
            readonly lastSeen: string
            /** Absent where only the first and the last are known */
            readonly days?: number | undefined
          }
          readonly gapDays: number
          /** Days on which both used it, where days are known */
          readonly daysTogether?: number | undefined
          /** By what its odds are multiplied: below 1 where its users share little else */
          readonly publicness?: number | undefined
          /** Of a target: windows of 15 minutes in which both did it; each counts half */
          readonly moments?: readonly {
            readonly start: string
            readonly accounts: number
          }[] | undefined
          /** Of a band: how many bands of its picture or text agree; fewer than 3 count for nothing */
          readonly agreeing?: number | undefined
          readonly note?: 'hub' | 'corroborates_only' | 'told_already' | 'shared_by_design' | 'not_the_same' | undefined
          /** Who says that it is shared by design */
          readonly saidBy?: {
            readonly assertion: string
            readonly kind: 'same_actor' | 'not_the_same' | 'household' | 'role' | 'shared_by_design'
            readonly author: string
            readonly reason: string
            readonly at: string
          } | undefined
          readonly sentence: string
        }[]
        /** Identifiers they share that say less than those told */
        readonly sharedOmitted: number
        /** Asserted of the two */
        readonly said?: {
          readonly assertion: string
          readonly kind: 'same_actor' | 'not_the_same' | 'household' | 'role' | 'shared_by_design'
          readonly author: string
          readonly reason: string
          readonly at: string
          /** Nats: p = 1 - exp(-evidence); 6 is the end of the scale */
          readonly evidence: number
          readonly share: number
        } | undefined
        /** What would be left without the identifier that says most */
        readonly without?: {
          readonly kind: string
          readonly ref: string
          readonly mask: string
          readonly countsAs: string
          /** Nats: p = 1 - exp(-evidence); 6 is the end of the scale */
          readonly evidence: number
          readonly probability: number
          readonly sentence: string
        } | undefined
        /** Whether chance explains it; empty before the first run */
        readonly chance: readonly ChanceTest[]
        /** What each of the two is in the ring */
        readonly roles: {
          readonly a: 'victim' | 'receiver' | 'core' | 'bridge' | 'associate' | 'bystander' | null
          readonly b: 'victim' | 'receiver' | 'core' | 'bridge' | 'associate' | 'bystander' | null
        }
      }[]
      readonly nextCursor: string | null
      /** Links that are asked for, shown or not */
      readonly total: number
      /** Of the strongest link behind this page; 0 where there is none */
      readonly restAtMost: number
      /** A limit was met: there may be more */
      readonly truncated: boolean
      readonly meta: Meta
    }
  }
  /** A ring as a table: its accounts by what they use, both in blocks, hubs beside it. */
  'GET /v1/rings/{ring}/matrix': {
    readonly input: {
      readonly params: {
        /** Id of a ring, absorbed ones too */
        readonly ring: string
      }
      readonly query?: {
        /** As it was at this publish */
        readonly v?: number | undefined
        /** The most accounts */
        readonly rows?: number | undefined
        /** The most identifiers */
        readonly columns?: number | undefined
      } | undefined
    }
    readonly reply: {
      readonly ring: string
      readonly movedTo?: string | undefined
      readonly version: number
      /** By block; victims and bystanders last, who are in none */
      readonly rows: readonly {
        readonly account: string
        readonly role: 'victim' | 'receiver' | 'core' | 'bridge' | 'associate' | 'bystander'
        readonly risk: number
        readonly compromise: number
        readonly flagged: boolean
        readonly block: string | null
        /** Evidence of its links to accounts that carry risk, together */
        readonly tie: number
        /** Accounts of the ring it is linked to */
        readonly linked: number
        /** When it first used what links it to another account here */
        readonly since: string | null
        readonly createdAt: string | null
        /** The newest that anybody gave it */
        readonly label: 'fraud' | 'victim' | 'legit' | 'none' | null
        /** Its strongest link to another account here */
        readonly heldBy: {
          readonly a: string
          readonly b: string
          /** Nats; the probability is 1 - exp(-evidence) */
          readonly evidence: number
          readonly probability: number
          /** The probability as a word: from 2, 50, 90 and 99 % */
          readonly strength: 'none' | 'weak' | 'likely' | 'very_likely' | 'all_but_certain'
          readonly sentence: string
          readonly shared: readonly {
            readonly kind: string
            readonly ref: string
            readonly mask: string
            readonly family: 'hardware' | 'network' | 'money' | 'contact' | 'content'
            readonly countsAs: string
            readonly evidence: number
            /** What the time between the two uses took of it */
            readonly faded: number
            readonly share: number
            readonly accounts: number
            readonly a: {
              readonly firstSeen: string
              readonly lastSeen: string
              /** Absent where only the first and the last are known */
              readonly days?: number | undefined
            }
            readonly b: {
              readonly firstSeen: string
              readonly lastSeen: string
              /** Absent where only the first and the last are known */
              readonly days?: number | undefined
            }
            readonly gapDays: number
            /** Days on which both used it, where days are known */
            readonly daysTogether?: number | undefined
            /** By what its odds are multiplied: below 1 where its users share little else */
            readonly publicness?: number | undefined
            /** Of a target: windows of 15 minutes in which both did it; each counts half */
            readonly moments?: readonly {
              readonly start: string
              readonly accounts: number
            }[] | undefined
            /** Of a band: how many bands of its picture or text agree; fewer than 3 count for nothing */
            readonly agreeing?: number | undefined
            readonly note?: 'hub' | 'corroborates_only' | 'told_already' | 'shared_by_design' | 'not_the_same' | undefined
            /** Who says that it is shared by design */
            readonly saidBy?: {
              readonly assertion: string
              readonly kind: 'same_actor' | 'not_the_same' | 'household' | 'role' | 'shared_by_design'
              readonly author: string
              readonly reason: string
              readonly at: string
            } | undefined
            readonly sentence: string
          }[]
          /** Identifiers they share that say less than those told */
          readonly sharedOmitted: number
          /** Asserted of the two */
          readonly said?: {
            readonly assertion: string
            readonly kind: 'same_actor' | 'not_the_same' | 'household' | 'role' | 'shared_by_design'
            readonly author: string
            readonly reason: string
            readonly at: string
            /** Nats: p = 1 - exp(-evidence); 6 is the end of the scale */
            readonly evidence: number
            readonly share: number
          } | undefined
          /** What would be left without the identifier that says most */
          readonly without?: {
            readonly kind: string
            readonly ref: string
            readonly mask: string
            readonly countsAs: string
            /** Nats: p = 1 - exp(-evidence); 6 is the end of the scale */
            readonly evidence: number
            readonly probability: number
            readonly sentence: string
          } | undefined
          /** Whether chance explains it; empty before the first run */
          readonly chance: readonly ChanceTest[]
          /** The other one */
          readonly account: string
        } | null
      }[]
      readonly columns: readonly {
        readonly kind: string
        readonly ref: string
        readonly mask: string
        /** The kind, or signupIp: sign-ups from one address on one day */
        readonly countsAs: string
        readonly family: 'hardware' | 'network' | 'money' | 'contact' | 'content'
        /** Accounts of the ring that use it */
        readonly members: number
        /** Accounts that use it anywhere */
        readonly accounts: number
        /** Over all links it makes in the ring */
        readonly evidence: number
        /** What it says of two of its users, on the scale */
        readonly perPair: number
        /** One of the fewest that hold every account in the ring */
        readonly justifies: boolean
        /** Whose accounts use it, the one that most do first */
        readonly blocks: readonly string[]
        readonly sentence: string
      }[]
      readonly cells: readonly {
        readonly account: string
        readonly kind: string
        readonly ref: string
        /** The kind, or signupIp: sign-ups from one address on one day */
        readonly countsAs: string
        /** Of the account’s links by this identifier, together */
        readonly evidence: number
        readonly firstSeen: string
        readonly lastSeen: string
        readonly days: number
        /** Used within the last 7 days of the data */
        readonly isRecent: boolean
      }[]
      readonly hubs: readonly {
        readonly kind: string
        readonly ref: string
        readonly mask: string
        readonly family: 'hardware' | 'network' | 'money' | 'contact' | 'content'
        readonly class?: string | undefined
        /** As the customer shows it to people */
        readonly display?: string | undefined
        readonly members: number
        readonly accounts: number
        /** Of the rows, who uses it */
        readonly users: readonly string[]
      }[]
      readonly blocks: readonly {
        /** A, B, ...: accounts tied to each other more than to the rest */
        readonly name: string
        readonly accounts: number
        readonly identifiers: number
        readonly sentence: string
      }[]
      /** All links of two blocks */
      readonly between: readonly {
        /** A, B, ...: accounts tied to each other more than to the rest */
        readonly a: string
        /** A, B, ...: accounts tied to each other more than to the rest */
        readonly b: string
        /** Nats: p = 1 - exp(-evidence); 6 is the end of the scale */
        readonly evidence: number
      }[]
      readonly omitted: {
        readonly rows: number
        readonly columns: number
      }
      readonly truncated: boolean
      readonly meta: Meta
    }
  }
  /** What would become of a ring had nobody ever used some of the identifiers that tie it. */
  'GET /v1/rings/{ring}/without': {
    readonly input: {
      readonly params: {
        /** Id of a ring, absorbed ones too */
        readonly ring: string
      }
      readonly query: {
        /** As it was at this publish */
        readonly v?: number | undefined
        /** As kind:ref; up to five, with commas between, for all of them at once */
        readonly identifier: string
        /** Also detect and judge as the next run would; `null` where that cannot be told now: no run was made since the start, one is being made, or more than 5,000 accounts are concerned */
        readonly foretell?: 'true' | 'false' | undefined
      }
    }
    readonly reply: {
      readonly ring: string
      readonly movedTo?: string | undefined
      readonly version: number
      readonly kind: string
      readonly ref: string
      readonly mask: string
      /** All that are taken away; the first is named above as well */
      readonly together: readonly {
        readonly kind: string
        readonly ref: string
        readonly mask: string
      }[]
      /** Null where links alone do not make the ring: nothing is foretold */
      readonly without: Counterfactual | null
      /** How what is left would be judged; of the ring as it is published now alone */
      readonly foretold?: ForetoldParts | null | undefined
      readonly meta: Meta
    }
  }
  /** A ring over time: how much happened each day, and to which account. */
  'GET /v1/rings/{ring}/timeline': {
    readonly input: {
      readonly params: {
        /** Id of a ring, absorbed ones too */
        readonly ring: string
      }
      readonly query?: {
        /** As it was at this publish */
        readonly v?: number | undefined
        /** Tells of what happened then or later */
        readonly from?: string | undefined
        /** Tells of what happened before */
        readonly to?: string | undefined
        /** The most accounts told of */
        readonly lanes?: number | undefined
      } | undefined
    }
    readonly reply: {
      readonly ring: string
      readonly movedTo?: string | undefined
      readonly version: number
      readonly days: readonly {
        readonly day: string
        readonly signup: number
        /** First uses of what ties the ring */
        readonly first_share: number
        readonly sensitive_change: number
        readonly money: number
        /** Refused payments, chargebacks, reports */
        readonly trouble: number
      }[]
      readonly bursts: readonly {
        readonly what: 'births' | 'arrivals'
        readonly from: string
        readonly days: number
        readonly accounts: number
        readonly sentence: string
      }[]
      /** Those that carry risk first, as in the graph */
      readonly lanes: readonly {
        readonly account: string
        readonly role: 'victim' | 'receiver' | 'core' | 'bridge' | 'associate' | 'bystander'
        readonly risk: number
        readonly compromise: number
        readonly marks: readonly {
          readonly at: string
          readonly what: 'signup' | 'first_share' | 'sensitive_change' | 'money' | 'trouble'
          readonly type?: string | undefined
          readonly outcome?: 'success' | 'failure' | 'pending' | 'reversed' | undefined
          readonly amount?: number | undefined
          readonly currency?: string | undefined
          /** Of a change of credentials; null where nobody said which */
          readonly changed?: readonly ('email' | 'password' | 'phone' | 'mfa' | 'passkey' | 'recovery' | 'username')[] | null | undefined
          readonly identifier?: {
            readonly kind: string
            readonly ref: string
            readonly mask: string
          } | undefined
        }[]
        readonly omitted: number
      }[]
      readonly omitted: {
        readonly days: number
        readonly lanes: number
        readonly marks: number
      }
      readonly truncated: boolean
      readonly meta: Meta
    }
  }
  /** Where a ring came from and went: every ring of its kin, with each change and its cause. */
  'GET /v1/rings/{ring}/lineage': {
    readonly input: {
      readonly params: {
        /** Id of a ring, absorbed ones too */
        readonly ring: string
      }
    }
    readonly reply: {
      readonly ring: string
      readonly status: 'active' | 'merged' | 'dissolved'
      /** Of an absorbed ring: the ring that its id leads to today */
      readonly movedTo?: string | undefined
      /** In order of birth */
      readonly lanes: readonly RingLane[]
      readonly truncated: boolean
      readonly meta: Meta
    }
  }
  /** What every publish changed, and what happened in between, oldest first: pages, or server-sent events for who accepts text/event-stream. */
  'GET /v1/changes': {
    readonly input: {
      readonly query?: {
        /** The cursor of the last item you had, or `latest`; from the beginning without it */
        readonly after?: string | undefined
        /** Of this ring alone */
        readonly ring?: string | undefined
        /** Of a page */
        readonly limit?: number | undefined
      } | undefined
    }
    readonly reply: {
      readonly items: readonly (Change | RingAssignment | TripwireHit)[]
      /** Ask for what comes after it, now or later */
      readonly nextCursor: string
      /** Whether the next page is there already */
      readonly more: boolean
      readonly meta: Meta
    }
  }
  /** Watched identifiers, oldest first. */
  'GET /v1/tripwires': {
    readonly input: {
      readonly query?: {
        readonly ring?: string | undefined
        /** Those too that are armed no longer */
        readonly disarmed?: 'true' | 'false' | undefined
      } | undefined
    }
    readonly reply: {
      readonly items: readonly Tripwire[]
    }
  }
  /** Watches identifiers, or those of a ring: whoever else comes with one is told of. */
  'POST /v1/tripwires': {
    readonly input: {
      readonly body: NewTripwire
    }
    readonly reply: Tripwire
  }
  /** Watches no longer. It stays on record. */
  'DELETE /v1/tripwires/{tripwire}': {
    readonly input: {
      readonly params: {
        readonly tripwire: string
      }
    }
    readonly reply: Tripwire
  }
  /** Who is told of changes, and how that goes. */
  'GET /v1/webhooks': {
    readonly input: Readonly<Record<never, never>>
    readonly reply: {
      readonly items: readonly Webhook[]
    }
  }
  /** Has changes sent to a receiver as they come, signed. Its secret is shown this once. */
  'POST /v1/webhooks': {
    readonly input: {
      readonly body: NewWebhook
    }
    readonly reply: {
      readonly id: string
      readonly url: string
      /** Of the feed’s items it is sent those; empty: all */
      readonly types: readonly string[]
      readonly author: string
      readonly createdAt: string
      /** gone: it answered 410, and is sent nothing more */
      readonly state: 'ok' | 'failing' | 'gone'
      /** Place in the feed up to which all was taken, is not wanted, or is dead */
      readonly after: string
      readonly deliveredAt: string | null
      readonly failing: {
        readonly since: string
        /** Of the message that is next */
        readonly tries: number
        readonly nextAt: string | null
        readonly error: string
      } | null
      /** whsec_...: what messages are signed with. Shown this once */
      readonly secret: string
    }
  }
  /** Sends a receiver nothing more, and forgets it. */
  'DELETE /v1/webhooks/{webhook}': {
    readonly input: {
      readonly params: {
        readonly webhook: string
      }
    }
    readonly reply: {
      readonly id: string
      readonly deleted: true
    }
  }
  /** Makes a new secret; messages are signed with the old one too for some hours. */
  'POST /v1/webhooks/{webhook}/rotate': {
    readonly input: {
      readonly params: {
        readonly webhook: string
      }
      readonly body: SecretRotation
    }
    readonly reply: {
      readonly id: string
      /** whsec_...: what messages are signed with. Shown this once */
      readonly secret: string
    }
  }
  /** Tries a failing receiver again at once, also one that was gone. */
  'POST /v1/webhooks/{webhook}/resume': {
    readonly input: {
      readonly params: {
        readonly webhook: string
      }
    }
    readonly reply: {
      readonly id: string
      readonly resumed: true
    }
  }
  /** Messages to a receiver that were given up, oldest first. */
  'GET /v1/webhooks/{webhook}/dead-messages': {
    readonly input: {
      readonly params: {
        readonly webhook: string
      }
      readonly query?: {
        readonly limit?: number | undefined
      } | undefined
    }
    readonly reply: {
      readonly items: readonly DeadMessage[]
    }
  }
  /** Sends dead messages once more: those named, or all. */
  'POST /v1/webhooks/{webhook}/dead-messages:replay': {
    readonly input: {
      readonly params: {
        readonly webhook: string
      }
      readonly body: MessageReplay
    }
    readonly reply: {
      readonly asked: number
    }
  }
  /** What people decided on a ring, newest first, and whether it still holds. */
  'GET /v1/rings/{ring}/decisions': {
    readonly input: {
      readonly params: {
        /** Id of a ring, absorbed ones too */
        readonly ring: string
      }
    }
    readonly reply: {
      readonly ring: string
      readonly items: readonly Decision[]
    }
  }
  /** Confirms a ring, or finds it benign. Every later run obeys while the ring is made of what was seen; a confirmed one is watched by a tripwire. */
  'POST /v1/rings/{ring}/decisions': {
    readonly input: {
      readonly params: {
        /** Id of a ring, absorbed ones too */
        readonly ring: string
      }
      readonly body: NewDecision
    }
    readonly reply: Decision
  }
  /** Takes a decision back; from the next run on it counts no longer. It stays on record. */
  'DELETE /v1/rings/{ring}/decisions/{decision}': {
    readonly input: {
      readonly params: {
        /** Id of a ring, absorbed ones too */
        readonly ring: string
        readonly decision: string
      }
    }
    readonly reply: Decision
  }
  /** What people hold to be true, newest first. */
  'GET /v1/assertions': {
    readonly input: {
      readonly query?: {
        /** Those that name it */
        readonly account?: string | undefined
        readonly kind?: 'same_actor' | 'not_the_same' | 'household' | 'role' | 'shared_by_design' | undefined
        /** false: those too that stand no longer */
        readonly standing?: 'true' | 'false' | undefined
        readonly limit?: number | undefined
        readonly cursor?: string | undefined
      } | undefined
    }
    readonly reply: {
      readonly items: readonly Assertion[]
      readonly nextCursor: string | null
    }
  }
  /** Says what is true of accounts or of an identifier; every later run obeys. The same again is the same assertion, and answers 200. */
  'POST /v1/assertions': {
    readonly input: {
      readonly body: NewAssertion
    }
    readonly reply: {
      readonly id: string
      readonly kind: 'same_actor' | 'not_the_same' | 'household' | 'role' | 'shared_by_design'
      /** Accounts, or identifiers as kind:ref */
      readonly subjects: readonly string[]
      readonly role: 'victim' | 'receiver' | 'core' | 'bridge' | 'associate' | 'bystander' | null
      readonly author: string
      readonly reason: string
      readonly at: string
      /** By the days of the data */
      readonly expiresAt: string | null
      readonly retractedAt: string | null
      /** False once it was taken back, or the data is past its expiry */
      readonly stands: boolean
      /** False where the same stood already */
      readonly isNew: boolean
      /** Of kind shared_by_design: what follows from the values. Each is an identifier of its own */
      readonly facets?: readonly Facet[] | undefined
    }
  }
  /** Takes an assertion back; from the next run on it counts no longer. It stays on record. */
  'DELETE /v1/assertions/{assertion}': {
    readonly input: {
      readonly params: {
        readonly assertion: string
      }
    }
    readonly reply: Assertion
  }
  /** What a decision was taken on, frozen then; and whether it is still as it was sealed. */
  'GET /v1/rings/{ring}/decisions/{decision}/receipt': {
    readonly input: {
      readonly params: {
        /** Id of a ring, absorbed ones too */
        readonly ring: string
        readonly decision: string
      }
    }
    readonly reply: {
      readonly receipt: Receipt
      readonly check: {
        readonly hash: string
        readonly isWhole: boolean
        readonly differs: readonly {
          /** JSON pointer into the receipt */
          readonly pointer: string
          readonly why: string
        }[]
        /** Of the audit, which names the receipt */
        readonly row: {
          readonly seq: number
          readonly hash: string
        } | null
      }
    }
  }
  /** Why these accounts are a ring: what ties them, since when, and what would change without it. */
  'GET /v1/rings/{ring}/explain': {
    readonly input: {
      readonly params: {
        /** Id of a ring, absorbed ones too */
        readonly ring: string
      }
    }
    readonly reply: {
      readonly ring: string
      readonly movedTo?: string | undefined
      readonly version: number
      readonly size: number
      readonly sentence: string
      readonly kinds: readonly {
        readonly kind: string
        readonly identifiers: number
        readonly share: number
      }[]
      readonly identifiers: readonly {
        readonly kind: string
        readonly ref: string
        readonly mask: string
        readonly countsAs: string
        /** Accounts of the ring that use it */
        readonly members: number
        /** Accounts that use it anywhere */
        readonly accounts: number
        /** Nats over all links it makes */
        readonly evidence: number
        /** Of the evidence */
        readonly share: number
        readonly sentence: string
      }[]
      /** The few that most of its accounts use */
      readonly decisive: readonly {
        readonly kind: string
        readonly ref: string
        readonly mask: string
        readonly countsAs: string
        /** Accounts of the ring that use it */
        readonly members: number
        /** Accounts that use it anywhere */
        readonly accounts: number
        /** Nats over all links it makes */
        readonly evidence: number
        /** Of the evidence */
        readonly share: number
        readonly sentence: string
        readonly adds: number
        readonly without?: Counterfactual | undefined
      }[]
      /** Accounts that use one of those */
      readonly covered: number
      readonly withoutAll?: Counterfactual | undefined
      /** Whether links alone make this ring; what-ifs are told only then */
      readonly isMadeByLinks: boolean
      readonly timeline: {
        readonly stepDays: number
        readonly rows: readonly {
          readonly day: string
          readonly births: number
          readonly arrivals: number
        }[]
        readonly bursts: readonly {
          readonly what: 'births' | 'arrivals'
          readonly from: string
          readonly days: number
          readonly accounts: number
          readonly sentence: string
        }[]
        readonly truncated: boolean
      }
      /** Of its strongest identifier */
      readonly chance?: ChanceTest | undefined
      readonly honest: {
        readonly sentence: string
        readonly signs: readonly {
          readonly code: string
          readonly text: string
          readonly speaksFor: 'honest' | 'fraud'
          readonly others?: {
            readonly rings: number
            readonly of: number
            readonly share?: number | undefined
          } | undefined
          readonly sentence: string
        }[]
      }
      readonly takeover?: Takeover | undefined
      readonly truncated: boolean
      readonly meta: Meta
    }
  }
  /** Why an account is in a ring, and in its role. */
  'GET /v1/rings/{ring}/why/{account}': {
    readonly input: {
      readonly params: {
        /** Id of a ring, absorbed ones too */
        readonly ring: string
        /** The customer’s own id of the account */
        readonly account: string
      }
    }
    readonly reply: {
      readonly account: string
      readonly ring: string
      readonly class: 'fraud_ring' | 'takeover_cluster' | 'benign_shared' | 'uncertain'
      readonly role: 'victim' | 'receiver' | 'core' | 'bridge' | 'associate' | 'bystander'
      readonly membership: number
      readonly risk: number
      readonly compromise: number
      readonly flagged: boolean
      readonly reasons: readonly Reason[]
      readonly sentence: string
      /** Accounts of the ring it is linked to directly */
      readonly linked: number
      /** Nats over those links */
      readonly evidence: number
      readonly strongest: readonly {
        readonly kind: string
        readonly ref: string
        readonly mask: string
        readonly countsAs: string
        /** Accounts of the ring that use it */
        readonly members: number
        /** Accounts that use it anywhere */
        readonly accounts: number
        /** Nats over all links it makes */
        readonly evidence: number
        /** Of the evidence */
        readonly share: number
        readonly sentence: string
        readonly without?: {
          readonly stays: boolean
          /** Whether a detection would find just this; otherwise the links alone would */
          readonly isCertain: boolean
          readonly sentence: string
        } | undefined
      }[]
      readonly pathToCore?: readonly Link[] | undefined
      readonly victim?: VictimStory | undefined
      readonly paidBy?: {
        readonly victims: number
        readonly accounts: readonly string[]
      } | undefined
      /** Whether links alone make this ring; what-ifs are told only then */
      readonly isMadeByLinks: boolean
      readonly truncated: boolean
      readonly meta: Meta
    }
  }
  /** Why two accounts are linked: what they share, or the most probable path between them. */
  'GET /v1/links/explain': {
    readonly input: {
      readonly query: {
        /** The customer’s own id of the account */
        readonly a: string
        /** The customer’s own id of the account */
        readonly b: string
        /** Paths looked for */
        readonly k?: number | undefined
        readonly maxHops?: number | undefined
      }
    }
    readonly reply: {
      readonly a: string
      readonly b: string
      readonly linked: boolean
      readonly probability: number
      readonly sentence: string
      readonly path: readonly Link[]
      /** The next best paths, most probable first; none goes through an account twice */
      readonly others: readonly {
        readonly probability: number
        readonly path: readonly Link[]
      }[]
      readonly direct: Link
      readonly truncated: boolean
      readonly meta: Meta
    }
  }
  /** What was decided, changed and opened by whom, oldest first; each row is bound to the one before. */
  'GET /v1/audit': {
    readonly input: {
      readonly query?: {
        /** seq of the last row you had */
        readonly after?: number | undefined
        readonly limit?: number | undefined
      } | undefined
    }
    readonly reply: {
      readonly items: readonly AuditRow[]
    }
  }
  /** Whether every row is as it was written; names the first that is broken. */
  'GET /v1/audit:verify': {
    readonly input: {
      readonly query?: {
        /** A head that you kept: tells whether all was made anew since */
        readonly head?: string | undefined
      } | undefined
    }
    readonly reply: {
      readonly isWhole: boolean
      /** That are good */
      readonly rows: number
      /** Keep it elsewhere: it shows later whether all was made anew */
      readonly head: string | null
      readonly broken: {
        readonly seq: number
        readonly why: string
      } | null
    }
  }
  /** What is well, what to look at and what is wrong, and how to mend it. */
  'GET /v1/health': {
    readonly input: Readonly<Record<never, never>>
    readonly reply: {
      /** The worst there is */
      readonly state: 'ok' | 'warning' | 'wrong'
      readonly checks: readonly {
        readonly check: string
        readonly state: 'ok' | 'warning' | 'wrong'
        readonly detail: string
      }[]
      readonly meta: Meta
    }
  }
  /** All API keys, without their secrets. */
  'GET /v1/keys': {
    readonly input: Readonly<Record<never, never>>
    readonly reply: {
      readonly items: readonly ApiKey[]
    }
  }
  /** Makes an API key. Its text is shown this once. */
  'POST /v1/keys': {
    readonly input: {
      readonly body: NewKey
    }
    readonly reply: {
      readonly id: string
      readonly key: string
      readonly scopes: readonly string[]
    }
  }
  /** Revokes a key; it is dead within a second. */
  'DELETE /v1/keys/{key}': {
    readonly input: {
      readonly params: {
        readonly key: string
      }
    }
    readonly reply: {
      readonly id: string
      readonly revoked: true
    }
  }
  /** Makes a key with the name and scopes of this one, which goes on for some hours. */
  'POST /v1/keys/{key}/rotate': {
    readonly input: {
      readonly params: {
        readonly key: string
      }
      readonly body: KeyRotation
    }
    readonly reply: {
      readonly id: string
      readonly key: string
      readonly scopes: readonly string[]
    }
  }
  /** Asks for rings to be found now. The run’s number appears in meta when it is published. */
  'POST /v1/runs': {
    readonly input: {
      readonly body: NewRun
    }
    readonly reply: {
      readonly requested: true
    }
  }
  /** Models made from labels, oldest first, each with what would have changed by them; and who chose which when. */
  'GET /v1/models': {
    readonly input: Readonly<Record<never, never>>
    readonly reply: {
      /** An id, or `shipped` */
      readonly inForce: string
      readonly items: readonly LocalModels[]
      readonly choices: readonly ModelsChoice[]
    }
  }
  /** Asks for models to be made from the labels there are. They judge nothing until they are chosen. */
  'POST /v1/models': {
    readonly input: {
      readonly body: NewModels
    }
    readonly reply: {
      readonly requested: true
    }
  }
  /** Has models judge from the next run on; `shipped` goes back to those of this version. */
  'POST /v1/models:choose': {
    readonly input: {
      readonly body: NewModelsChoice
    }
    readonly reply: ModelsChoice
  }
  /** Refused lines, oldest first, without their content. */
  'GET /v1/dead-letters': {
    readonly input: {
      readonly query?: {
        readonly after?: string | undefined
        readonly limit?: number | undefined
      } | undefined
    }
    readonly reply: {
      readonly items: readonly DeadLetter[]
      readonly total: number
    }
  }
  /** Delivers refused lines again; those that are taken now are no longer dead. */
  'POST /v1/dead-letters:replay': {
    readonly input: {
      readonly body: DeadLettersToReplay
    }
    readonly reply: {
      readonly replayed: number
      readonly stillRejected: number
      readonly notReplayable: number
    }
  }
  /** Forgets refused lines for good. */
  'POST /v1/dead-letters:drop': {
    readonly input: {
      readonly body: DeadLettersToDrop
    }
    readonly reply: {
      readonly dropped: number
    }
  }
  /** Whether the process is alive. */
  'GET /livez': {
    readonly input: Readonly<Record<never, never>>
    readonly reply: {
      readonly status: "ok"
    }
  }
  /** Whether requests should be sent here. */
  'GET /readyz': {
    readonly input: Readonly<Record<never, never>>
    readonly reply: {
      readonly status: "ok"
      readonly run: number
    }
  }
  /** Figures in Prometheus’ text form. */
  'GET /metrics': {
    readonly input: Readonly<Record<never, never>>
    readonly reply: string
  }
}
