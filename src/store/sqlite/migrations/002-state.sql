-- The state: a join-semilattice (graph/state/join.ts). Times are UTC epoch milliseconds; lists are JSON.
CREATE TABLE account (
  id INTEGER PRIMARY KEY,
  account TEXT NOT NULL UNIQUE,
  created_at INTEGER
) STRICT;

CREATE TABLE identifier (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  ref TEXT NOT NULL,
  mask TEXT NOT NULL,
  tables INTEGER NOT NULL,
  class TEXT,
  asn INTEGER,
  display TEXT,
  display_at INTEGER,
  display_id TEXT,
  -- The value encrypted with the deployment's key, where a deployment keeps it. Not part of the digest.
  sealed BLOB,
  UNIQUE (kind, ref)
) STRICT;

CREATE TABLE activity (
  account INTEGER NOT NULL REFERENCES account (id),
  type TEXT NOT NULL,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  days TEXT NOT NULL,
  recent TEXT NOT NULL,
  PRIMARY KEY (account, type)
) STRICT, WITHOUT ROWID;

CREATE TABLE use (
  account INTEGER NOT NULL REFERENCES account (id),
  identifier INTEGER NOT NULL REFERENCES identifier (id),
  type TEXT NOT NULL,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  days TEXT NOT NULL,
  sessions TEXT NOT NULL,
  times TEXT NOT NULL,
  PRIMARY KEY (account, identifier, type)
) STRICT, WITHOUT ROWID;
CREATE INDEX use_by_identifier ON use (identifier, account);

CREATE TABLE relation (
  account INTEGER NOT NULL REFERENCES account (id),
  other INTEGER NOT NULL REFERENCES account (id),
  relation TEXT NOT NULL,
  type TEXT NOT NULL,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  days TEXT NOT NULL,
  recent TEXT NOT NULL,
  PRIMARY KEY (account, other, relation, type)
) STRICT, WITHOUT ROWID;

-- The latest label of each source; part of the state, but not folded from events.
CREATE TABLE label (
  account INTEGER NOT NULL REFERENCES account (id),
  source TEXT NOT NULL,
  label TEXT NOT NULL,
  reason TEXT,
  at INTEGER NOT NULL,
  PRIMARY KEY (account, source)
) STRICT, WITHOUT ROWID;
