-- What people said and who may speak: verdicts, assertions, API keys, refused lines.
CREATE TABLE decision (
  id TEXT PRIMARY KEY,
  ring TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX decision_by_ring ON decision (ring);

CREATE TABLE assertion (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  subjects TEXT NOT NULL,
  role TEXT,
  author TEXT NOT NULL,
  reason TEXT NOT NULL,
  at INTEGER NOT NULL,
  expires_at INTEGER,
  retracted_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE api_key (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  hash TEXT NOT NULL,
  scopes TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  revoked_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE dead_letter (
  id TEXT PRIMARY KEY,
  stream TEXT NOT NULL,
  source TEXT NOT NULL,
  line INTEGER NOT NULL,
  pointer TEXT NOT NULL,
  code TEXT NOT NULL,
  at INTEGER NOT NULL,
  -- The raw line encrypted with the deployment's key; NULL when it must not be kept.
  sealed BLOB
) STRICT, WITHOUT ROWID;
CREATE INDEX dead_letter_by_age ON dead_letter (at, id);
