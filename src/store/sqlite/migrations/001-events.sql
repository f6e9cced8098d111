-- Facts about this store: the fingerprint of its key, how far the log is folded, the newest event.
CREATE TABLE meta (name TEXT PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID;

-- The append-only log. Everything in 002-state.sql but labels is a fold of it (`ringleader rebuild`).
-- One row a delivery that could change the state: another content, or the same looked up in newer tables.
CREATE TABLE event (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  content TEXT NOT NULL,
  tables INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX event_by_id ON event (id, content, tables);
