// Rows of a version that is not yet published, so that nobody sees them.
// $rows: [{ring, version, kind, cause, status, class, risk, size, endedAt, until, change, state}]
UNWIND $rows AS row
MERGE (c:RingChange {ring: row.ring, version: row.version})
SET c += row
