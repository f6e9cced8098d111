-- Who did what; each row is bound to the one before by its hash (src/audit/chain.ts).
CREATE TABLE audit (
  seq INTEGER PRIMARY KEY,
  -- What was done, so that the same again is one row.
  act TEXT NOT NULL UNIQUE,
  body TEXT NOT NULL
) STRICT;
