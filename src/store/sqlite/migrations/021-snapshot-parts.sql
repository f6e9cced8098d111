-- A value holds at most a billion bytes, which a snapshot of some millions of accounts is.
CREATE TABLE snapshot_part (
  version INTEGER NOT NULL,
  part INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (version, part)
) STRICT;
INSERT INTO snapshot_part SELECT version, 0, bytes FROM snapshot;
DROP TABLE snapshot;
