-- Requests that clients name (graph/requests.ts); ids and contents are keyed hashes, answers encrypted.
CREATE TABLE request (
  id TEXT PRIMARY KEY,
  content TEXT NOT NULL,
  claim TEXT NOT NULL,
  until INTEGER NOT NULL,
  answer BLOB
) STRICT, WITHOUT ROWID;
CREATE INDEX request_until ON request (until);
