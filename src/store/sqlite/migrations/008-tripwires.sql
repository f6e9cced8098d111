-- Identifiers that are watched, and who came with one of them, in the order that was noticed.
CREATE TABLE tripwire (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE tripwire_hit (
  note INTEGER PRIMARY KEY,
  -- Tripwire, identifier and account: told once.
  id TEXT NOT NULL UNIQUE,
  -- The publish that was the newest then.
  version INTEGER NOT NULL,
  ring TEXT,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX tripwire_hit_by_version ON tripwire_hit (version, note);
