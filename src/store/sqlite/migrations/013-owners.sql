-- Who looks after a ring; no row where nobody does.
CREATE TABLE ring_owner (
  ring TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  since INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX ring_owner_by_owner ON ring_owner (owner);

-- Whatever happens between publishes is numbered through.
ALTER TABLE tripwire_hit RENAME TO feed_note;
