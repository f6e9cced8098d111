-- What detection published. A publish is one transaction, so readers see all of it or none.
CREATE TABLE run (
  version INTEGER PRIMARY KEY,
  body TEXT NOT NULL
) STRICT;

CREATE TABLE ring (
  id TEXT PRIMARY KEY,
  status TEXT NOT NULL,
  class TEXT NOT NULL,
  risk REAL NOT NULL,
  size INTEGER NOT NULL,
  born_version INTEGER NOT NULL,
  version INTEGER NOT NULL,
  moved_to TEXT,
  head TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX ring_by_risk ON ring (status, risk DESC, id);

CREATE TABLE member (
  ring TEXT NOT NULL REFERENCES ring (id),
  account TEXT NOT NULL,
  role TEXT NOT NULL,
  membership REAL NOT NULL,
  risk REAL NOT NULL,
  compromise REAL NOT NULL,
  flagged INTEGER NOT NULL,
  reasons TEXT NOT NULL,
  PRIMARY KEY (ring, account)
) STRICT, WITHOUT ROWID;
CREATE INDEX member_by_account ON member (account);

-- Folding a ring's rows in order gives any version of it (graph/rings/history.ts).
CREATE TABLE ring_change (
  version INTEGER NOT NULL,
  ring TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (version, ring)
) STRICT, WITHOUT ROWID;
CREATE INDEX ring_change_by_ring ON ring_change (ring, version);

CREATE TABLE snapshot (
  version INTEGER PRIMARY KEY,
  bytes BLOB NOT NULL
) STRICT;
