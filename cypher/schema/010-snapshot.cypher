// The serving snapshot, in parts.
CREATE CONSTRAINT snapshot_part IF NOT EXISTS FOR (s:Snapshot) REQUIRE (s.version, s.part) IS UNIQUE
