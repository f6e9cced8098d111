-- Who is told of changes, how far each was told, and the messages that were given up.
CREATE TABLE webhook (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL,
  progress TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE dead_message (
  id TEXT PRIMARY KEY,
  webhook TEXT NOT NULL REFERENCES webhook (id),
  at INTEGER NOT NULL,
  again INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX dead_message_by_age ON dead_message (at, id);
